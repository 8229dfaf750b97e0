"""The workout screen, readable from three metres away."""
