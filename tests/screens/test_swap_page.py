"""The swap page over a workout: it is prepared, reused, and never shows its previous offer."""

from __future__ import annotations

from collections.abc import Sequence
from unittest.mock import patch

import pytest
from textual.color import Color
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widgets import Static

from tests.bundled_catalog import bundled_catalog, bundled_routine
from tests.patience import PATIENCE_S
from tests.screens.stage import end_workout, sizes, text_of, until
from tests.screens.workout_rig import Rig, workout
from tui.screens.ladder.swap import LadderScreen
from tui.terminal.textual_internals.settled_screen import SettledScreen

WIDE = (100, 30)


async def made_ready(rig: Rig) -> LadderScreen:
    """Have the page made ready, as some seconds without a key do, and return it."""
    rig.screen.prepare_swap()
    await rig.app.workers.wait_for_complete()
    page = rig.screen.swapping.page
    assert page is not None
    assert page.is_settled
    return page


async def forget_page(rig: Rig) -> None:
    """Remove the page that was kept, so that the next one is new."""
    page = rig.screen.swapping.page
    assert page is not None
    rig.app.uninstall_screen(page)
    await page.remove()
    rig.screen.swapping.page = None


def note_frames(rig: Rig, shown: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Note the text of the page at each frame from now on that it is shown in."""

    def look() -> None:
        if isinstance(rig.app.screen, LadderScreen):
            shown.append(page_of(rig))

    monkeypatch.setattr(rig.app, "post_display_hook", look)


def page_of(rig: Rig) -> str:
    """Return the text in the box of the page."""
    box = rig.app.screen.query_one("#box").region
    return "\n".join(line[box.x : box.right] for line in text_of(rig.app).split("\n")[box.y : box.bottom])


async def test_it_is_made_ready_ahead_and_anew_only_if_it_would_show_something_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with workout(bundled_routine("bridge-ladder"), WIDE, after_s=21, catalog=bundled_catalog()) as rig:
        with monkeypatch.context() as patched:
            await a_page_made_ready_opens_without_styles_and_layout_and_its_preview_follows(rig, patched)
        await rig.press("escape")
        await it_is_made_ready_anew_only_for_another_choice_or_window_and_after_it_was_open(rig, monkeypatch)


async def a_page_made_ready_opens_without_styles_and_layout_and_its_preview_follows(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = await made_ready_without_styles_of_the_workout(rig)
    calls, shown = list[str](), list[str]()

    def counted(owner: type, name: str) -> None:
        """Note each call of a method before the first frame."""
        method = getattr(owner, name)

        def call(*args: object, **how: object) -> object:
            calls.extend([name] * (not shown))
            return method(*args, **how)

        monkeypatch.setattr(owner, name, call)

    counted(Stylesheet, "apply")
    counted(Screen, "_refresh_layout")
    note_frames(rig, shown, monkeypatch)
    await rig.press("s")
    assert rig.app.screen is page
    assert calls == []
    first, *_, last = shown
    assert "Reverse bridge" in first and "● Two legs" in first and "▌" in first
    assert "Take care" not in first and "as now" not in first
    assert "Take care" in last and "as now" in last
    assert any(char in last for char in "▞▛▗▚") and not any(char in first for char in "▞▛▗▚"), "the figure"


async def made_ready_without_styles_of_the_workout(rig: Rig) -> LadderScreen:
    """Have the page made ready, check that no style of the workout is parsed or applied for it, and return it."""
    calls, update = list[object](), Stylesheet.update

    def update_noted(sheet: Stylesheet, root: DOMNode, animate: bool = False) -> None:
        calls.append(root)
        update(sheet, root, animate)

    assert rig.screen.swapping.page is None
    with patch.object(Stylesheet, "reparse", calls.append), patch.object(Stylesheet, "update", update_noted):
        page = await made_ready(rig)
    assert page.query_one("#box").styles.max_height is not None
    assert {rig.app, rig.screen, rig.app.stylesheet}.isdisjoint(calls)
    return page


async def it_is_made_ready_anew_only_for_another_choice_or_window_and_after_it_was_open(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    await made_ready(rig)
    made, make_ready = list[None](), LadderScreen.make_ready

    async def make_ready_noted(page: LadderScreen) -> None:
        made.append(None)
        await make_ready(page)

    monkeypatch.setattr(LadderScreen, "make_ready", make_ready_noted)
    for keys, times in ((["n"], 0), (["n"], 0), ([">"], 1), (["u", "s", "escape"], 1), (["s", "escape"], 1)):
        made.clear()
        await rig.press(*keys)
        await made_ready(rig)
        await made_ready(rig)
        assert len(made) == times, keys
    made.clear()
    await rig.resize(100, 24)
    await made_ready(rig)
    assert len(made) == 1


@pytest.mark.parametrize("size", sizes(WIDE, (80, 24), (40, 12)), ids=str)
async def test_no_frame_shows_what_was_offered_before(size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    async with workout(bundled_routine("bridge-ladder"), size, after_s=21, catalog=bundled_catalog()) as rig:
        await made_ready(rig)
        await rig.press("s", "down", "down")
        assert "╭─ Reverse bridge ─" in page_of(rig)
        words = str(rig.app.screen.query_one("#words", Static).content).splitlines()
        await rig.press("escape", "s", "G", "up", "up", "up", "enter")  # another exercise: it has a ladder of its own
        shown = list[str]()
        note_frames(rig, shown, monkeypatch)
        await rig.press("s")
        assert shown
        for text in shown:
            assert "╭─ Standing hip thrust ─" in text
            assert "Reverse bridge" not in text
            assert not any(line in text for line in words if line not in shown[-1])
        kept = page_of(rig)
        await rig.press("escape")
        await forget_page(rig)
        await rig.press("s")
        assert page_of(rig) == kept, "the page that was kept shows what a new one shows"


async def test_a_window_and_a_theme_that_have_changed_meanwhile_are_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    async with workout(bundled_routine("bridge-ladder"), WIDE, after_s=21) as rig:
        page = await made_ready(rig)
        await rig.press("s", "escape")
        await rig.resize(40, 12)
        shown = list[str]()
        note_frames(rig, shown, monkeypatch)
        await rig.press("s")
        assert shown and all("● Two legs" in text and "Apply to" not in text for text in shown)
        assert "Take care  Only up to a straight" in rig.text, "the caution is short in place of cut"
        await rig.resize(*WIDE)  # also while it is open
        assert "Apply to" in rig.text and "back arches." in rig.text
        await rig.press("escape")
        rig.app.change("screen.theme", "gluteus-light")
        await rig.pilot.pause()
        await rig.press("s")
        assert page.query_one("#box").styles.background == Color.parse(rig.app.theme_variables["surface"])
        rig.app.action_quit_now()  # it may be open as the program ends
    assert rig.app.crash is None


PARTS = [range(0, 30, 8), pytest.param(range(30), marks=pytest.mark.slow)]
"""How many parts of making the page ready are done when something happens."""


async def made_partly(rig: Rig, monkeypatch: pytest.MonkeyPatch, parts: int) -> None:
    """Have the page made ready up to the pause after so many parts, which lasts."""
    pauses, pause = list[None](), SettledScreen.let_keys_pass

    async def paused(screen: SettledScreen[None]) -> None:
        pauses.append(None)
        monkeypatch.setattr(SettledScreen, "PAUSE_S", 0.0 if len(pauses) <= parts else PATIENCE_S)
        await pause(screen)

    monkeypatch.setattr(SettledScreen, "let_keys_pass", paused)
    monkeypatch.setattr(SettledScreen, "PART_S", 0.0)
    monkeypatch.setattr(SettledScreen, "PAUSE_S", 0.0)
    rig.screen.prepare_swap()
    await until(rig.pilot, lambda: len(pauses) > parts)


@pytest.mark.parametrize("all_parts", PARTS, ids=["few", "all"])
async def test_a_key_and_the_end_between_two_parts_of_making_the_page_ready(
    all_parts: Sequence[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with workout(bundled_routine("bridge-ladder"), WIDE, after_s=1, catalog=bundled_catalog()) as rig:
        for parts in all_parts:
            with monkeypatch.context() as patched:
                await made_partly(rig, patched, parts)
                await a_key_is_answered(rig, patched)
            await rig.press("escape", "u")
            await forget_page(rig)
        await made_partly(rig, monkeypatch, 3)
        page = rig.screen.swapping.page
        assert page is not None
        end_workout(rig.app)
        await until(rig.pilot, lambda: not page.is_running)
        assert not rig.app.is_screen_installed(page)


async def a_key_is_answered(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    total_s = rig.conductor.timeline.total_s
    await rig.press("+", ">")
    assert rig.conductor.timeline.total_s > total_s
    shown = list[str]()
    note_frames(rig, shown, monkeypatch)
    await rig.press("s")
    assert isinstance(rig.app.screen, LadderScreen)
    assert all("● Feet together" in text for text in shown)
    assert "Take care" in shown[-1] and "as now" in shown[-1]


async def test_keys_typed_ahead_of_the_page_all_count_and_it_goes_with_its_workout() -> None:
    async with workout(bundled_routine("bridge-ladder"), (80, 24), after_s=21) as rig:
        ladder = rig.conductor.timeline.sets[1].plan.exercise.progressions
        for progression in ladder[1:3]:  # the page is new, and then kept
            await rig.pilot.press("s", "down", "enter")
            await rig.pilot.pause()
            assert rig.conductor.timeline.sets[1].plan.progression == progression
        page = await made_ready(rig)
        await rig.press("s")
        assert rig.app.screen is page
        end_workout(rig.app)
        await until(rig.pilot, lambda: not page.is_running)
        assert not rig.app.is_screen_installed(page)
