"""The first screen: every routine, with a preview, and what can be done with it."""
