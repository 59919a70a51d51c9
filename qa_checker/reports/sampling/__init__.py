"""A sample of calls as a workbook for the people who hear them."""
