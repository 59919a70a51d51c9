"""Bytes to text: which encoding it is, and what another program has read in a wrong one."""
