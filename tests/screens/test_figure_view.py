"""The figure on the screen: drawn once a frame, moved by its screen, in the colours of every theme."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

import pytest
from rich.color import Color as RichColor
from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.color import Color
from textual.filter import NoColor
from textual.geometry import Region
from textual.strip import Strip

from tests.screens.stage import until
from tui.bundled import bundled
from tui.routine.movement import Figure, Tempo
from tui.routine.reader import read_exercise
from tui.themes import HUES, THEMES
from tui.widgets.figure.canvas import Ink
from tui.widgets.figure.raster import draw
from tui.widgets.figure.view import FRAMES, FigureView, KeyPosesView

TEMPO = Tempo(2, 1, 3)


@cache
def figure(name: str = "single-leg", exercise: str = "reverse-bridge") -> Figure:
    path = bundled("routines") / "exercises" / f"{exercise}.toml"
    read, _ = read_exercise(tomllib.loads(path.read_text()), exercise)
    assert read is not None
    return read.figures[name]


class Stage(App[None]):
    """A figure view alone on the screen."""

    CSS = "Screen { background: $background; } FigureView { width: 48; height: 15; }"

    def __init__(self, theme: str = THEMES[0].name) -> None:
        super().__init__()
        for each in THEMES:
            self.register_theme(each)
        self.theme = theme

    def compose(self) -> ComposeResult:
        yield FigureView()


def look(view: FigureView) -> list[Strip]:
    return view.render_lines(view.size.region)


def text(view: FigureView) -> str:
    return "\n".join(strip.text for strip in look(view))


def segments(view: FigureView) -> Iterable[Segment]:
    return (segment for strip in look(view) for segment in strip)


def colours(view: FigureView) -> set[RichColor | None]:
    """Every colour that can be seen."""
    styles = [(segment.text, segment.style) for segment in segments(view) if segment.style]
    return {s.color for t, s in styles if t.strip()} | {s.bgcolor for _, s in styles}


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The position of each frame that is drawn."""
    positions: list[float] = []

    def recording(figure: Figure, position: float, *args: int, mirrored: bool, hatched: bool) -> object:
        positions.append(position)
        return draw(figure, position, *args, mirrored=mirrored, hatched=hatched)

    monkeypatch.setattr("tui.widgets.figure.view.draw", recording)
    return positions


async def test_it_shows_the_end_of_the_lift_until_it_is_played() -> None:
    async with Stage().run_test(size=(60, 20)) as pilot:
        view = pilot.app.query_one(FigureView)
        view.set_figure(figure(), mirrored=False)
        still = text(view)
        view.set_figure(figure(), mirrored=False, tempo=TEMPO)
        view.play(2.5)
        assert text(view) == still
        view.play(0)
        assert text(view) != still


@pytest.mark.usefixtures("painted")
async def test_each_frame_is_drawn_once_and_one_at_a_time(drawn: list[float]) -> None:
    async with Stage().run_test(size=(60, 20)) as pilot:
        view = pilot.app.query_one(FigureView)
        view.set_figure(figure(), mirrored=False, tempo=TEMPO)
        await until(pilot, lambda: drawn == [1])
        for eighth in range(8 * 18):
            before = len(drawn)
            view.play(eighth / 8)
            look(view)
            assert len(drawn) <= before + 1
        assert sorted(drawn) == [frame / FRAMES for frame in range(FRAMES + 1)]
        view.set_figure(figure(), mirrored=True, tempo=TEMPO)
        view.set_figure(figure(), mirrored=False, tempo=None)
        assert len(drawn) == FRAMES + 1


async def test_only_rows_that_differ_are_refreshed(monkeypatch: pytest.MonkeyPatch) -> None:
    async with Stage().run_test(size=(60, 20)) as pilot:
        view = pilot.app.query_one(FigureView)
        view.set_figure(figure(), mirrored=False, tempo=TEMPO)
        view.play(0)
        refreshed: list[Region] = []
        monkeypatch.setattr("tui.widgets.figure.view.redraw", lambda _, regions: refreshed.extend(regions))
        before = look(view)
        view.play(0.001)
        assert refreshed == []
        view.play(1)
        after = look(view)
        rows = {y for region in refreshed for y in region.line_range}
        assert rows == {y for y in range(15) if before[y] != after[y]}
        assert 3 < len(rows) < 15


