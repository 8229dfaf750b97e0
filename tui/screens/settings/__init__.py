"""The settings, changed with two keys."""
