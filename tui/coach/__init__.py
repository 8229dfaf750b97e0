"""Sounds, words and texts of a workout, and when each is due. Pure, standard library only."""
