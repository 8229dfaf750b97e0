"""Files that a sync program, an editor or a merge leaves beside the user's own: they are never content."""

import re

_LEFTOVER = r"""
    ^[.#~]                                  # hidden, Emacs, Office
    | ~ (?:\.\w+)? $                        # mug.toml~, mug~.toml
    | \.sync-conflict-\d                    # Syncthing
    | [(\ _-] (?:[^()]*\ )? (?:conflicted\ copy|case\ conflict)   # Dropbox, Nextcloud, ownCloud
    | \.(?:bak|backup|orig|old|rej|tmp|sw[a-p]|BASE|LOCAL|REMOTE|BACKUP)(?:\.\w+)? $    # backups, Vim, merge tools
    | _(?:BASE|LOCAL|REMOTE|BACKUP)_\d+\.\w+ $                                         # git mergetool
    """


def is_leftover(name: str) -> bool:
    """Check whether a file name is that of a backup, a swap file or a conflict copy."""
    return re.search(_LEFTOVER, name, re.VERBOSE) is not None  # compiled when it is first asked
