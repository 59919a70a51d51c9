"""Text: make transcripts comparable, and always know the way back to what was written."""
