"""A workout watches its routine's file: a change is offered for the next set, within the limits of the workout."""

import gc
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import current_thread

import pytest
from textual.pilot import Pilot

from tests.fakes import FakeClock
from tests.idle import SOON_S
from tests.screens.stage import end_workout, make_app, text_of, until, until_shown
from tests.screens.test_reload import MINE, app_of_files, write
from tui.app import GluteusApp
from tui.engine.model import Kind
from tui.engine.position import SessionState
from tui.engine.session import Session
from tui.engine.timeline import Timeline
from tui.files.places import find_places
from tui.ladder.remembered import Remembered
from tui.library.catalog import load_catalog
from tui.screens.workout import running
from tui.screens.workout.changed_file import ChangedFile
from tui.today.conditions import Conditions
from tui.user_data import WorkoutRequest

LONG = MINE.replace('work = "30s"', 'work = "30s"\nrest = "10s"') + '[[sets]]\nexercise = "squat"\nwork = "30s"\n'


async def test_a_change_in_mid_workout_offers_itself_for_the_next_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "LOOK_EVERY_S", 0.05)
    path = write("mine.toml", LONG)
    clock = FakeClock()
    app = make_app(
        catalog=load_catalog(find_places()), state=Remembered(last_routine="mine"), clock=clock, wall=clock.wall,
        with_suspend=clock.with_suspend,
    )  # fmt: skip
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: app.conductor is not None and app.conductor.state is SessionState.RUNNING)
        conductor = app.conductor
        assert conductor is not None
        await pilot.press("f")
        await until_shown(pilot, "There is no new version of the routine")
        await pilot.press("n")  # to the first set
        assert conductor.session.phase.kind is Kind.WORK
        path.write_text("title = Mine\n")  # half written
        await until_shown(pilot, "has a problem; this workout continues unchanged.")
        write("mine.toml", LONG + '[[sets]]\nexercise = "lunge"\nwork = "30s"\n')
        await until_shown(pilot, "Press f to use it from the next set on.")
        assert "f changed file" in text_of(app)
        await pilot.press("f")
        await until_shown(pilot, "applies from the next set on.")
        for text in (LONG, LONGER):  # as before, while the other version waits, and as that again
            write("mine.toml", text)
            await until_shown(pilot, OFFER)
            await pilot.press("f")
            await until_shown(pilot, "applies from the next set on.")
        await pilot.press("f")
        await pilot.pause()
        assert "no new version" not in text_of(app)
        assert [phase.plan.exercise.id for phase in conductor.timeline.sets] == ["barre-lift", "squat"]
        await pilot.press("n")
        assert conductor.waits_to_take_up  # the other side of the same set comes first
        await pilot.press("n", "n")
        clock.advance(1.0)
        await until_shown(pilot, "The rest follows the changed file.")
        assert [phase.plan.exercise.id for phase in conductor.timeline.sets] == ["barre-lift", "squat", "lunge"]
        assert "f changed file" not in text_of(app)
        write("mine.toml", LONG.replace("barre-lift", "plank"))
        await until_shown(pilot, "has changed in an earlier set")
        assert conductor.offered is None


LONGER = LONG + '[[sets]]\nexercise = "lunge"\nwork = "30s"\n'
OFFER = "Press f to use it from the next set on."


@pytest.mark.slow
@pytest.mark.parametrize("limits", [Conditions(), Conditions(frozenset({"mat"}), quiet=True, for_s=600.0)])
@pytest.mark.parametrize("meanwhile", [False, True])
async def test_a_resumed_workout_follows_its_file_too(
    meanwhile: bool, limits: Conditions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "LOOK_EVERY_S", 0.05)
    write("mine.toml", LONG)
    app = app_of_files()
    async with app.run_test(size=(120, 40)) as pilot:
        await begun(pilot, app, limits)
        app.action_quit_now(143)
    if meanwhile:
        write("mine.toml", LONGER)
    app = app_of_files()
    async with app.run_test(size=(120, 40)) as pilot:
        await until_shown(pilot, "Resume")
        await pilot.press("enter")
        await until(pilot, lambda: app.conductor is not None)
        if not meanwhile:
            await pilot.pause(0.2)
            assert OFFER not in text_of(app)
            write("mine.toml", LONGER)
        await until_shown(pilot, OFFER)
        assert app.workout is not None and app.workout.conductor is not None
        offered = app.workout.conductor.offered
        assert offered is not None and len(offered.blocks[0].sets) == 3


