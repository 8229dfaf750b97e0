"""The ladder of progressions of an exercise: the swap in a workout, and the overview of all ladders."""
