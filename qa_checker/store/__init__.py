"""Scorecards on disk: Parquet parts, what they hold, and the manifest that lists them.

    OUT/results/part-*.parquet    a row a call, see schema.py
    OUT/results/.new/              parts of a run that has not ended
    OUT/results/_manifest.json     which parts are live, and what they were made of

A part is written beside its place and renamed, so what has its name is whole.
"""
