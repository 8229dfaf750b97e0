"""The figure that shows a movement: from poses to lines to characters."""
