"""Past sessions for other programs, and back from them: JSON, CSV and FIT.

What is given out comes from `tui.storage.history`; what is taken in becomes lines of the journal, so that nothing else
of the program needs to know where a session was done.
"""
