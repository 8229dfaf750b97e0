"""The paths of the program's three folders, and stamps of files. It imports little, as every start begins here."""

import os
import sys

XDG = (("XDG_CONFIG_HOME", ".config"), ("XDG_STATE_HOME", ".local/state"), ("XDG_DATA_HOME", ".local/share"))
"""The variable of each folder on Linux, and its default in the user's home."""


def find_folders() -> tuple[str, str, str]:
    """Return the folders of the configuration, the state and the data.

    They are below GLUTEUS_HOME if it is set, else those of the operating system.
    """
    environ = os.environ
    if home := environ.get("GLUTEUS_HOME"):
        base = os.path.expanduser(home)
        if not os.path.isabs(base):
            base = os.path.join(os.getcwd(), base)
        return os.path.join(base, "config"), os.path.join(base, "state"), os.path.join(base, "data")
    if sys.platform == "linux" and "ANDROID_ROOT" not in environ:
        own = environ.get("HOME", "")
        config, state, data = (environ.get(name) or os.path.join(own, default) for name, default in XDG)
        if all(folder.startswith("/") for folder in (own, config, state, data)):
            return os.path.join(config, "gluteus"), os.path.join(state, "gluteus"), os.path.join(data, "gluteus")
    import platformdirs  # takes as long as an empty Python

    dirs = platformdirs.PlatformDirs("gluteus", appauthor=False)
    return dirs.user_config_dir, dirs.user_state_dir, dirs.user_data_dir


def stamp(path: str | os.PathLike[str], name: str = "") -> str:
    """Compute a string that changes if a file or folder is written or replaced, or its permissions change.

    It begins with the path, or with `name` if there is one.
    """
    try:
        status = os.stat(path)
    except OSError as error:
        return f"{name or path} {error.errno}"
    return f"{name or path} {status.st_ino} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_size}"
