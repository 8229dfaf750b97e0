"""The editor of routine files in the program."""
