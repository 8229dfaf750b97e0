"""The files of a user: places, atomic writes, settings, state, and safe opening of untrusted files."""
