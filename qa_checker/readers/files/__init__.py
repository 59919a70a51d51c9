"""What is to be read, before it is opened: folders, archives, addresses, parts of large files."""
