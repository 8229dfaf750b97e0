"""The script: all that the voice says in a workout, and when."""
