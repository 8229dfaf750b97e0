"""Idle time, lock and do-not-disturb on a real private bus, with fake services of desktops."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from threading import Thread
from typing import Any

import pytest

from tests.for_each import for_each
from tests.patience import PATIENCE_S
from tui.desktop.availability import is_not_to_be_disturbed
from tui.desktop.bus import Bus
from tui.desktop.presence import Presence, login_idle_s, mutter_idle_s, screen_saver_idle_s

jeepney = pytest.importorskip("jeepney")
pytestmark = pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="needs dbus-run-session")

Answers = Mapping[tuple[str, str, str], tuple[str, object]]
"""The answers of a service, by path, interface and method: the signature and the value; None: it never answers."""

MUTTER = ("/org/gnome/Mutter/IdleMonitor/Core", "org.gnome.Mutter.IdleMonitor", "GetIdletime")
SAVER = "org.freedesktop.ScreenSaver"
SAVER_IDLE = ("/org/freedesktop/ScreenSaver", SAVER, "GetSessionIdleTime")
SAVER_ACTIVE = ("/org/freedesktop/ScreenSaver", SAVER, "GetActive")
LOGIN = ("/org/freedesktop/login1/session/auto", "org.freedesktop.DBus.Properties", "GetAll")
NOTIFICATIONS = ("/org/freedesktop/Notifications", "org.freedesktop.DBus.Properties", "GetAll")

Serve = Callable[[str, Answers], None]


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A private bus, which is the session bus and the system bus; its address."""
    command = ["dbus-run-session", "--", "sh", "-c", 'echo "$DBUS_SESSION_BUS_ADDRESS"; exec cat']
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdin and process.stdout
        address = process.stdout.readline().strip()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
        monkeypatch.setattr("tui.desktop.bus.ANSWER_S", PATIENCE_S)  # a busy machine is not a failure
        yield address
        process.stdin.close()


@pytest.fixture
def serve(bus: str) -> Iterator[Serve]:
    """Return a function that owns a name on the bus and answers from a thread until the test is over."""
    from jeepney.io.blocking import open_dbus_connection

    connections = []

    def begin(name: str, answers: Answers) -> None:
        connection = open_dbus_connection("SESSION")
        connections.append(connection)
        reply = connection.send_and_get_reply(jeepney.message_bus.RequestName(name))
        assert reply.body == (1,)
        Thread(target=answer, args=(connection, answers), daemon=True).start()

    yield begin
    for connection in connections:
        connection.sock.shutdown(2)
        connection.close()


def answer(connection: Any, answers: Answers) -> None:
    """Answer every call until the connection is closed."""
    from jeepney import HeaderFields, MessageType, new_error, new_method_return

    while True:
        try:
            message = connection.receive()
        except (OSError, ValueError):
            return
        if message.header.message_type is not MessageType.method_call:
            continue
        fields = message.header.fields
        key = (fields[HeaderFields.path], fields.get(HeaderFields.interface), fields[HeaderFields.member])
        if key not in answers:
            connection.send(new_error(message, "org.freedesktop.DBus.Error.UnknownMethod"))
        elif answers[key][1] is not None:
            signature, value = answers[key]
            connection.send(new_method_return(message, signature, (value,)))


def test_gnome_answers_in_milliseconds(serve: Serve) -> None:
    serve("org.gnome.Mutter.IdleMonitor", {MUTTER: ("t", 125_000)})
    assert mutter_idle_s(Bus("SESSION")) == 125.0


def test_a_screen_saver_answers_in_seconds_and_that_of_kde_in_milliseconds(serve: Serve) -> None:
    serve(SAVER, {SAVER_IDLE: ("u", 42_000)})
    session = Bus("SESSION")
    assert screen_saver_idle_s(session) == 42_000.0
    serve("org.kde.KWin", {})
    assert screen_saver_idle_s(session) == 42.0


@pytest.mark.parametrize(("idles", "idle_s"), [(True, 70.0), (False, 0.0)])
def test_the_login_manager_has_an_idle_hint_and_a_lock(serve: Serve, idles: bool, idle_s: float) -> None:
    hints = {"IdleHint": ("b", idles), "IdleSinceHintMonotonic": ("t", 30_000_000), "LockedHint": ("b", True)}
    serve("org.freedesktop.login1", {LOGIN: ("a{sv}", hints)})
    assert login_idle_s(Bus("SYSTEM"), clock=lambda: 100.0) == idle_s
    assert Presence(Bus("SESSION"), Bus("SYSTEM")).look().locked


def test_without_any_service_nothing_is_known(bus: str) -> None:
    session = Bus("SESSION")
    assert mutter_idle_s(session) is None
    assert screen_saver_idle_s(session) is None
    assert login_idle_s(Bus("SYSTEM")) is None
    assert not Presence(session, Bus("SYSTEM")).look().locked
    assert not is_not_to_be_disturbed(session)


def test_a_screen_saver_that_is_on_is_a_lock(serve: Serve) -> None:
    serve(SAVER, {SAVER_ACTIVE: ("b", True), SAVER_IDLE: ("u", 9)})
    seen = Presence(Bus("SESSION"), Bus("SYSTEM")).look()
    assert seen.locked
    assert seen.idle_s == 9.0


@pytest.mark.parametrize("key", ["Inhibited", "paused"])
def test_do_not_disturb_of_kde_and_of_dunst(serve: Serve, key: str) -> None:
    serve("org.freedesktop.Notifications", {NOTIFICATIONS: ("a{sv}", {key: ("b", True)})})
    assert is_not_to_be_disturbed(Bus("SESSION"))


def test_a_service_that_never_answers_is_left_alone_for_a_while(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.desktop.bus.ANSWER_S", 0.1)
    serve("org.gnome.Mutter.IdleMonitor", {MUTTER: ("t", None)})
    now = 0.0
    session = Bus("SESSION", clock=lambda: now)
    assert mutter_idle_s(session) is None
    serve(SAVER, {SAVER_IDLE: ("u", 9)})
    assert screen_saver_idle_s(session) is None
    now = 400.0
    monkeypatch.setattr("tui.desktop.bus.ANSWER_S", PATIENCE_S)
    assert screen_saver_idle_s(session) == 9.0


def test_an_answer_of_another_kind_is_none(serve: Serve) -> None:
    serve("org.gnome.Mutter.IdleMonitor", {MUTTER: ("s", "soon")})
    serve("org.freedesktop.login1", {LOGIN: ("s", "none")})
    assert mutter_idle_s(Bus("SESSION")) is None
    assert login_idle_s(Bus("SYSTEM")) is None


def test_a_bus_that_ends_and_comes_back_is_found_again(serve: Serve) -> None:
    serve("org.gnome.Mutter.IdleMonitor", {MUTTER: ("t", 5_000)})
    session = Bus("SESSION")
    assert mutter_idle_s(session) == 5.0
    session.close()
    assert mutter_idle_s(session) == 5.0


@for_each("address", ["", "unix:path=/nonexistent", "tcp:host=localhost", "nonsense"])
def test_without_a_bus_nothing_is_known(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    assert mutter_idle_s(Bus("SESSION")) is None
