"""Lint: what a rule file's own examples show about it."""
