"""What can be learnt about rules rather than about calls: how right they are, what they cover."""
