"""The file format: its model, durations and reader. Pure, standard library only."""
