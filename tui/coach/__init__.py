"""The cues of a workout: sounds and phrases, and when each is due. Pure, standard library only."""
