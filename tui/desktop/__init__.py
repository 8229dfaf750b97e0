"""The desktop: idle time, lock, calls, do-not-disturb, notifications, hooks, commands from other programs.

Every source returns None if it has no information, and no call takes longer than a few seconds.
"""
