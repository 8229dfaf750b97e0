"""Everything that is read from or written to a disk: places, settings, state, journal, history, catalog."""
