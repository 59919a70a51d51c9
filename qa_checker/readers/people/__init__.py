"""Who is who: role words, channels, and what people say."""
