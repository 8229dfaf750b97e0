"""The program's folders on this machine; the variable GLUTEUS_HOME moves all of them. Nothing is created here."""

import re
from functools import cache
from pathlib import Path

from tui.files.folders import find_folders

EXERCISES = "exercises"
"""The folder of exercises, in a folder of routines."""

SETTINGS_NAME = "settings.toml"

_LEFTOVER = r"""
    ^[.#~]                                  # hidden, Emacs, Office
    | ~ (?:\.\w+)? $                        # mug.toml~, mug~.toml
    | \.sync-conflict-\d                    # Syncthing
    | [(\ _-] (?:[^()]*\ )? (?:conflicted\ copy|case\ conflict)   # Dropbox, Nextcloud, ownCloud
    | \.(?:bak|backup|orig|old|rej|tmp|sw[a-p]|BASE|LOCAL|REMOTE|BACKUP)(?:\.\w+)? $    # backups, Vim, merge tools
    | _(?:BASE|LOCAL|REMOTE|BACKUP)_\d+\.\w+ $                                         # git mergetool
    """
"""Names of files that a sync program, an editor or a merge leaves beside the user's files: they are ignored."""


class Places:
    """The three folders of the program and the files in them. None of them need exist."""

    def __init__(self, config: Path, state: Path, data: Path) -> None:
        """`config` is for the user's files, `state` for those of the program, `data` for the history."""
        self.config, self.state, self.data = config, state, data
        self.settings_file = config / SETTINGS_NAME
        """The settings, written by the user or by the settings screen."""
        self.routines = config / "routines"
        """The user's own routines."""
        self.exercises = self.routines / EXERCISES
        """The user's own exercises."""
        self.sounds = config / "sounds"
        """The user's own cue sounds."""
        self.state_file = state / "state.toml"
        """The program's state for the user."""
        self.lock_file = state / "lock"
        """The lock that a running program holds while it changes a file of state or settings."""
        self.nudge_lock = state / "nudge.lock"
        """The lock that a running `gluteus nudge` holds; it has the id of its process."""
        self.overview_file = state / "overview.json"
        """The cache for the menu and `gluteus list`; it may be deleted."""
        self.catalog_file = state / "catalog.json"
        """The cache of all routines and exercises until one of their files changes; it may be deleted."""
        self.phrases = state / "phrases"
        """The cache of spoken phrases, as samples; any of it can be deleted at any time."""
        self.audio_log = state / "audio.log"
        """The errors of the audio worker."""
        self.hooks_log = state / "hooks.log"
        """The output and the errors of the programs of the settings `hooks.*`."""
        self.crash_log = state / "crash.log"
        """The last unexpected error, whole."""
        self.months = state / "months"
        """The folder of the cached sessions and digests of each month; it may be deleted at any time."""
        self.recent_file = state / "recent.json"
        """The cache of the recent workouts, the working hours and the goal; it may be deleted at any time."""
        self.interrupted = state / "interrupted"
        """The folder of the files of running and of interrupted workouts."""
        self.menu_file = state / "menu.json"
        """The order of the menu."""
        self.trash = data / "trash"
        """The folder of the user's files that were discarded in favour of bundled ones."""
        self.drafts = state / "drafts"
        """The folder of bundled files that are being edited, until they are changed."""
        self.device_file = state / "device"
        """The short random name of this machine in the journal, which may have workouts from several machines."""
        self.history = data / "history"
        """The folder of the journal's files, one a month."""

    def unsaved(self, name: str) -> Path:
        """Return the file for the editor's unsaved text of the file with this name."""
        return self.drafts / f"{name}.unsaved"


def find_places() -> Places:
    """Find the folders where the program stores its files on this machine."""
    return Places(*map(Path, find_folders()))


def is_leftover(name: str) -> bool:
    """Check whether a file name is that of a backup, a swap file or a conflict copy."""
    return _leftover().search(name) is not None


@cache
def _leftover() -> re.Pattern[str]:
    return re.compile(_LEFTOVER, re.VERBOSE)  # not as the module is loaded: every command loads it
