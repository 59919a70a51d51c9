"""Runs: many calls through the judge, and what became of each."""