async def test_another_size_is_drawn_and_another_theme_coloured_again(drawn: list[float]) -> None:
    async with Stage("gluteus-dark").run_test(size=(60, 20)) as pilot:
        view = pilot.app.query_one(FigureView)
        view.set_figure(figure(), mirrored=False)
        await pilot.pause()
        dark = colours(view)
        view.styles.width = 30
        await pilot.pause()
        assert [strip.cell_length for strip in look(view)] == [30] * 15
        assert len(drawn) >= 2
        drawn.clear()
        pilot.app.theme = "gluteus-light"
        await pilot.pause()
        assert not dark & colours(view)
        assert drawn == []


async def test_the_limbs_at_work_take_the_colour_of_the_phase() -> None:
    async with Stage("gluteus-dark").run_test(size=(60, 20)) as pilot:
        view, values = pilot.app.query_one(FigureView), pilot.app.theme_variables
        seen = []
        for hue in ("work", "rest"):
            view.set_figure(figure(), mirrored=False, work_style=hue)
            seen.append(Color.parse(values[f"phase-{hue}"]).rich_color in colours(view))
            assert Color.parse(values["foreground"]).rich_color in colours(view)
        view.set_figure(figure(), mirrored=False, work_style="#123456")
        assert seen == [True, True]
        assert Color.parse("#123456").rich_color in colours(view)


async def test_sides_are_mirror_images() -> None:
    async with Stage().run_test(size=(60, 20)) as pilot:
        view = pilot.app.query_one(FigureView)
        view.set_figure(figure(), mirrored=False)
        right = look(view)[0].text
        view.set_figure(figure(), mirrored=True)
        left = look(view)[0].text
        assert right.strip() and len(right) - len(right.lstrip()) > 24 > len(left.rstrip())


async def test_a_loop_plays_round() -> None:
    routine = tomllib.loads((bundled("routines") / "before-the-gym.toml").read_text())
    hops, _ = read_exercise(routine["exercises"]["four-way-hops"], "four-way-hops")
    assert hops is not None
    async with Stage().run_test(size=(60, 20)) as pilot:
        view = pilot.app.query_one(FigureView)
        view.set_figure(hops.figures["both-feet"], mirrored=False)
        looks = []
        for eighth in range(33):
            view.play(eighth / 8)
            looks.append(text(view))
        assert len(set(looks)) > 8
        view.play(0.7 * 8 * 5 + 0.01)
        assert text(view) == looks[0]


async def test_nothing_to_show_and_no_room_to_show_it() -> None:
    async with Stage().run_test(size=(60, 20)) as pilot:
        view = pilot.app.query_one(FigureView)
        view.play(1)
        assert text(view).strip() == ""
        view.set_figure(figure(), mirrored=False)
        view.styles.height = 0
        await pilot.pause()
        view.play(1)
        view.set_figure(None, mirrored=False)
        view.styles.height = 3
        await pilot.pause()
        assert text(view).strip() == ""


def luminance(colour: RichColor | None) -> float:
    """Return the luminance of a colour, from 0 to 1 (WCAG)."""
    assert colour is not None and colour.triplet is not None
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.triplet.normalized)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


async def test_every_theme_keeps_the_parts_apart_even_in_grey() -> None:
    async with Stage().run_test(size=(60, 20)) as pilot:
        view = pilot.app.query_one(FigureView)
        for theme in (theme.name for theme in THEMES if not theme.ansi):
            pilot.app.theme = theme
            await pilot.pause()
            values = pilot.app.theme_variables
            paper, body = (luminance(Color.parse(values[name]).rich_color) for name in ("background", "foreground"))
            for hue in HUES[:4]:
                view.set_figure(figure("staggered", "sofa-bridge"), mirrored=False, work_style=hue)
                levels = sorted(luminance(colour) for colour in colours(view))
                assert {paper, body} <= set(levels), theme
                assert len(levels) == 8, theme
                others = [level for level in levels if level != paper]
                assert all((max(level, paper) + 0.05) / (min(level, paper) + 0.05) > 1.6 for level in others), theme