async def test_a_workout_of_a_file_in_another_folder_follows_that_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also after a crash; the routine of the same name in the user's folder is another one."""
    monkeypatch.setattr(running, "LOOK_EVERY_S", 0.05)
    outside = tmp_path / "mine.toml"
    outside.write_text(LONG)
    write("mine.toml", LONG.replace("squat", "row"))
    routine = load_catalog(find_places()).load(outside).routine
    app = make_app(catalog=load_catalog(find_places()), start=routine, outside=outside)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.conductor is not None and app.conductor.state is SessionState.RUNNING)
        write("mine.toml", LONGER.replace("squat", "row"))
        outside.write_text("title = Mine\n")
        await until_shown(pilot, "The routine's file has a problem; this workout continues unchanged.")
        outside.unlink()
        await pilot.pause(0.2)
        assert app.conductor is not None and app.conductor.offered is None
        outside.write_text(LONGER)
        await until_shown(pilot, OFFER)
        assert offered_exercises(app) == ["barre-lift", "squat", "lunge"]
        app.action_quit_now(143)
    app = app_of_files()
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "Resume")
        await pilot.press("enter")
        await until_shown(pilot, OFFER)
        write("mine.toml", LONG.replace("barre-lift", "row"))
        outside.write_text(LONGER.replace("lunge", "plank"))
        await until(pilot, lambda: offered_exercises(app) == ["barre-lift", "squat", "plank"])


async def test_a_file_that_is_changed_while_a_question_is_open_is_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The workout begins with what was read before the question, of a file in any folder."""
    monkeypatch.setattr(running, "LOOK_EVERY_S", 0.05)
    elsewhere = tmp_path / "mine.toml"
    elsewhere.write_text(LONG)
    for file, outside in ((elsewhere, elsewhere), (write("mine.toml", LONG), None)):
        catalog = load_catalog(find_places())
        app = make_app(catalog=catalog, start=catalog.load(file).routine, outside=outside)
        app.user.is_new = True
        async with app.run_test(size=(80, 24)) as pilot:
            await until_shown(pilot, "Before your first workout")
            file.write_text(LONGER)
            await pilot.press("enter")
            await until_shown(pilot, OFFER)
            assert offered_exercises(app) == ["barre-lift", "squat", "lunge"]


@pytest.mark.parametrize("resumes", [False, True])
async def test_a_file_that_is_as_before_again_is_offered_after_another_version_was_taken_up(
    resumes: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the workout is done again, and when it is resumed."""
    monkeypatch.setattr(running, "LOOK_EVERY_S", 0.05)
    write("mine.toml", LONG)
    app = app_of_files()
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, app, Conditions())
        write("mine.toml", LONGER)
        await until_shown(pilot, OFFER)
        await pilot.press("f")
        await until(pilot, lambda: app.conductor is not None and len(app.conductor.routine.blocks[0].sets) == 3)
        write("mine.toml", LONG)
        if resumes:
            app.action_quit_now(143)
        else:
            first = app.conductor
            assert first is not None and app.workout is not None
            app.workout.end()
            await pilot.pause()
            app.workout.repeat(first)
            await until(pilot, lambda: offered_exercises(app) == ["barre-lift", "squat"])
            return
    app = app_of_files()
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "Resume")
        await pilot.press("enter")
        await until(pilot, lambda: offered_exercises(app) == ["barre-lift", "squat"])


async def test_the_thread_that_looks_for_changes_lays_out_no_workout(monkeypatch: pytest.MonkeyPatch) -> None:
    """It could store a plan that a key has just changed."""
    monkeypatch.setattr(running, "LOOK_EVERY_S", 0.01)
    threads = set[str]()
    timeline: Callable[[Session], Timeline] = vars(Session)["timeline"].fget

    def noted(session: Session) -> Timeline:
        threads.add(current_thread().name)
        return timeline(session)

    monkeypatch.setattr(Session, "timeline", property(noted))
    app = app_of_files()
    app.user.change("screen.title", True)
    async with app.run_test(size=(80, 24)) as pilot:
        write("mine.toml", LONG)
        app.user.refresh()
        await begun(pilot, app, Conditions())
        write("mine.toml", LONGER)
        await until_shown(pilot, OFFER)  # so the thread has looked
    assert threads == {current_thread().name}


def offered_exercises(app: GluteusApp) -> list[str]:
    """Return the exercises of the routine that is offered."""
    offered = app.conductor.offered if app.conductor else None
    return [each.exercise for each in offered.blocks[0].sets] if offered else []


async def begun(pilot: Pilot[None], app: GluteusApp, limits: Conditions) -> None:
    """Begin the routine `mine` under these limits."""
    routine = next(entry.routine for entry in app.user.catalog.entries if entry.id == "mine")
    assert routine is not None
    app.begin(WorkoutRequest(routine, conditions=limits))
    await until(pilot, lambda: app.conductor is not None and app.conductor.state is SessionState.RUNNING)


ROW = '[[sets]]\nexercise = "row"\nwork = "30s"\n'


LIMITED: list[tuple[Conditions, str, list[str] | None]] = [
    (Conditions(standing=True), ROW, None),  # nothing of what is new can be done
    (Conditions(standing=True), ROW + ROW.replace("row", "lunge"), ["barre-lift", "squat", "lunge"]),
    (Conditions(), ROW, ["barre-lift", "squat", "row"]),
    (Conditions(for_s=240.0), '[[sets]]\nexercise = "lunge"\nwork = "30s"\n' * 9, ["barre-lift", "squat", "lunge"]),
]


