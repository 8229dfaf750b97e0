"""Isolate every test from the machine: its own folders, no editor, colours or locale of the user, no animation."""

import gc
import os
import re
import signal
import sys
from collections.abc import Iterator
from compileall import compile_dir
from contextlib import suppress
from importlib import import_module
from importlib.machinery import BuiltinImporter, FrozenImporter, PathFinder
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pytest
import textual.constants
from _pytest.assertion import rewrite
from _pytest.runner import runtestprotocol

gc.disable()  # until the tests are collected, as everything loaded for them stays until the end

for name in ("SIGHUP", "SIGINT", "SIGQUIT"):  # `nohup` and a shell's `&` ignore them, for child processes too
    if (number := getattr(signal, name, None)) and signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, signal.default_int_handler if name == "SIGINT" else signal.SIG_DFL)
for name in ("EDITOR", "VISUAL", "NO_COLOR", "COLORTERM", "LC_ALL", "LC_CTYPE", "LANG"):
    os.environ.pop(name, None)
os.environ["WAKEPY_FAKE_SUCCESS"] = "1"  # no test keeps this machine's screen awake
os.environ["TEXTUAL_ANIMATIONS"] = "none"  # Textual reads it once, when it is imported
vars(textual.constants).update(COLOR_SYSTEM="truecolor")  # in any terminal

if sys.dont_write_bytecode:  # Otherwise each child process would compile the program, and each run the tests.
    sys.dont_write_bytecode = False
    os.environ.update(PYTHONDONTWRITEBYTECODE="")

MEMORY, ENOUGH = "/dev/shm", 2**30
"""The folder of Linux for files in memory, and the bytes that must be free there; a run needs a fifth of them."""


def _keep_files_in_memory() -> None:
    """Put the folders of the tests into memory, if programs can run there: a small file takes a fiftieth of the CPU.

    `PYTEST_DEBUG_TEMPROOT` names another place for them.
    """
    with suppress(OSError, AttributeError):
        place = os.statvfs(MEMORY)
        if place.f_bavail * place.f_frsize > ENOUGH and not place.f_flag & os.ST_NOEXEC and os.access(MEMORY, os.W_OK):
            os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", MEMORY)


_keep_files_in_memory()

FOLDERS = list[tuple[Path, int | None]]()
"""The folders of the tests so far, and when each was made."""


def _set_up_hypothesis() -> None:
    """Choose how many examples are tried."""
    with patch.object(sys, "meta_path", [BuiltinImporter, FrozenImporter, PathFinder]):
        import hypothesis  # pytest's own importer would rewrite a hundred modules in each process
    # No deadline: a busy machine is not a failure. In CI the same examples are tried each time.
    for profile, examples in (("quick", 3), ("thorough", 300)):
        hypothesis.settings.register_profile(
            profile, deadline=None, max_examples=examples, derandomize=bool(os.environ.get("CI"))
        )
    hypothesis.settings.load_profile("quick")  # `--hypothesis-profile=thorough` chooses the other


_set_up_hypothesis()


def pytest_configure(config: pytest.Config) -> None:
    """Cache the results of pure functions for the bundled files, in a process that runs tests."""
    if config.getoption("dist", "no") == "no":
        from tests.remembered import remember

        remember()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems() -> None:
    """Prevent hypothesis from collecting constants from all modules of the program in the quick tests."""
    from hypothesis import settings

    providers: Any = sys.modules.get("hypothesis.internal.conjecture.providers")
    if providers is not None and settings.get_current_profile_name() == "quick":
        providers._get_local_constants = lambda: providers._local_constants


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Compile everything before the workers start, as each would do so: a third of the CPU of a first run."""
    tests = Path(__file__).parent
    if (tests / "unit" / "__pycache__").exists():
        return
    for folder in (tests.parent / "tui", tests.parent / "tools", tests):
        compile_dir(folder, quiet=2, rx=re.compile(r"\b(test_\w+|conftest)\.py$"))
    with patch.object(rewrite, "exec", lambda *_: None, create=True):  # pytest compiles tests when it imports them
        for path in tests.rglob("test_*.py"):
            import_module(".".join(path.relative_to(tests.parent).with_suffix("").parts))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Run the tests of a file in one process, so that shared objects are made once: an eighth of the CPU."""
    return import_module("xdist.scheduler").LoadFileScheduling(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Send only the messages that the terminal shows from a worker, one of five: each costs CPU in both processes."""
    if not hasattr(item.config, "workerinput"):
        return None
    for report in runtestprotocol(item, log=False, nextitem=nextitem):
        if report.when == "call" or not report.passed:
            item.ihook.pytest_runtest_logreport(report=report)
    return True


def pytest_collection_finish() -> None:
    """Freeze the objects that stay until the end, and collect no garbage in the quick tests.

    In the quick tests nothing is collected, a tenth of their CPU; the slow ones stay below a gigabyte.
    """
    gc.freeze()
    gc.set_threshold(2_000_000, 20, 50)
    gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI collect garbage once, where errors are reported; skip the six collections of pytest and Python.

    A worker makes no summary of its snapshots, which nobody reads: it takes half a second.
    """
    if hasattr(session.config, "workerinput"):
        session.config.pluginmanager.unregister(name="syrupy")
    if os.environ.get("CI"):
        gc.collect()
    gc.freeze()


@pytest.fixture
def tmp_path() -> Path:
    """Return the home of this test, an empty folder; cheaper than pytest's own."""
    return FOLDERS[-1][0]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Move every folder of the program below this test's own folder; an unused one of the last test is used again."""
    if not FOLDERS or _changed_at(FOLDERS[-1][0]) != FOLDERS[-1][1]:
        factory: pytest.TempPathFactory = vars(item.config)["_tmp_path_factory"]
        path = factory.getbasetemp() / f"home-{len(FOLDERS)}"
        path.mkdir()
        FOLDERS.append((path, _changed_at(path)))
    home = FOLDERS[-1][0]
    os.environ.update(GLUTEUS_HOME=str(home), TMPDIR=f"{home}/temporary")


def _changed_at(folder: Path) -> int | None:
    """Return when something was last put into a folder or taken out, or None if it is gone."""
    with suppress(OSError):
        return folder.stat().st_mtime_ns
    return None


@pytest.fixture
def short_folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a folder for temporary files whose path is short enough for a socket in it."""
    with TemporaryDirectory(dir="/tmp") as path:
        monkeypatch.setenv("TMPDIR", path)
        yield Path(path)


@pytest.fixture
def few_routines(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bundle only five routines, for a test that treats all routines alike."""
    from tui.library import cached_catalog
    from tui.library.catalog import Catalog

    few = {"before-the-gym", "bridge-ladder", "mug", "tabata", "undo-the-chair"}
    load = vars(cached_catalog)["load_catalog"]

    def load_few(*arguments: Any) -> Catalog:
        catalog: Catalog = load(*arguments)
        return catalog._replace(entries=tuple(one for one in catalog.entries if not one.bundled or one.id in few))

    monkeypatch.setattr(cached_catalog, "load_catalog", load_few)
