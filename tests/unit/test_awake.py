"""The screen stays awake while a workout runs, and only then; against a real private bus too."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from queue import Queue
from threading import Thread
from typing import Any, NamedTuple

import pytest

from tests.fakes import FakeClock, RecordingPlayer
from tests.patience import PATIENCE_S
from tests.unit.test_cli_line_mode import bridges
from tui.coach.coach import coach_of
from tui.conductor import Conductor
from tui.desktop.awake import Awake, screen_kept_awake
from tui.desktop.services import DesktopServices
from tui.engine.commands import Pause, Resume, Start
from tui.engine.model import Choices
from tui.files.places import find_places
from tui.files.settings import ScreenSettings, Settings
from tui.history.journal import Journal

needs_bus = pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="needs dbus-run-session")


class Screen:
    """A screen that notes when it is kept awake and when it is released."""

    def __init__(self, error: Exception | None = None) -> None:
        self.log: Queue[str] = Queue()
        self.error = error

    @contextmanager
    def hold(self) -> Iterator[None]:
        self.log.put("awake")
        if self.error:
            raise self.error
        yield
        self.log.put("released")

    def next(self) -> str:
        return self.log.get(timeout=PATIENCE_S)


def services_of(screen: Screen, after_s: float = 0.0, *, awake: bool = True) -> tuple[DesktopServices, Conductor]:
    clock = FakeClock()
    journal = Journal(find_places(), clock.wall)
    conductor = Conductor(
        coach_of(bridges(), Choices(), Settings().coaching), player=RecordingPlayer(), journal=journal,
        settings=Settings(screen=ScreenSettings(awake=awake)), remember=lambda exercise, progression: None,
        clocks=clock.clocks(),
    )  # fmt: skip
    made = DesktopServices(find_places(), clock, Awake(screen.hold, after_s))
    made.begin(conductor)
    return made, conductor


def test_it_is_awake_while_the_workout_runs_and_not_in_a_pause() -> None:
    screen = Screen()
    made, conductor = services_of(screen)
    conductor.do(Start())
    assert screen.next() == "awake"
    conductor.do(Pause())
    assert screen.next() == "released"
    conductor.do(Resume())
    assert screen.next() == "awake"
    conductor.close()
    assert screen.next() == "released"
    made.end()
    made.finish()
    assert screen.log.empty()


def test_a_workout_that_is_put_away_without_its_end_releases_it_too() -> None:
    screen = Screen()
    made, conductor = services_of(screen)
    conductor.do(Start())
    assert screen.next() == "awake"
    made.end()
    made.finish()
    assert screen.next() == "released"
    conductor.close()


def test_nothing_is_asked_for_at_the_start_or_if_the_setting_is_off() -> None:
    screen = Screen()
    for after_s, awake in ((3600.0, True), (0.0, False)):
        made, conductor = services_of(screen, after_s, awake=awake)
        conductor.do(Start())
        conductor.close()
        made.end()
        made.finish()
    assert screen.log.empty()


def test_a_desktop_that_fails_costs_nothing() -> None:
    screen = Screen(RuntimeError("no such method"))
    made, conductor = services_of(screen)
    conductor.do(Start())
    assert screen.next() == "awake"
    conductor.close()
    made.end()
    made.finish()


def test_without_a_bus_the_library_is_not_even_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setitem(sys.modules, "wakepy", None)
    with screen_kept_awake():
        pass
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(ImportError), screen_kept_awake():
        pass


KEEPS = "from tui.desktop.awake import Awake; awake = Awake(after_s=0.0); awake.keep(True); input(); awake.finish()"
"""A program that keeps the screen awake until it reads a line."""


class Desktop(NamedTuple):
    """A screen saver on a private bus: the calls that it gets, method and the caller's name; who may find that bus."""

    calls: Queue[tuple[str, str]]
    environment: Mapping[str, str]

    def keeps_awake(self) -> subprocess.Popen[str]:
        """A program of its own, as threads that other tests have left would find the bus from here."""
        return subprocess.Popen([sys.executable, "-c", KEEPS], env=self.environment, stdin=subprocess.PIPE, text=True)

    def called(self, name: str, sender: str = "") -> str:
        """Wait for a call of this name, from this sender; returns the sender."""
        while True:
            method, by = self.calls.get(timeout=PATIENCE_S)
            assert method != "closed", "the bus has ended"
            if method == name and sender in ("", by):
                return by


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desktop]:
    """A screen saver on a private bus."""
    from jeepney import HeaderFields, MessageType, message_bus, new_error, new_method_return
    from jeepney.io.blocking import open_dbus_connection

    command = ["dbus-run-session", "--", "sh", "-c", 'echo "$DBUS_SESSION_BUS_ADDRESS"; exec cat']
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdin and process.stdout
        environment = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": process.stdout.readline().strip()}
        del environment["WAKEPY_FAKE_SUCCESS"]
        with monkeypatch.context() as here:
            here.setenv("DBUS_SESSION_BUS_ADDRESS", environment["DBUS_SESSION_BUS_ADDRESS"])
            saver = open_dbus_connection("SESSION")
        saver.send_and_get_reply(message_bus.RequestName("org.freedesktop.ScreenSaver"))
        saver.send_and_get_reply(
            message_bus.AddMatch("type='signal',member='NameOwnerChanged',sender='org.freedesktop.DBus'")
        )
        calls: Queue[tuple[str, str]] = Queue()

        def serve() -> None:
            while True:
                try:
                    message: Any = saver.receive()
                except (OSError, ValueError):
                    calls.put(("closed", ""))
                    return
                fields = message.header.fields
                member = fields.get(HeaderFields.member, "")
                if member == "NameOwnerChanged" and not message.body[2]:
                    calls.put(("gone", message.body[0]))
                if message.header.message_type is MessageType.method_call:
                    calls.put((member, fields[HeaderFields.sender]))
                    body = ("u", (7,)) if member == "Inhibit" else ("", ())
                    known = member in ("Inhibit", "UnInhibit")
                    saver.send(new_method_return(message, *body) if known else new_error(message, "a.b.Unknown"))

        server = Thread(target=serve, daemon=True)
        server.start()
        yield Desktop(calls, environment)
        saver.sock.shutdown(2)
        server.join()  # or else it might read from what is opened next under the number of its socket
        saver.close()
        process.stdin.close()


@needs_bus
def test_the_desktop_is_asked_and_released(desktop: Desktop) -> None:
    with desktop.keeps_awake() as process:
        sender = desktop.called("Inhibit")
        process.communicate("\n")
        desktop.called("UnInhibit", sender)


@needs_bus
def test_a_kill_releases_the_screen(desktop: Desktop) -> None:
    with desktop.keeps_awake() as process:
        sender = desktop.called("Inhibit")
        process.kill()
        desktop.called("gone", sender)  # desktops watch the name of the one who asked
