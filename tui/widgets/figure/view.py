"""The moving figure: draws each frame of a movement once, caches it, and plays the frames."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.routine.movement import Figure, Tempo
from tui.terminal.textual_internals.drawing import redraw, redraw_content
from tui.widgets.figure.canvas import Ink, InkRow
from tui.widgets.figure.motion import movement
from tui.widgets.figure.raster import draw, draw_key_poses, key_poses_height
from tui.widgets.painted import changes, filtered

FRAMES = 8
"""The steps of a lift: more would write more bytes a second and hardly move more cells."""

LOOP_FRAMES = 4
"""The steps of a loop from one pose to the next."""

Inks = dict[Ink, Color]

_Moment = tuple[int, bool, Size]
"""The step of a movement, whether it is mirrored, and the size of the picture."""

_SKIN = {True: ("#e8c4a4", "#c89a76"), False: ("#c58c62", "#a9714a")}
"""The colours of head and arms, in dark and in light themes."""

_FADED = {Ink.FLOOR: 0.24, Ink.SUPPORT: 0.34, Ink.FAR: 0.54}
"""The colours of the things behind, as a share of the way from background to text."""

FRAME_S = 1 / 8
"""The least time between two frames of a figure."""


class FigureView(Widget):
    """Shows a figure and moves it when its screen calls `play`.

    Drawn frames are cached until the figure, the size or a colour changes; each call draws at most one.
    """

    DEFAULT_CSS = """
    FigureView { width: 1fr; height: 1fr; }
    """

    ALLOW_SELECT = False
    virtual_size = Reactive(Size(0, 0), layout=False, repaint=False)
    """It does not scroll, so a new size needs no layout."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._figure: Figure | None = None
        self._tempo: Tempo | None = None
        self._mirrored = False
        self._work_style = ""
        self._at = 0
        self._pictures: dict[_Moment, tuple[InkRow, ...]] = {}
        self._frames: dict[_Moment, tuple[Strip, ...]] = {}
        """The frames in colour."""
        self._rows: dict[InkRow, Strip] = {}
        """The rows of these frames, many of which are shared."""
        self._changes: dict[tuple[_Moment, _Moment], list[Region]] = {}
        """The rows that differ between two frames."""

    def set_figure(
        self, figure: Figure | None, *, mirrored: bool, work_style: str = "work", tempo: Tempo | None = None
    ) -> None:
        """Show `figure` (or nothing) at the end of its lift, its most typical pose.

        Figures are drawn for the right side; `mirrored` shows the left. `work_style` colours the limbs at work: a hue
        of the themes, or a colour. `tempo` None moves it slowly. Another tempo, side or colour of the same figure does
        not restart its movement.
        """
        self._tempo = tempo
        if (figure, mirrored, work_style) == (self._figure, self._mirrored, self._work_style):
            return
        if figure != self._figure:
            self._at = FRAMES if figure and not figure.loop else 0
            self._pictures.clear()
        if figure != self._figure or work_style != self._work_style:
            self._forget_colours()
        self._figure, self._mirrored, self._work_style = figure, mirrored, work_style
        redraw_content(self)

    def play(self, elapsed_s: float) -> None:
        """Show the frame at `elapsed_s` seconds after a rep began; only the rows that differ are redrawn."""
        if self._figure is None:
            return
        at = self._step(self._figure, elapsed_s)
        if at == self._at or not self.region:  # without a size nothing is drawn yet
            self._at = at
            return
        before, self._at = self._moment, at
        step = before, self._moment
        if step not in self._changes:
            self._changes[step] = changes(*(self._frame(self._figure, moment) for moment in step))
        redraw(self, self._changes[step])

    def moves_by(self, elapsed_s: float) -> bool:
        """Check whether a different frame is due `elapsed_s` seconds after a rep began."""
        return self._figure is not None and self._step(self._figure, elapsed_s) != self._at

    def _step(self, figure: Figure, elapsed_s: float) -> int:
        return round(movement(figure, self._tempo, elapsed_s) * _steps(figure))

    def render_lines(self, crop: Region) -> list[Strip]:
        """List rows of the current frame; a view has no border and no padding."""
        if self._figure is None:
            return [Strip.blank(crop.width, self.rich_style)] * crop.height
        rows = self._frame(self._figure, self._moment)[crop.y : crop.bottom]
        return [row.crop(*crop.column_span) for row in rows]

    def notify_style_update(self) -> None:
        """Clear the caches, as another theme has other colours."""
        super().notify_style_update()
        self._forget_colours()

    def on_resize(self) -> None:
        """Clear the cached pictures."""
        self._pictures.clear()
        self._forget_colours()

    def _forget_colours(self) -> None:
        self._frames.clear()
        self._rows.clear()
        self._changes.clear()

    @property
    def _moment(self) -> _Moment:
        """The current frame; a new size is painted before its event arrives."""
        return self._at, self._mirrored, self.region.size

    def _frame(self, figure: Figure, moment: _Moment) -> tuple[Strip, ...]:
        """Return the rows of a frame, drawn if not cached; colouring alone takes little time."""
        if moment not in self._pictures:
            (at, mirrored, size), hatched = moment, self.app.no_color
            self._pictures[moment] = draw(figure, at / _steps(figure), *size, mirrored=mirrored, hatched=hatched)
        if moment not in self._frames:
            picture, inks = self._pictures[moment], inks_of(self, self._work_style)
            new = dict.fromkeys(row for row in picture if row not in self._rows)
            self._rows |= zip(new, filtered(self, [_strip(row, inks) for row in new]), strict=True)
            self._frames[moment] = tuple(self._rows[row] for row in picture)
        return self._frames[moment]


