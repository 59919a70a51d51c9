"""Judging: rules and hits become verdicts, points and a scorecard."""
