"""JSON, our own and that of vendors: which calls are in it, and what is said in them."""
