"""Pages to read: help, about, how an exercise is done."""
