"""What is known about a call besides its words."""
