"""What a routine file means: the model, its durations and its reader. Pure, standard library only."""
