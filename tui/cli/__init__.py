"""The command line.

`commands` is the table of what there is; `parser` makes argparse of it, `run` calls the function that a command names
and turns every failure into a line and an exit code. Each command has a module, loaded only when it is run, and
prints through `output`. Textual is imported by the full screen alone: a list must be there at once.
"""
