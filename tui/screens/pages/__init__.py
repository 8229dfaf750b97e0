"""Screens to read: help, what the program is for, how an exercise is done."""
