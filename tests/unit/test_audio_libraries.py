"""The outputs through libraries that are missing, broken, lying or of the wrong version."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from tests.fakes import FakeClock
from tests.for_each import for_each
from tests.patience import PATIENCE_S, wait_until
from tests.sounding import BEEP, config, soon
from tui.audio.frame_map import RATE
from tui.audio.mixer import Mixer
from tui.audio.outputs import NoOutput, open_output
from tui.audio.outputs.miniaudio_stream import MiniaudioStream
from tui.audio.outputs.simpleaudio_buffers import crashes
from tui.audio.schedule import Levels, Scheduled
from tui.coach.cue import CueClass, Sound


class FakeMiniaudio(ModuleType):
    """miniaudio, as far as a stream needs it."""

    class MiniaudioError(Exception):
        pass

    SampleFormat = SimpleNamespace(SIGNED16=2)
    Backend = SimpleNamespace(PULSEAUDIO="pulse", ALSA="alsa")

    def __init__(self, backend: str = "PulseAudio", failing: bool = False) -> None:
        super().__init__("miniaudio")
        self.given_back: list[object] = []
        self.devices: list[Any] = []
        self.lib = SimpleNamespace(ma_context_uninit=self.given_back.append)
        fake = self

        class PlaybackDevice:
            def __init__(self, **options: Any) -> None:
                self.options, self.backend = options, backend
                self._context = self.context = object()
                fake.devices.append(self)
                self.closed = False
                if failing:
                    raise FakeMiniaudio.MiniaudioError("failed to init device", -1)
                self._device = object()

            def start(self, generator: Any) -> None:
                self.generator = generator

            def close(self) -> None:
                self.closed = True

        self.PlaybackDevice = PlaybackDevice


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Callable[..., FakeMiniaudio]:
    def put(*arguments: Any) -> FakeMiniaudio:
        fake = FakeMiniaudio(*arguments)
        monkeypatch.setitem(sys.modules, "miniaudio", fake)
        return fake

    return put


def test_miniaudio_pulls_frames_and_gives_everything_back(
    install: Callable[..., FakeMiniaudio], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = FakeClock()
    monkeypatch.setattr("tui.audio.outputs.stream.time", SimpleNamespace(monotonic=clock))
    fake = install()
    output = open_output("miniaudio", config())
    assert isinstance(output, MiniaudioStream)
    (device,) = fake.devices
    assert output.device == "PulseAudio"
    output.set_levels(Levels(1.0))
    output.schedule([Scheduled(clock.now - 0.05, CueClass.COUNTDOWN, Sound.COUNTDOWN)])
    assert device.generator.send(100).tolist() == [9_000] * 100
    assert output.idle_s(clock.now + 2) == 0, "a device may take its time to wake up"
    assert output.idle_s(clock.now + 5) == 5, "nobody pulls any more"
    output.close()
    assert device.closed and fake.given_back == [device.context]


def test_jack_is_never_looked_for(install: Callable[..., FakeMiniaudio], monkeypatch: pytest.MonkeyPatch) -> None:
    fake = install()
    monkeypatch.setattr(sys, "platform", "linux")
    open_output("miniaudio", config())
    assert fake.devices[0].options["backends"] == ["pulse", "alsa"]


def test_a_null_device_is_none(install: Callable[..., FakeMiniaudio]) -> None:
    fake = install("Null")
    with pytest.raises(NoOutput, match="no sound device"):
        open_output("miniaudio", config())
    assert fake.devices[0].closed and fake.given_back == [fake.devices[0].context]


def test_a_device_that_cannot_be_opened_leaks_nothing(install: Callable[..., FakeMiniaudio]) -> None:
    fake = install("PulseAudio", True)
    with pytest.raises(NoOutput, match="failed to init device, -1"):
        open_output("miniaudio", config())
    assert fake.given_back == [fake.devices[0].context]


def test_an_error_in_the_mixer_is_silence_and_one_line_in_the_log(
    install: Callable[..., FakeMiniaudio], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = install()
    open_output("miniaudio", config())
    monkeypatch.setattr(Mixer, "pull", lambda mixer, count, now: 1 / 0)
    for _ in range(3):
        assert fake.devices[0].generator.send(50).tolist() == [0] * 50
    assert capsys.readouterr().err.count("ZeroDivisionError: division by zero") == 1


@pytest.mark.parametrize(("name", "module"), [("miniaudio", "miniaudio"), ("simpleaudio", "simpleaudio")])
def test_a_missing_library_is_reported(monkeypatch: pytest.MonkeyPatch, name: str, module: str) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(NoOutput, match="not installed"):
        open_output(name, config())


@for_each(
    ("installed", "expected"),
    [
        ({"simpleaudio": "1.0.4"}, True),
        ({"simpleaudio-patched": "1.0.5"}, False),
        ({"simpleaudio": "1.0.4", "simpleaudio-patched": "1.0.5"}, False),
        ({}, False),
    ],
)
def test_the_simpleaudio_that_crashes_is_known(installed: dict[str, str], expected: bool) -> None:
    assert crashes(installed) is expected


def only_the_old_one(name: str) -> str:
    """The versions of what is installed: the simpleaudio that crashes."""
    if name != "simpleaudio":
        raise PackageNotFoundError(name)
    return "1.0.4"


def test_the_simpleaudio_that_crashes_is_refused_without_loading_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 12, 0))
    monkeypatch.setattr("importlib.metadata.version", only_the_old_one)
    monkeypatch.setitem(sys.modules, "simpleaudio", None)
    with pytest.raises(NoOutput, match=r"simpleaudio 1\.0\.4 crashes .*'gluteus\[simpleaudio\]'"):
        open_output("simpleaudio", config())


def test_simpleaudio_plays_whole_buffers_and_reports_its_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    fake: Any = ModuleType("simpleaudio")
    played: list[tuple[int, ...]] = []

    def play_buffer(samples: array[int], *form: int) -> Any:
        if len(played) == 2:
            raise RuntimeError("Error opening PCM device.")
        played.append((len(samples), *form))
        return SimpleNamespace(stop=lambda: None, is_playing=lambda: False)

    fake.play_buffer = play_buffer
    monkeypatch.setitem(sys.modules, "simpleaudio", fake)
    monkeypatch.setattr(sys, "version_info", (3, 11, 9))
    monkeypatch.setattr("importlib.metadata.version", only_the_old_one)
    monkeypatch.setattr("tui.audio.cue_queue.LATE_S", PATIENCE_S)
    monkeypatch.setattr("tui.audio.outputs.buffer_output.VERIFY_S", PATIENCE_S)
    output = open_output("simpleaudio", config())
    output.schedule(soon())
    wait_until(lambda: len(played) == 2)
    assert played[1][0] > len(BEEP) and played[1][1:] == (1, 2, RATE)
    output.schedule(soon())
    wait_until(lambda: output.idle_s(0.0) == float("inf"))
    with pytest.raises(NoOutput, match="Error opening PCM device"):
        open_output("simpleaudio", config())
