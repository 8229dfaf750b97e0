"""Lines of text in the workout screen: a line that is drawn only if it changes, and the phases that come next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from textual.content import Content
from textual.widgets import Static

from tui.widgets.fitted import Fitted, justified
from tui.widgets.phase_style import PhaseStyle


class OneLine(Static):
    """A line of text; in a style sheet it may have more than one row."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "OneLine { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Empty at first."""
        super().__init__("", id=id, markup=False)
        self._text = Content("")

    def show(self, text: Content | str) -> None:
        """Show `text`, without markup."""
        content = text if isinstance(text, Content) else Content(text)
        if not content.is_same(self._text):
            self._text = content
            self.update(content, layout=self.styles.auto_dimensions)


@dataclass(frozen=True, slots=True)
class Coming:
    """A phase that is still to come, and how long it is."""

    style: PhaseStyle
    words: str
    length: str


class NextLine(OneLine):
    """The next phases in one line, or words in their place."""

    _shown: tuple[Sequence[Coming], str] | None = None

    def show_coming(self, coming: Sequence[Coming], instead: str = "") -> None:
        """Show as many of these as fit whole, and always the first; or the words `instead`, if there are any."""
        if (coming, instead) != self._shown:
            self._shown = coming, instead
            self.update(Content(instead) if instead else Fitted(partial(next_line, coming)), layout=False)


def next_line(coming: Sequence[Coming], width: int) -> Content:
    """Return the coming phases in one line of `width` cells: the first, cut if too long, and those that fit."""
    if not coming:
        return Content.assemble(("next  ", "$muted"), ("the end", "bold"))
    first, *more = [
        Content.assemble(("next  " if i == 0 else "   then  ", "$muted"), _phase(c)) for i, c in enumerate(coming)
    ]
    for phase in more:
        if first.cell_length + phase.cell_length > width:
            break
        first += phase
    return first.truncate(width, ellipsis=True)


def next_list(coming: Sequence[Coming], width: int) -> Content:
    """Return the phases to come, one a line of `width` cells."""
    lines = [justified(_named(phase), Content(phase.length), width) for phase in coming]
    return Content("\n").join(lines or [Content("the end")])


def _phase(coming: Coming) -> Content:
    """Return one phase: its shape, how long it is, its words, which may be cut."""
    hue = f"bold $phase-{coming.style.hue}-ink"
    return Content.assemble((coming.style.shape, hue), f" {coming.length} ", (coming.words, hue))


def _named(coming: Coming) -> Content:
    return Content.styled(f"{coming.style.shape} {coming.words}", f"bold $phase-{coming.style.hue}-ink")
