"""The only package that uses private names of Textual.

They may change in any release without notice. Tests use each of them through Textual, so that a change fails in the
tests and not on a user's terminal.
"""
