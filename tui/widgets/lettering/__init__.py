"""Letters and digits drawn with blocks, large enough to be read from the mat."""
