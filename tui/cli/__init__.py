"""The command line.

`commands` is the table of commands. `parser` builds the parsers of argparse from it. `run` calls the function of a
command, and turns every failure into a line and an exit code. Each command has a module, loaded only when it is run,
and prints through `output`. Only the full screen imports Textual: a list must be quick.
"""
