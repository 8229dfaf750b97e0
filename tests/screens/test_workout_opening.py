"""The facts about the whole workout in its first phase: its title, its length, and the kit to fetch."""

import pytest

from tests.bundled_catalog import bundled_routine
from tests.fakes import RecordingPlayer
from tests.screens.workout_rig import settings, workout
from tui.engine.commands import Jump, Scope, Swap
from tui.engine.model import Kind
from tui.engine.position import SessionState
from tui.files.settings import VoiceSettings
from tui.ladder.remembered import Remembered
from tui.screens.workout.screen import WorkoutScreen
from tui.terminal.textual_internals.after_frame import AfterFrame

Sizes = tuple[tuple[int, int], ...]
LARGE_AND_SMALL, BETWEEN = ((120, 40), (40, 12)), ((80, 24), (60, 20))
AT_SIZES = pytest.mark.parametrize("sizes", [LARGE_AND_SMALL, pytest.param(BETWEEN, marks=pytest.mark.slow)])


@AT_SIZES
async def test_someone_without_sound_sees_the_title_the_length_and_what_to_fetch(sizes: Sizes) -> None:
    async with workout(bundled_routine("bridge-ladder")) as rig:  # its first PREPARE is as long as the way to the floor
        for size in sizes:
            await rig.resize(*size)
            assert rig.says("Bridge ladder", "get two cushions", "7½ min" if size == (40, 12) else "7:35 left"), size
        await rig.go(6)
        for size in sizes:
            await rig.resize(*size)
            assert rig.says("Bridge ladder")
            assert not rig.says("7½ min")
            assert rig.says("get two cushions") is (size != (40, 12)), size  # its only line has what is said now
        await rig.go(9)
        assert rig.conductor.session.phase.kind is Kind.WORK
        for size in sizes:
            await rig.resize(*size)
            assert not rig.says("Bridge ladder")
            assert not rig.says("get two cushions")


@AT_SIZES
async def test_without_kit_there_is_the_place_and_a_long_title_is_cut(sizes: Sizes) -> None:
    bridges = bundled_routine("bridge-ladder")._replace(title="My own bridges, " + "as slowly as I can, " * 3)
    async with workout(bridges, state=Remembered({"lying-butterfly": "free"})) as rig:
        for size in sizes:
            await rig.resize(*size)
            assert rig.says("My own bri")
            assert not rig.says("get ", "cushion")
            assert rig.says("set 1 of 4") is (size[0] >= 80), size
            assert rig.says("7½ min") is (size == (40, 12)), size


async def test_a_workout_that_starts_muted_shows_what_to_fetch_though_there_is_a_voice() -> None:
    quiet, spoken = bundled_routine("bridge-ladder")._replace(quiet=True), VoiceSettings(mode="all")
    for routine, expected in ((quiet, True), (quiet._replace(quiet=False), False)):
        async with workout(routine, (40, 12), settings=settings()._replace(voice=spoken)) as rig:
            assert rig.says("7½ min · get two cushions") is expected


async def test_what_to_fetch_follows_a_swap_and_belongs_to_the_first_prepare() -> None:
    async with workout(bundled_routine("kettle-break")) as rig:
        assert not rig.says("get a cushion")
        first = rig.conductor.timeline.sets[0]
        rig.screen.take(rig.conductor.do(Swap(first.slot, "kettle-stand", "cushion", Scope.TODAY)))
        await rig.go(0.5)
        assert rig.says("Kettle break", "get a cushion")
    async with workout(bundled_routine("seven-minutes")) as rig:
        bridge = next(phase for phase in rig.conductor.timeline.sets if phase.plan.exercise.id == "reverse-bridge")
        rig.screen.take(rig.conductor.do(Jump(bridge.slot)))
        await rig.go(0.5)
        assert (rig.conductor.session.phase.kind, rig.says("Seven minutes")) == (Kind.PREPARE, False)


async def test_what_a_voice_says_at_the_start_is_shown_as_it_is_said() -> None:
    spoken = settings()._replace(voice=VoiceSettings(mode="all"))
    async with workout(bundled_routine("bridge-ladder"), settings=spoken, player=RecordingPlayer()) as rig:
        assert rig.conductor.session.coaching.waits
        await rig.go(0.5)
        assert rig.says("Bridge ladder, eight minutes")


async def test_a_workout_begins_on_a_machine_too_busy_to_lay_it_out_before_it_is_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    painted = AfterFrame.on_painted

    def painted_late(frames: AfterFrame) -> None:
        painted(frames)
        frames.act()  # as by a timer that was due long ago

    monkeypatch.setattr(WorkoutScreen, "MOST_TURNS", 0)
    monkeypatch.setattr(AfterFrame, "on_painted", painted_late)
    async with workout() as rig:
        assert rig.conductor.state is SessionState.RUNNING
