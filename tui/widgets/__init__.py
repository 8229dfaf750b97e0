"""Small views that are handed values and draw them; none knows the conductor."""
