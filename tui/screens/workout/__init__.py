"""The screen that is read from the mat, three metres away."""
