"""Dialogs over a screen, open until they are answered."""
