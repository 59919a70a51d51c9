"""Which calls a person should hear: red lines, narrow margins, and the rest by chance."""
