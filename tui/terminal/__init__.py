"""The terminal as a machine: written to safely, left whole, and the parts of Textual that are not for everyone."""
