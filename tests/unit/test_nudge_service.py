"""`gluteus nudge --install` and `--remove`: one file, printed first, written only after a yes."""

from __future__ import annotations

import os
import plistlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tui.cli import nudge_service
from tui.cli.nudge_service import install, service
from tui.cli.output import Trouble
from tui.cli.run import run


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of its own, and Linux."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    return tmp_path / "home"


def files(folder: Path) -> list[str]:
    """Return every file below a folder."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


UNIT = ".config/systemd/user/gluteus-nudge.service"


def test_it_is_printed_and_only_a_yes_writes_it(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def no(question: str) -> bool:
        asked.append(question)
        return False

    monkeypatch.setattr(nudge_service, "confirm", no)
    assert install(["--every=45m"], yes=False) == 1
    out = capsys.readouterr().out
    assert f"{home / UNIT}:" in out and '"nudge" "--every=45m"' in out and out.endswith("Nothing was written.\n")
    assert asked == ["Write this file? [y/N] "]
    assert files(home) == []
    monkeypatch.setattr(nudge_service, "confirm", lambda question: True)
    assert install([], yes=False) == 0
    assert files(home) == [UNIT]


def test_yes_writes_without_asking_and_remove_leaves_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["nudge", "--install", "--yes", "--every", "45m", "--days", "mon,wed"]) == 0
    assert "systemctl --user enable --now gluteus-nudge.service" in capsys.readouterr().out
    assert '"--every=45m" "--days=mon,wed"' in (home / UNIT).read_text()
    assert run(["nudge", "--remove", "--yes"]) == 0
    assert "systemctl --user disable --now gluteus-nudge.service" in capsys.readouterr().out
    assert files(home) == []
    assert run(["nudge", "--remove", "--yes"]) == 0
    assert capsys.readouterr().out == f"There is no {home / UNIT}.\n"


def test_without_a_terminal_the_answer_is_no(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open(os.devnull) as nothing:
        monkeypatch.setattr(sys, "stdin", nothing)
        assert run(["nudge", "--install"]) == 1
    assert files(home) == []


def test_words_are_quoted_as_systemd_reads_them() -> None:
    environ = {"HOME": "/home/x", "GLUTEUS_HOME": '/a "b"/100%/$x', "PYTHONPATH": ""}
    content = service([], "linux", environ).content
    assert 'Environment="GLUTEUS_HOME=/a \\"b\\"/100%%/$$x"' in content
    assert "PYTHONPATH" not in content


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd")
def test_systemd_finds_no_mistake_in_the_unit(tmp_path: Path) -> None:
    path = tmp_path / "gluteus-nudge.service"
    path.write_text(service(["--every=45m"], "linux", {"HOME": "/home/x", "GLUTEUS_HOME": "/a b"}).content)
    command = ["systemd-analyze", "verify", "--user", "--man=no", str(path)]
    environ = {**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert path.name not in done.stderr, done.stderr


def test_an_agent_for_launchd() -> None:
    made = service(["--at=:50"], "darwin", {"HOME": "/Users/it's me", "GLUTEUS_HOME": "/g"})
    agent = plistlib.loads(made.content.encode())
    assert made.path == Path("/Users/it's me/Library/LaunchAgents/gluteus.nudge.plist")
    assert agent["ProgramArguments"] == [sys.executable, "-m", "tui", "nudge", "--at=:50"]
    assert agent["EnvironmentVariables"] == {"GLUTEUS_HOME": "/g"}
    assert made.start == "launchctl load -w '/Users/it'\\''s me/Library/LaunchAgents/gluteus.nudge.plist'"


def test_an_option_that_is_wrong_is_not_in_the_file(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["nudge", "--install", "--yes", "--every", "0", "--for", "3m", "--from", "9:00", "--to", "9:00"]) == 0
    assert '"nudge" "--for=3m"\n' in (home / UNIT).read_text()
    assert [line.rpartition(". ")[2] for line in capsys.readouterr().err.splitlines()] == [
        "Leaving it out.", "Leaving them out.",
    ]  # fmt: skip


def test_another_system_has_neither() -> None:
    with pytest.raises(Trouble, match="systemd or launchd"):
        service([], "win32", {"HOME": "/x"})


def test_a_folder_that_cannot_be_written_is_one_line(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home.mkdir()
    (home / ".config").write_text("a file")
    assert run(["nudge", "--install", "--yes"]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_yes_alone_is_wrong_usage(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["nudge", "--yes"]) == 2
    assert "--yes is for --install and --remove" in capsys.readouterr().err
