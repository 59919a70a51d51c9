"""What every call gets, whatever it came from: no marks, times that can be true, notes."""
