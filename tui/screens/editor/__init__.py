"""The built-in editor of routine files."""
