"""Letters and digits that are drawn out of blocks, large enough to be read from the mat."""
