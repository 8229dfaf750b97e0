"""The catalogue of routines and exercises, and the user's own files."""
