"""Small benchmarks, to see what a commit changes: `python -m pytest benchmarks/small`."""
