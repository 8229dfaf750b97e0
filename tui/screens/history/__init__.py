"""The summary after a workout, and the history."""
