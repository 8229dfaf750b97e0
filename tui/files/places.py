"""The program's folders on this machine; the variable GLUTEUS_HOME moves all of them. Nothing is created here."""

import re
from pathlib import Path
from typing import NamedTuple

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
"""Names of files that a sync program, an editor or a merge leaves beside the user's own: they are never content."""


class Places(NamedTuple):
    """The three folders of the program and the files in them. None of them need exist."""

    config: Path
    state: Path
    data: Path

    @property
    def settings_file(self) -> Path:
        """The settings, written by the user or by the settings screen."""
        return self.config / SETTINGS_NAME

    @property
    def routines(self) -> Path:
        """The user's own routines."""
        return self.config / "routines"

    @property
    def exercises(self) -> Path:
        """The user's own exercises."""
        return self.routines / EXERCISES

    @property
    def sounds(self) -> Path:
        """The user's own cue sounds."""
        return self.config / "sounds"

    @property
    def state_file(self) -> Path:
        """The program's state for the user."""
        return self.state / "state.toml"

    @property
    def lock_file(self) -> Path:
        """The lock that a running program holds while it changes a file of state or settings."""
        return self.state / "lock"

    @property
    def nudge_lock(self) -> Path:
        """The lock that a running `gluteus nudge` holds; it has the id of its process."""
        return self.state / "nudge.lock"

    @property
    def overview_file(self) -> Path:
        """The cache of what the menu and `gluteus list` show; it may be deleted."""
        return self.state / "overview.json"

    @property
    def catalog_file(self) -> Path:
        """The cache of all routines and exercises until one of their files changes; it may be deleted."""
        return self.state / "catalog.json"

    @property
    def phrases(self) -> Path:
        """The cache of spoken phrases, as samples; any of it can be deleted at any time."""
        return self.state / "phrases"

    @property
    def audio_log(self) -> Path:
        """The errors of the audio worker."""
        return self.state / "audio.log"

    @property
    def hooks_log(self) -> Path:
        """The output and the errors of the programs of the settings `hooks.*`."""
        return self.state / "hooks.log"

    @property
    def crash_log(self) -> Path:
        """The last unexpected error, whole."""
        return self.state / "crash.log"

    @property
    def history_index(self) -> Path:
        """The index of the journal by month; it may be deleted at any time."""
        return self.state / "history.sqlite"

    @property
    def recent_file(self) -> Path:
        """The cache of the recent workouts, the working hours and the goal; it may be deleted at any time."""
        return self.state / "recent.json"

    @property
    def interrupted(self) -> Path:
        """The folder of the workouts that are on: those that are found here and are not, were interrupted."""
        return self.state / "interrupted"

    @property
    def menu_file(self) -> Path:
        """The order of the menu."""
        return self.state / "menu.json"

    @property
    def trash(self) -> Path:
        """The folder of the user's files that were given up for bundled ones."""
        return self.data / "trash"

    @property
    def drafts(self) -> Path:
        """The folder of bundled files that are being edited, until they are changed."""
        return self.state / "drafts"

    def unsaved(self, name: str) -> Path:
        """Return the file in which the editor keeps what is not saved yet of the file with this name."""
        return self.drafts / f"{name}.unsaved"

    @property
    def device_file(self) -> Path:
        """The short random name of this machine in the journal, which may hold workouts of several."""
        return self.state / "device"

    @property
    def history(self) -> Path:
        """The folder of the journal's files, one a month."""
        return self.data / "history"


def find_places() -> Places:
    """Find the folders."""
    return Places(*map(Path, find_folders()))


def is_leftover(name: str) -> bool:
    """Check whether a file name is that of a backup, a swap file or a conflict copy."""
    return re.search(_LEFTOVER, name, re.VERBOSE) is not None  # compiled when it is first asked
