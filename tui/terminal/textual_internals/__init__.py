"""The only package that uses private names of Textual.

They may change in any release without notice. A test uses each through Textual itself, so that a release that changes
one fails in the tests and not on a user's terminal.
"""