class KeyPosesView(Widget):
    """The key poses of a figure side by side, as still pictures: as many as fit, possibly none."""

    DEFAULT_CSS = """
    KeyPosesView { width: 1fr; height: auto; }
    """

    ALLOW_SELECT = False

    def __init__(self, figure: Figure, *, mirrored: bool) -> None:
        """Show the poses of `figure`, `mirrored` for the left side."""
        super().__init__()
        self._figure, self._mirrored = figure, mirrored
        self._drawn: tuple[Size, list[Strip]] | None = None

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return as many rows as the poses fill at this width."""
        return key_poses_height(self._figure, width)

    def notify_style_update(self) -> None:
        """Clear the caches, as another theme has other colours."""
        super().notify_style_update()
        self._drawn = None

    def render_line(self, y: int) -> Strip:
        """Paint one row of all the poses, which are drawn together on the first call."""
        if self._drawn is None or self._drawn[0] != self.size:
            rows = draw_key_poses(self._figure, *self.size, mirrored=self._mirrored, hatched=self.app.no_color)
            inks = inks_of(self, "work")
            self._drawn = self.size, [_strip(row, inks) for row in rows]
        return self._drawn[1][y]


def inks_of(widget: Widget, work_style: str) -> Inks:
    """Return the colour of each ink on a widget in the current theme; `work_style` as in `set_figure`."""
    theme, values = widget.app.current_theme, widget.app.theme_variables
    fill, ink = (values.get(f"phase-{work_style}{kind}", work_style) for kind in ("", "-ink"))
    work = Color.parse(fill).blend(Color.parse(ink), 0.5)  # distinct from the paper and from the body
    text, paper = Color.parse(values["foreground"]), widget.background_colors[1]
    inks = {Ink.EMPTY: paper, Ink.BODY: text, Ink.WORK: work, Ink.MARK: work}
    if theme.ansi:
        skin, faded = Color.parse("ansi_yellow"), Color.parse("ansi_bright_black")
        inks |= dict.fromkeys((*_FADED, Ink.BAND), faded)
        return {**inks, Ink.FAR_WORK: work, Ink.HEAD: skin, Ink.ARM: skin}
    head, arm = map(Color.parse, _SKIN[theme.dark])
    behind = {ink: paper.blend(text, share) for ink, share in _FADED.items()}
    band = behind[Ink.FLOOR] if theme.dark else text  # dark on the skin, in dark and in light themes
    return {**inks, **behind, Ink.FAR_WORK: paper.blend(work, 0.55), Ink.HEAD: head, Ink.ARM: arm, Ink.BAND: band}


def _steps(figure: Figure) -> int:
    return LOOP_FRAMES * len(figure.poses) if figure.loop else FRAMES


def _strip(row: InkRow, inks: Inks) -> Strip:
    """Draw a row in colour; a run of limbs only is reversed, so that it remains solid without colour."""
    segments = []
    for text, fore, back in row:
        front, behind = inks[fore].rich_color, inks[back].rich_color
        on_limb = back is not Ink.EMPTY
        style = Style(color=behind, bgcolor=front, reverse=True) if on_limb else Style(color=front, bgcolor=behind)
        segments.append(Segment(text, style))
    return Strip(segments, sum(len(run.text) for run in row))
