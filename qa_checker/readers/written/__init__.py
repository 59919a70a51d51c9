"""Conversations as people write them down: lines with times, speakers and what they say."""
