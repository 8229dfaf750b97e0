"""The command line: one parser, one module a group of commands; Textual is imported only by the full screen."""
