"""Matching: all entries compiled into one plan, and the hits it finds in a call."""
