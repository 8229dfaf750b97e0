"""Questions and notes that lie over a screen until they are answered."""
