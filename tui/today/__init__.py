"""Fits a routine to today's kit, space and time. Pure, standard library only."""
