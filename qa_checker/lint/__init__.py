"""Lint: what can be wrong with rule files beyond what keeps them from loading."""
