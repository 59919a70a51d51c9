"""Documents inside other documents."""
