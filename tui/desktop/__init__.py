"""What the desktop knows about its user, and how it notifies: idle time, lock, calls, do-not-disturb, notifications.

Every source fails softly: it answers None if it cannot know, and no call takes longer than a few seconds.
"""
