"""Rules as a workbook, and a changed workbook as a small change of the same files."""
