"""Past workouts: the journal, reading it, resuming, export and import."""