@pytest.mark.parametrize("shown_as", [FigureView, KeyPosesView])
async def test_it_is_readable_in_greys_without_colour(
    shown_as: type[FigureView | KeyPosesView], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    stage = Stage() if shown_as is FigureView else Poses()
    async with stage.run_test(size=(48, 15)) as pilot:
        for view in pilot.app.query(FigureView):
            view.set_figure(figure(), mirrored=False)
        await pilot.pause()
        lines = pilot.app.screen._compositor.render_strips()
        shown = {s.style.color for line in lines for s in line if s.style and s.style.color and s.text.strip()}
        shades = [colour.triplet for colour in shown if colour.triplet]
        assert len(shades) >= 5
        assert all(red == green == blue for red, green, blue in shades)


@pytest.mark.parametrize("theme", [THEMES[0].name, THEMES[-1].name])
async def test_working_limbs_are_striped_without_colour(theme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    for no_color in (False, True):
        monkeypatch.setenv("NO_COLOR", "1") if no_color else monkeypatch.delenv("NO_COLOR", raising=False)
        async with Stage(theme).run_test(size=(48, 15)) as pilot:
            view = pilot.app.query_one(FigureView)
            view.set_figure(figure(), mirrored=False)
            seen.append(text(view))
    assert sum(a != b for a, b in zip(*seen, strict=True)) > 20


class Poses(Stage):
    """A figure's key poses alone on the screen."""

    CSS = "KeyPosesView { width: 100%; height: 12; }"

    def __init__(self, name: str = "single-leg", *, mirrored: bool = False) -> None:
        super().__init__()
        self.view = KeyPosesView(figure(name), mirrored=mirrored)

    def compose(self) -> ComposeResult:
        yield self.view

    def shown(self) -> list[str]:
        return [strip.text for strip in self.view.render_lines(Region(0, 0, *self.view.size))]


async def test_key_poses_are_shown_side_by_side_or_not_at_all() -> None:
    app, mirrored = Poses(), Poses("two-legs", mirrored=True)
    async with app.run_test(size=(80, 12)) as pilot:
        start, end = ("\n".join(row[part] for row in app.shown()) for part in (slice(0, 39), slice(41, 80)))
        assert start.strip() and end.strip() and start != end
        part = app.view.render_lines(Region(5, 2, 20, 3))
        assert [strip.text for strip in part] == [row[5:25] for row in app.shown()[2:5]]
        await pilot.resize_terminal(8, 12)
        await pilot.pause()
        assert not "".join(app.shown()).strip()
    async with mirrored.run_test(size=(80, 12)):
        assert mirrored.shown()[5][:39] != start.split("\n")[5]


async def test_key_poses_take_no_more_rows_than_they_fill() -> None:
    app = Poses("two-legs")
    async with app.run_test(size=(80, 40)) as pilot:
        app.view.styles.height = "auto"
        await pilot.pause()
        rows = [row.strip() for row in app.shown()]
        assert 4 < len(rows) < 20 and sum(not row for row in rows) <= 1


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES if theme.ansi])
async def test_limbs_stay_solid_if_all_colour_is_removed(theme: str) -> None:
    async with Stage(theme).run_test(size=(60, 20)) as pilot:
        view = pilot.app.query_one(FigureView)
        view.set_figure(figure(), mirrored=False)
        plain = [segment for strip in look(view) for segment in NoColor().apply(list(strip), Color(0, 0, 0))]
        inked = sum(len(s.text) - s.text.count("█" if s.style and s.style.reverse else " ") for s in plain)
        runs = [run for row in draw(figure(), 1, 48, 15) for run in row]
        assert any(run.back is not Ink.EMPTY for run in runs)
        assert inked == sum(len(run.text) - (run.text.count(" ") if run.back is Ink.EMPTY else 0) for run in runs)


def test_neighbouring_frames_differ_little() -> None:
    drawn = [draw(figure(), frame / FRAMES, 48, 15) for frame in range(FRAMES + 1)]
    changes = [sum(old != new for old, new in zip(a, b, strict=True)) for a, b in pairwise(drawn)]
    assert all(0 < rows < 15 for rows in changes)
