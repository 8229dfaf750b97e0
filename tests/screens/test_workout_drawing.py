"""The workout screen draws only changes: digits, the block of the last seconds, the flash."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

import pytest
from textual._compositor import Compositor, ReflowResult
from textual.app import App
from textual.dom import DOMNode
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from tests.patience import PATIENCE_S
from tests.screens.stage import until
from tests.screens.workout_rig import Rig, settings, workout
from tui.coach.coach import CoachedEvent, CoachedEvents
from tui.coach.cue import CueFired, Sound
from tui.engine.position import Position
from tui.engine.position import SessionState as SessionState
from tui.engine.timeline import Timeline
from tui.screens.workout import presenter
from tui.screens.workout.big_clock import BigClock
from tui.screens.workout.flash import ON_S, PERIOD_S, Flash
from tui.screens.workout.phase_band import PhaseBand
from tui.screens.workout.presenter import LEAD_S
from tui.screens.workout.screen import WorkoutScreen
from tui.screens.workout.stage import Layout
from tui.screens.workout.view import WorkoutView, still_view
from tui.terminal.textual_internals import drawing
from tui.terminal.textual_internals.after_frame import AfterFrame
from tui.terminal.textual_internals.drawing import redraw
from tui.widgets import key_bar, painted
from tui.widgets.painted import Painted
from tui.widgets.session_strip import SessionStrip


@pytest.mark.usefixtures("painted")
async def test_only_what_has_changed_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    async with workout(size=(120, 44), after_s=12) as rig:
        await a_second_draws_the_digit_that_changes_and_little_else(rig)
        await a_pause_draws_the_digits_but_not_the_paper_behind_them(rig)
        await a_pause_is_drawn_once_and_then_nothing_is(rig, monkeypatch)
        await a_digit_that_was_shown_before_is_not_painted_again(rig)
        await rig.go(15)
        await the_block_of_the_last_seconds_leaves_a_row_free_if_there_is_space(rig)
        await another_number_of_digits_needs_no_layout(rig)


@contextmanager
def drawn() -> Iterator[list[tuple[Widget, set[Region]]]]:
    """List the widgets that are drawn meanwhile, with their regions; an empty set is all of it."""
    found = list[tuple[Widget, set[Region]]]()

    def note(widget: Widget, regions: Iterable[Region]) -> None:
        found.append((widget, {*regions}))
        redraw(widget, regions)

    with pytest.MonkeyPatch.context() as patch:
        for place in (drawing, painted):
            patch.setattr(place, "redraw", note)
        patch.setattr(Widget, "refresh", lambda widget, *_, **__: found.append((widget, set())))
        yield found


async def a_second_draws_the_digit_that_changes_and_little_else(rig: Rig) -> None:
    for _ in range(6):  # nothing of the beginning is left to draw
        await rig.pilot.pause()
    with drawn() as found:
        await rig.go(1)
    clock = rig.screen.query_one(BigClock)
    (place, regions), *others = found
    assert (place, regions) == (clock, {clock.digits[1].region})
    assert [widget for widget, _ in others] == [rig.screen.query_one("#left")]


async def a_pause_draws_the_digits_but_not_the_paper_behind_them(rig: Rig) -> None:
    with drawn() as found:
        await rig.press("space")
    clock = rig.screen.query_one(BigClock)
    assert [regions for widget, regions in found if widget is clock] == [{digit.region for digit in clock.digits}]
    await rig.press("space")


async def a_pause_is_drawn_once_and_then_nothing_is(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    await rig.press("space", "space")
    keys_drawn = key_bar._key.cache_info().misses
    await rig.press("space")
    assert key_bar._key.cache_info().misses == keys_drawn, "the keys of a pause are kept"
    drawn: list[int] = []  # grows with each time that something is written to the terminal
    monkeypatch.setattr(App, "post_display_hook", lambda self: drawn.append(1))
    await rig.go(20)
    assert drawn == []
    assert {*rig.screen.wakes.due} <= {rig.screen.prepare_swap}  # once, some seconds after another page was closed
    await rig.press("space")
    assert drawn != []
    assert rig.digits == "37"


async def a_digit_that_was_shown_before_is_not_painted_again(rig: Rig) -> None:
    for _ in range(10):
        await rig.go(1)
    clock, painted = rig.screen.query_one(BigClock), list[str]()

    def strips(*_: object) -> list[Strip]:
        painted.append(rig.digits)
        return []

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "strips", strips)
        for _ in range(10):
            await rig.go(1)
    assert rig.digits == "17"
    assert painted == []
    lines = [line for drawn in clock._drawn.values() for line in drawn]
    assert len({*map(id, lines)}) == len({tuple(line) for line in lines}), "rows that are alike are held once"


async def the_block_of_the_last_seconds_leaves_a_row_free_if_there_is_space(rig: Rig) -> None:
    assert rig.digits == "2"
    clock = rig.screen.query_one(BigClock)
    rows = clock.render_lines(Region(0, 0, clock.size.width, 2))
    edge, block = ({segment.style and segment.style.bgcolor for segment in row} for row in rows)
    assert edge != block
    assert "".join(segment.text for segment in rows[0]).strip() == ""


async def another_number_of_digits_needs_no_layout(rig: Rig) -> None:
    laid_out, reflow = list[str](), Compositor.reflow

    def noted(compositor: Compositor, parent: Widget, size: Size) -> ReflowResult:
        laid_out.append(rig.digits)
        return reflow(compositor, parent, size)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Compositor, "reflow", noted)
        await rig.press("plus")
        await rig.pilot.pause()
    assert rig.digits == "12"
    assert laid_out == []


def cells(lines: Iterable[Strip], at: Region) -> dict[tuple[int, int], object]:
    """Return the character and the style of each cell of a region, by its place."""
    rows = ([(char, style) for text, style, _ in line for char in text] for line in lines)
    return {(x, y): cell for y, row in enumerate(rows, at.y) for x, cell in enumerate(row, at.x)}


@pytest.mark.usefixtures("painted")
async def test_the_clock_drawn_in_parts_looks_like_the_whole_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    async with workout(size=(60, 20), after_s=12) as rig:
        clock, parts = rig.screen.query_one(BigClock), list[Region]()
        whole = clock.outer_size.region
        shown = cells(clock.render_lines(whole), whole)

        def note(widget: Widget, regions: Iterable[Region]) -> None:
            regions = [*regions]
            parts.extend(regions if widget is clock else ())
            redraw(widget, regions)

        monkeypatch.setattr(painted, "redraw", note)

        def looks_whole() -> bool:
            for part in parts:
                shown.update(cells(clock.render_lines(part), part))
            parts.clear()
            return shown == cells(clock.render_lines(whole), whole)

        for key in ("space", "space", "plus", "minus", "space", "space"):
            await rig.press(key)
            assert looks_whole(), key
        for theme in ("gluteus-light", "gluteus-terminal-dark"):
            for _ in range(11):  # each digit returns
                await rig.go(1)
                assert looks_whole(), rig.digits
            rig.app.change("screen.theme", theme)
            await rig.pilot.pause()
            shown = cells(clock.render_lines(whole), whole)
        while rig.digits != "2":  # the last seconds are a block with the digits cut out
            await rig.go(1)
            assert looks_whole(), rig.digits


async def test_what_a_phase_shows_all_the_time_is_computed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    computed = list[int]()

    def noted(timeline: Timeline, position: Position, *given: Any) -> WorkoutView:
        computed.append(position.phase.index)
        return still_view(timeline, position, *given)

    monkeypatch.setattr(presenter, "still_view", noted)
    async with workout() as rig:
        await rig.go(15)
        first = rig.conductor.session.phase.index
        for _ in range(3):
            await rig.go(1)
        assert computed.count(first) == 1
        await rig.press("n")
        assert computed.count(rig.conductor.session.phase.index) == 1


async def test_a_swap_in_a_rest_shows_the_coming_set() -> None:
    async with workout(after_s=55) as rig:
        phase, shown = rig.conductor.session.phase, rig.screen._view()[0]
        await rig.press("greater_than_sign")
        assert rig.conductor.session.phase == phase
        assert [view.heading.progression for view in (shown, rig.screen._view()[0])] == ["Two legs", "Staggered"]


async def test_a_second_that_comes_due_before_the_response_to_a_key_is_written_is_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with workout(after_s=12.5) as rig:
        waiting, due = list[Callable[[], object]](), rig.screen.wakes.due
        monkeypatch.setattr(rig.screen, "when_shown", waiting.append)
        monkeypatch.setattr(rig.conductor, "later", waiting.append)
        rig.screen.action_longer()
        assert {rig.screen.show_coming, rig.screen.tick}.isdisjoint(due), "a prepared second would hold it back"
        rig.clock.advance(0.6)
        for act in waiting:
            act()
        assert due[rig.screen.show_coming] <= rig.clock()
        rig.screen.show_coming()
        assert rig.digits == "47"
        assert due[rig.screen.show_coming] - rig.clock() == pytest.approx(0.9 - LEAD_S, abs=0.01)


async def test_nothing_is_looked_at_again_for_a_sound_but_for_a_phrase_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    async with workout() as rig:
        await rig.go(29.5)
        taken, heard, due, take = list[None](), list[CoachedEvent](), rig.screen.wakes.due, WorkoutScreen.take

        def take_noted(screen: WorkoutScreen, happened: CoachedEvents) -> None:
            taken.append(None)
            take(screen, happened)

        monkeypatch.setattr(WorkoutScreen, "take", take_noted)
        rig.conductor.follow(heard.extend)
        for times in (0, 1):
            rig.clock.advance(due[rig.screen.show_coming] - rig.clock())
            rig.screen.show_coming()
            taken.clear()
            await rig.go(LEAD_S)
            assert len(taken) == times
        halfway, phrase = heard
        assert isinstance(halfway, CueFired) and halfway.cue.sound is Sound.HALFWAY
        assert isinstance(phrase, CueFired) and phrase.cue.say == "Halfway."


async def test_classes_change_the_styles_of_the_widgets_that_they_concern_and_of_no_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    random = Random(3)
    classes = [*Layout, "-upright", "-tight", "-figure", "-drawn", "-counted", "-open", "-between", "-plain", "-zoom"]
    async with workout() as rig:
        screen, stylesheet = rig.screen, rig.app.stylesheet
        nodes = [*screen.walk_children(with_self=True)]
        for _ in range(20):
            screen.take_classes({name: random.random() < 0.5 for name in random.sample(classes, 3)})
            taken = [dict(node.styles.base.get_rules()) for node in nodes]
            stylesheet.update_nodes(nodes)
            assert [dict(node.styles.base.get_rules()) for node in nodes] == taken
        passed: list[DOMNode] = []
        monkeypatch.setattr(stylesheet, "update_nodes", lambda nodes, animate=False: passed.extend(nodes))
        screen.take_classes({"-between": not screen.has_class("-between")})
        assert passed == [screen.query_one("#cue")]


async def test_a_change_of_phase_is_laid_out_once_for_its_words_and_not_for_its_flash(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with workout(settings=settings(flash="once"), after_s=12) as rig:
        happened, turn, reflow = list[str](), Flash._turn, Compositor.reflow

        def turn_noted(light: Flash, on: bool) -> None:
            happened.append("lit" if on else "dark")
            turn(light, on)

        def reflow_noted(compositor: Compositor, parent: Widget, size: Size) -> ReflowResult:
            happened.append("laid out")
            return reflow(compositor, parent, size)

        monkeypatch.setattr(Flash, "_turn", turn_noted)
        monkeypatch.setattr(Compositor, "reflow", reflow_noted)
        await rig.press("n")
        await until(rig.pilot, lambda: "dark" in happened)
        await rig.pilot.pause()
        assert rig.screen.has_class("-between"), "the cue has more rows"
        assert happened == ["lit", "laid out", "dark"]


async def test_beneath_a_dialog_what_changes_is_drawn_and_beneath_a_page_nothing() -> None:
    async with workout(after_s=12) as rig:
        beneath = rig.screen
        for key, is_seen in (("escape", True), ("question_mark", False)):
            await rig.press(key)
            regions = list[Region]()
            with pytest.MonkeyPatch.context() as patched:
                patched.setattr(rig.app.screen, "refresh", lambda *changed, into=regions, **_: into.extend(changed))
                for _ in range(3):
                    rig.clock.advance(1)
                    beneath.tick()
                    await rig.pilot.pause()
            assert bool(regions) is is_seen, key
            assert beneath.region not in regions, key
            await rig.press("escape")


@pytest.mark.parametrize(
    ("flash", "times"),
    [
        ("three-times", 3),
        pytest.param("once", 1, marks=pytest.mark.slow),
        pytest.param("off", 0, marks=pytest.mark.slow),
    ],
)
async def test_every_phase_but_the_first_begins_with_a_flash(
    flash: str, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, light_up = list[str](), Flash.light

    def lit_up(light: Flash, hue: str, times: int, beneath: Callable[[], object]) -> None:
        begun.append(hue)
        light_up(light, hue, times, beneath)

    monkeypatch.setattr(Flash, "light", lit_up)
    async with workout(settings=settings(flash=flash)) as rig:
        await rig.go(5)
        assert begun == []
        waiting, set_timer = list[tuple[float, Callable[[], None]]](), rig.screen.set_timer

        def wait(delay_s: float, then: Callable[[], None]) -> object:
            if not then.__qualname__.startswith(Flash.__name__):
                return set_timer(delay_s, then)
            waiting.append((delay_s, then))
            return None

        monkeypatch.setattr(rig.screen, "set_timer", wait)
        await rig.press("n")
        lit: list[tuple[bool, float]] = []
        while waiting:
            delay_s, then = waiting.pop()
            lit.append((rig.is_flashing, delay_s))
            then()
            await rig.pilot.pause()
        assert [on for on, _ in lit] == [True, False, True, False, True][: max(2 * times - 1, 0)]
        assert all(delay_s == pytest.approx(ON_S if on else PERIOD_S - ON_S) for on, delay_s in lit)
        assert rig.text.strip()
    assert PERIOD_S > 1 / 3


@pytest.mark.usefixtures("painted")
async def test_the_response_to_a_key_ends_a_flash_during_which_the_words_are_painted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tui.screens.workout.flash.ON_S", PATIENCE_S)
    async with workout(settings=settings(flash="three-times"), after_s=5) as rig:
        await rig.press("n")
        await until(rig.pilot, lambda: rig.screen.holds_frames and bool(rig.text.strip()))
        rig.clock.advance(1)
        rig.screen.tick()
        await rig.pilot.pause()
        assert rig.is_flashing, "a second does not end it"
        total_s, painted_again = rig.conductor.timeline.total_s, list[object]()
        strips = Painted.strips

        def strips_noted(widget: Painted, *arguments: Any) -> list[Strip]:
            painted_again.append(widget)
            return strips(widget, *arguments)

        monkeypatch.setattr(Painted, "strips", strips_noted)
        await rig.press("+")
        assert not rig.is_flashing
        assert rig.conductor.timeline.total_s > total_s
        await until(rig.pilot, lambda: rig.screen.query_one(SessionStrip) in painted_again)
        assert rig.screen.query_one(PhaseBand) not in painted_again


async def test_a_dialog_does_not_end_a_flash_beneath_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.screens.workout.flash.ON_S", PATIENCE_S)
    async with workout(settings=settings(flash="once"), after_s=5) as rig:
        beneath = rig.screen
        await rig.press("escape")
        beneath.action_next()
        await until(rig.pilot, lambda: beneath.is_painted_over)
        await asyncio.sleep(AfterFrame.SOON_S * 2)
        await rig.pilot.pause()
        assert beneath.is_painted_over
        assert not beneath.holds_frames


async def test_a_resize_shows_the_words_painted_during_a_flash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.screens.workout.flash.ON_S", PATIENCE_S)
    async with workout(settings=settings(flash="once"), after_s=5) as rig:
        await rig.press("n")
        await until(rig.pilot, lambda: rig.screen.holds_frames)
        await rig.resize(100, 40)
        assert not rig.is_flashing


async def test_a_flash_that_is_painted_late_is_not_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.screens.workout.flash.ON_S", PATIENCE_S)
    async with workout(settings=settings(flash="once"), after_s=5) as rig:
        with monkeypatch.context() as busy:
            busy.setattr(rig.screen, "_compositor_refresh", lambda: None)
            rig.screen.action_next()
            await asyncio.sleep(AfterFrame.SOON_S * 2)
            await rig.pilot.pause()
            assert not rig.screen.holds_frames
        rig.screen.check_idle()
        await until(rig.pilot, lambda: rig.is_flashing)


async def test_the_words_after_a_second_flash_wait_for_its_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.screens.workout.flash.ON_S", PATIENCE_S)
    async with workout(settings=settings(flash="once"), after_s=5) as rig:
        with monkeypatch.context() as busy:
            busy.setattr(rig.screen._after_frame, "act", lambda: None)
            rig.screen.action_next()
            await until(rig.pilot, lambda: rig.screen.is_painted_over)
            busy.setattr(rig.screen, "_compositor_refresh", lambda: None)
            rig.screen.action_next()
        rig.screen._after_frame.act()
        assert not rig.screen.holds_frames
