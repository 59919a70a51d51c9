"""Tables: what their columns mean, and their rows to calls."""
