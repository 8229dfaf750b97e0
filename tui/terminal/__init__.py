"""The terminal: safe output, restoring it, and the package with private names of Textual."""
