"""Rules: lexicons and rubrics as frozen data, read from YAML with every mistake in its place."""
