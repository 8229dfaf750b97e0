"""What counts as a workout. One definition for every screen and command."""

COUNTS_FROM_S = 10.0
"""A session with less work is not a workout."""
