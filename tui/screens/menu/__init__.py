"""The first screen: all routines, with a preview and the commands for them."""
