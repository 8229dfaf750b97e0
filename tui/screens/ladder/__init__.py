"""An exercise's ladder of progressions: chosen in a workout, and read beside what was done."""