@pytest.mark.slow
async def test_a_workout_follows_its_file_without_limits_and_in_a_given_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "LOOK_EVERY_S", 0.05)
    write("mine.toml", LONG)
    app = app_of_files()
    async with app.run_test(size=(120, 40)) as pilot:
        await each_change_is_fitted(app, pilot, LIMITED[2:])


async def each_change_is_fitted(
    app: GluteusApp, pilot: Pilot[None], changes: Iterable[tuple[Conditions, str, list[str] | None]]
) -> None:
    for limits, more, expected in changes:
        await begun(pilot, app, limits)
        await a_changed_file_is_fitted_to_the_limits_of_its_workout(app, pilot, more, expected)
        await mine_again(app, pilot)


async def test_a_workout_follows_its_file_as_far_as_todays_limits_allow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "LOOK_EVERY_S", 0.05)
    write("mine.toml", LONG)
    app = app_of_files()
    async with app.run_test(size=(100, 30)) as pilot:
        await each_change_is_fitted(app, pilot, LIMITED[:2])
        await begun(pilot, app, Conditions(standing=True))
        write("mine.toml", LONG.replace("barre-lift", "row").replace("squat", "row"))
        await until_shown(pilot, "its new version cannot be done today (standing).")
        await mine_again(app, pilot)
        await a_workout_that_is_done_again_follows_its_file_and_no_namesake(app, pilot)


async def mine_again(app: GluteusApp, pilot: Pilot[None]) -> None:
    """End the workout, and write its routine as it was."""
    end_workout(app)
    write("mine.toml", LONG)
    app.user.refresh()
    await pilot.pause()


async def a_changed_file_is_fitted_to_the_limits_of_its_workout(
    app: GluteusApp, pilot: Pilot[None], more: str, expected: list[str] | None
) -> None:
    conductor = app.conductor
    assert conductor is not None
    write("mine.toml", LONG + more)
    if expected is None:
        await pilot.pause(0.3)
        assert (conductor.offered, OFFER in text_of(app)) == (None, False)
        return
    await until_shown(pilot, OFFER)
    assert conductor.offered is not None
    assert [each.exercise for each in conductor.offered.blocks[0].sets] == expected


async def a_workout_that_is_done_again_follows_its_file_and_no_namesake(app: GluteusApp, pilot: Pilot[None]) -> None:
    await begun(pilot, app, Conditions(standing=True))
    clock = app.clocks.monotonic
    assert app.conductor is not None and isinstance(clock, FakeClock)
    for _ in range(60):  # long enough for a summary
        clock.advance(1.0)
        app.conductor.poll()
    end_workout(app)
    await pilot.pause()
    await pilot.press("a")
    await until(pilot, lambda: app.conductor is not None and app.conductor.state is SessionState.RUNNING)
    write("other.toml", LONG)
    await pilot.pause(0.3)
    assert OFFER not in text_of(app)
    write("mine.toml", LONGER)
    await until_shown(pilot, OFFER)


async def test_a_look_that_finds_nothing_new_calls_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "LOOK_EVERY_S", 2 * SOON_S)  # nothing waits for the next look
    write("mine.toml", LONG)
    app, looks, called_at = app_of_files(), list[None](), list[int]()
    look, act = ChangedFile.look, running.RunningWorkout.look

    def look_noted(file: ChangedFile) -> None:
        looks.append(None)
        look(file)

    def act_noted(workout: running.RunningWorkout) -> None:
        called_at.append(len(looks))
        act(workout)

    monkeypatch.setattr(ChangedFile, "look", look_noted)
    monkeypatch.setattr(running.RunningWorkout, "look", act_noted)
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, app, Conditions())
        await until(pilot, lambda: len(called_at) > 0)  # as the workout has begun
        await until(pilot, lambda: len(looks) > called_at[-1] + 4)


async def a_read_is_cancelled_before_it_begins() -> None:
    app = app_of_files()
    async with app.run_test() as pilot:
        await begun(pilot, app, Conditions())
        assert app.workout is not None
        app.workout.look()
        assert [worker.group for worker in app.workers] == ["routine"]
        app.workers.cancel_all()


async def test_a_read_that_the_end_of_the_program_cancels_before_it_begins_warns_of_nothing(
    monkeypatch: pytest.MonkeyPatch, recwarn: pytest.WarningsRecorder
) -> None:
    monkeypatch.setattr(ChangedFile, "has_changed", True)
    write("mine.toml", LONG)
    gc.freeze()  # what other tests have left warns of sockets
    await a_read_is_cancelled_before_it_begins()
    gc.collect()
    assert [warning.message for warning in recwarn] == []
