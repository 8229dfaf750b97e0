"""The only module that uses private names of Textual.

They may change in any release without notice. A test uses each through Textual itself, so that a release that changes
one fails in the tests and not on a user's terminal.
"""

from __future__ import annotations

import re
import time
from asyncio import TimerHandle, get_running_loop
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, TextIO

from rich.console import Console
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import events
from textual._ansi_sequences import SYNC_START
from textual._compositor import ChopsUpdate, Compositor, CompositorUpdate, LayoutUpdate
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.color import Color
from textual.css.styles import RulesMap
from textual.dom import DOMNode
from textual.driver import Driver
from textual.geometry import Region, Size
from textual.keys import Keys, _character_to_key
from textual.message import Message
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import Screen, ScreenResultType
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widget import Widget

from tui.terminal.changed_cells import ChangedCells
from tui.terminal.input_thread import WakingEvent, read_input
from tui.terminal.pastes import Pasted, PasteReader, Typed

REPORT_ALTERNATES = "\x1b[=4;2u"
"""Asks a terminal that speaks the kitty keyboard protocol to report the US key of each key as well."""

REPORTED = re.compile(
    r"\x1b\[(?P<code>\d+)(?::\d*)?(?::(?P<us_code>\d+))?(?:;(?P<modifiers>[\d:]*))?(?:;(?P<text>[\d:]*))?u"
)
"""A reported key: its code, the same with shift, the code on a US keyboard; its modifiers; the text it types."""

LAST_ASCII = 0x7F

US_SHIFTED = dict(zip("`1234567890-=[]\\;',./", '~!@#$%^&*()_+{}|:"<>?', strict=True))
"""The characters that keys of a US keyboard without a letter type with shift."""


class CrashCatcher:
    """Stores the first unhandled exception, and ends the app without a traceback on the terminal.

    Textual prints its traceback while the screen is still being taken down. The person gets one line instead, when the
    terminal is whole again (see `crash_report`), and the traceback goes into a file.
    """

    def __init__(self, app: App[Any], is_harmless: Callable[[Exception], bool] = lambda _: False) -> None:
        """Catch what `app` would print; errors that are `is_harmless` are ignored, and the app continues."""
        self.error: Exception | None = None
        self._is_harmless = is_harmless
        self._handle = app._handle_exception
        self._close = app._close_messages_no_wait
        vars(app).update(_handle_exception=self._catch, _fatal_error=self._close)

    def _catch(self, error: Exception) -> None:
        """Store `error`; Textual then ends the app and sets its return code."""
        if self._is_harmless(error):
            return
        self.error = self.error or error
        self._handle(error)


class LayoutParser(XTermParser):
    """Reads keys of a terminal that reports which key of a US keyboard each of them is.

    A character outside ASCII then has the name of that key, so that the commands' letters work on a Cyrillic or Greek
    layout; a text field still gets the character that was typed. What no key or mouse can report is ignored: an error
    would end the thread that reads the terminal. Pastes are read by a PasteReader.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` returns monotonic seconds."""
        super().__init__()
        self._pastes = PasteReader(clock)

    @property
    def waits(self) -> bool:
        """Whether `tick` is to be called soon, as the rest of a sequence or of a paste may never come."""
        return self._timeout_time is not None or self._pastes.waits

    def feed(self, data: str) -> Iterable[Message]:
        """Yield the messages of some input."""
        for part in self._pastes.read(data):
            yield from self._messages(part)

    def tick(self) -> Iterable[Message]:
        """Yield the messages that had to wait: an escape that no sequence has followed, a paste without its end."""
        for part in self._pastes.tick():
            yield from self._messages(part)
        yield from super().tick()

    def _messages(self, part: Typed | Pasted) -> Iterator[Message]:
        if isinstance(part, Pasted):
            yield events.Paste(part.text)
        else:
            found = super().feed(part.text)
            yield from (message for message in found if not isinstance(message, events.Paste))

    def parse_mouse_code(self, code: str) -> Message | None:
        """Read the sequence of a mouse, which may be counted in pixels of a window without a size."""
        try:
            return super().parse_mouse_code(code)
        except ZeroDivisionError:
            return None

    def _parse_extended_key(self, sequence: str) -> list[events.Key] | None:  # type: ignore[override]
        """List the keys of a sequence of the kitty protocol, whose codes may have alternates: `1089::99`."""
        try:
            return self._keys_of(sequence)
        except (ValueError, OverflowError):
            return [events.Key(Keys.Ignore, sequence)]

    def _keys_of(self, sequence: str) -> list[events.Key] | None:
        """List the keys of a sequence. Raises ValueError and OverflowError."""
        if (match := REPORTED.fullmatch(sequence)) is None:
            return super()._parse_extended_key(sequence)
        code, us_code, modifiers, text = match.group("code", "us_code", "modifiers", "text")
        is_foreign = us_code is not None and int(code) > LAST_ASCII
        if is_foreign and text and text.isdecimal():
            is_shifted = int((modifiers or "1").partition(":")[0] or "1") - 1 & 1
            return [events.Key(_us_name(chr(int(us_code)), chr(int(text)), bool(is_shifted)), chr(int(text)))]
        parts = (us_code if is_foreign else code, modifiers, text)
        return super()._parse_extended_key(f"\x1b[{';'.join(part for part in parts if part is not None)}u")


def _us_name(us_key: str, typed: str, is_shifted: bool) -> str:
    """Return Textual's name of a key of a US keyboard, which types `typed` on the layout in use."""
    if us_key.isalpha():
        return us_key.upper() if typed.isupper() else us_key
    return _character_to_key(US_SHIFTED.get(us_key, us_key) if is_shifted else us_key)


def read_keys(driver: Driver) -> None:
    """Have a driver that reads a terminal in a thread of its own read it with a LayoutParser, asleep between keys.

    An error there ends the app as any other error does: Textual would print its traceback and end with the exit code 0.
    """
    if not hasattr(driver, "run_input_thread"):
        return
    ending = WakingEvent()

    def read() -> None:
        app = driver._app
        try:
            read_input(driver.fileno, LayoutParser(), driver.process_message, ending)  # type: ignore[attr-defined]
        except Exception as error:
            app.call_later(app._handle_exception, error)

    vars(driver).update(exit_event=ending, _run_input_thread=read)


def output_of(driver: Driver) -> TextIO | None:
    """Find the file that a driver writes to, or None."""
    file: TextIO | None = getattr(driver, "_file", None)
    return file


def set_output(driver: Driver, file: Any) -> None:
    """Have a driver write to `file`, which does what a text file does."""
    vars(driver)["_file"] = file


def redraw(widget: Widget, regions: Iterable[Region]) -> None:
    """Have these regions of a widget that is laid out drawn with the next frame.

    `Widget.refresh` takes three messages for it: one of the widget to itself, one to the screen, one of the screen.
    """
    widget._set_dirty(*regions)
    screen = widget.screen
    if widget in screen._compositor.visible_widgets:  # a hidden one would have the whole screen arranged anew
        screen._dirty_widgets.add(widget)
        screen.check_idle()


def redraw_content(widget: Widget) -> None:
    """Have a widget whose content has changed, but not its size, drawn with the next frame, without those messages."""
    if widget.is_mounted:
        widget._layout_cache.clear()
        redraw(widget, ())
    else:
        widget.refresh()


class NarrowCompositor(Compositor):
    """A compositor that renders, of what has changed, only the widgets that are seen there, and only their rows.

    Textual renders every widget in the rectangle around all changes.
    """

    _changed: Sequence[Region] = ()
    """The regions that are being rendered; everything if there are none."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """Render the regions that have changed; None if there are none."""
        self._changed = [region.intersection(self.size.region) for region in self._dirty_regions]
        try:
            return super().render_partial_update()
        finally:
            self._changed = ()

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        """Yield the widgets that are seen in what has changed: their regions, what is seen of them, and its rows.

        The first widget is in front of the others: what it covers is not rendered behind it.
        """
        if crop is None or not self._changed:
            yield from super()._get_renders(crop)
            return
        rows, changed = Region(0, crop.y, self.size.width, crop.height), self._changed
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip).intersection(rows)
            if seen and any(map(seen.overlaps, changed)):
                yield region, seen, widget.render_lines(seen - region.offset)
                changed = [each for each in changed if not seen.contains_region(each)]


class Tinted(Visual):
    """A screen in the tint of a translucent one above it. Textual mixes the colours anew for every run of cells."""

    def __init__(self, screen: Screen[Any], tint: Color) -> None:
        """Show `screen` beneath a layer of `tint`, which has an alpha."""
        self._screen, self._tint = screen, tint

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Return the rows of the screen, tinted."""
        base, tint = style.rich_style, self._tint

        def shown(strip: Strip) -> Strip:
            runs = (Segment(text, tinted(base, own or RichStyle.null(), tint)) for text, own, _ in strip)
            return Strip(runs, strip.cell_length)

        return [*map(shown, self._screen._compositor.render_strips())]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Return all the width there is."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Return the height of the screen."""
        return self._screen.size.height


@lru_cache(maxsize=1024)
def tinted(base: RichStyle, style: RichStyle, tint: Color) -> RichStyle:
    """Return a style, on top of that of the widget, beneath a layer of `tint`."""
    (segment,) = BackgroundScreen.process_segments((Segment("", style),), tint)
    return base + segment.style if segment.style else base


class SettledScreen(Screen[ScreenResultType]):
    """A screen that is laid out first and shown then.

    Textual shows each step of a change: the cursor of a list, then the text beside it, then that text in a place that
    fits it. Here a frame waits until no widget has a message left and nothing asks for a layout. When the screen opens,
    it also waits for what is to be done after the first layout.
    """

    MOST_TURNS = 80
    """The turns after which a screen is shown even if it has not come to rest."""

    QUICK_TURNS = 20
    """The first turns follow one another at once: most screens come to rest within a few."""

    TURN_S = 0.001
    """How long the widgets have from then on to take their messages before the next look at them."""

    SOON_S = 0.05
    """Seconds to wait for a frame that may not come."""

    WRITTEN_S = 0.001
    """Seconds between two looks at whether a frame has been written; meanwhile its thread has the processor."""

    NAPS, NAP_S = 5, 0.0001
    """How often that thread gets the processor as soon as an answer is painted, and for how many seconds each time."""

    def __init__(self) -> None:
        """Nothing is shown at first."""
        super().__init__()
        self._compositor = NarrowCompositor()
        self._opens, self._comes, self._turn = True, True, 0
        self._styled_for: int | None = None
        """The number of the theme for which all styles were applied last, as Textual counts them."""
        self._next_turn: TimerHandle | None = None
        self._waiting: list[Callable[[], object]] = []

    def classes_for(self, size: Size) -> Mapping[str, bool]:
        """Decide on the classes of a size of the window, beside Textual's breakpoints."""
        return {}

    async def _compose(self) -> None:
        """Take the classes of the window's size before a style is applied: a later change is another pass."""
        self._take_window(self.app.size)
        await super()._compose()

    def _take_window(self, size: Size) -> None:
        """Take all classes of a size, those of Textual's breakpoints as well."""
        across = self.app.HORIZONTAL_BREAKPOINTS if self.HORIZONTAL_BREAKPOINTS is None else self.HORIZONTAL_BREAKPOINTS
        down = self.app.VERTICAL_BREAKPOINTS if self.VERTICAL_BREAKPOINTS is None else self.VERTICAL_BREAKPOINTS
        names = (
            self._get_breakpoint_classes(size.width, across or []),
            self._get_breakpoint_classes(size.height, down or []),
        )
        others = dict.fromkeys((name for _, name in (*(across or []), *(down or []))), False)
        self.take_classes({**others, **dict.fromkeys(set[str]().union(*names), True), **self.classes_for(size)})

    def _extend_compose(self, widgets: list[Widget]) -> None:
        """Add none of Textual's own widgets: nothing has a tooltip, and notices have a line of their own."""

    def make_ready(self) -> None:
        """Mount, lay out and render this screen, which is installed and not shown, so that it opens at once."""
        if not self.is_running:
            self.app._load_screen_css(self)
            self.app._register(self.app, self)
            self._styled_for = self.app._css_update_count
        self._layout_required = True
        self.call_later(self._lay_out_unseen)

    def _lay_out_unseen(self) -> None:
        """Lay out until no widget asks for more, and then render; the widgets keep what they have rendered."""
        if self.is_current:
            return
        if self._layout_required:
            self._layout_required = False
            self._refresh_layout(self.app.size)
            self.set_timer(self.SOON_S, self._lay_out_unseen)
        else:
            for widget, (region, _) in self._compositor.visible_widgets.items():
                if widget is not self:
                    widget.render_lines(region.reset_offset)

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        """Ask Textual, whose method is called next, for no pass over styles that are right already.

        If the window has another size than before, the classes for it come before the layout.
        """
        self._comes = True
        if self.size not in (Size(0, 0), self.app.size):
            self._take_window(self.app.size)
        event.refresh_styles = event.refresh_styles and self._styled_for != self.app._css_update_count
        self._styled_for = self.app._css_update_count

    def _on_screen_suspend(self) -> None:
        """Leave out the frame that Textual asks for when a screen is covered: nothing on it has changed."""
        self._repaint_required = False

    def shown_first(self) -> Region | None:
        """Return what is shown in a frame of its own, before the rest, when the screen comes to the front."""
        return None

    def on_resize(self, event: events.Resize) -> None:
        """Take the classes of the new size."""
        self.take_classes(self.classes_for(event.size))

    def when_shown(self, act: Callable[[], object]) -> None:
        """Call `act` once what has changed is on the screen, so that the answer to a key does not wait for it.

        On a screen that opens this is after its first frame. What waits already waits once.
        """
        if act not in self._waiting:
            self._waiting.append(act)
        self.set_timer(self.SOON_S, self._act)

    def on_first_frame(self) -> None:
        """Do what is to be done with the first frame; called right after it, with the layout that it shows."""

    def _act_once_written(self) -> None:
        """Do what has waited for a frame, once no frame waits to be written."""
        if self._waiting and not self._is_written():
            self.set_timer(self.WRITTEN_S, self._act_once_written)
        else:
            self._act()

    def _is_written(self) -> bool:
        writer = getattr(self.app._driver, "_writer_thread", None)
        return writer is None or writer._queue.empty()

    def _act(self) -> None:
        """Do what has waited for a frame, if it has not been done yet."""
        if self._opens:
            return
        waiting, self._waiting = self._waiting, []
        for act in waiting:
            act()

    def take_classes(self, wanted: Mapping[str, bool]) -> None:
        """Set or remove each class, with one pass over the styles of the widgets that it concerns.

        Before the screen is mounted no style has been applied yet.
        """
        before = self.classes
        for name, is_on in wanted.items():
            self.set_class(is_on, name, update=False)
        if (changed := self.classes ^ before) and self.is_mounted:
            self.app.stylesheet.update_nodes(self._concerned(changed), animate=True)

    def _concerned(self, changed: Collection[str]) -> Iterator[DOMNode]:
        """Yield the widgets that the rules with one of these classes are about; Textual would take all of them."""
        names = set[str]()
        for rule in self.app.stylesheet.rules:
            if any(part.name in changed for selectors in rule.selector_set for part in selectors.selectors):
                names |= rule.selector_names
        for node in self.walk_children(with_self=True):
            if names & node._selector_names or node._get_component_classes():
                yield node

    def render(self) -> Any:
        """Return what is behind the widgets; the screen beneath a translucent one is tinted colour by colour."""
        behind = super().render()
        return Tinted(behind.screen, behind.color) if isinstance(behind, BackgroundScreen) else behind

    async def _on_idle(self, event: events.Idle) -> None:
        """Show what has changed at once: Textual would wait for the next sixtieth of a second after another frame."""
        if self.is_current and (self._layout_required or self._repaint_required or self._dirty_widgets):
            event.prevent_default()
            if self._next_turn is None:
                self._on_timer_update()

    def _on_timer_update(self) -> None:
        """Lay out and paint what has changed, once no widget has a message left: it may ask for another layout."""
        if not self._waits((self._layout_required or self._scroll_required) and self._has_messages()):
            super()._on_timer_update()

    def _compositor_refresh(self) -> None:
        """Show what has changed, once nothing is left to do before."""
        opening = self._opens and bool(self._callbacks)
        if self._waits(opening or self._layout_required or self._has_messages()):
            return
        is_first = self._opens
        self._opens, self._turn = False, 0
        if self._repaint_required:
            self._dirty_widgets.add(self)
            self._repaint_required = False
        self._compositor.update_widgets(self._dirty_widgets)
        if self._comes and self.is_active and (first := self.shown_first()):
            self._compositor._dirty_regions = {first}
            rest = around(first, self.size)
            self.when_shown(lambda: redraw(self, rest))
        self._comes = False
        super()._compositor_refresh()
        if is_first:
            self.on_first_frame()
        if self._waiting:
            for _ in range(self.NAPS):  # or else the frame would wait for all callbacks that are due
                if not self._is_written():
                    time.sleep(self.NAP_S)
            self.set_timer(self.WRITTEN_S, self._act_once_written)

    def _waits(self, is_unsettled: bool) -> bool:
        """Check whether the screen waits before it is laid out or shown; then it looks again soon."""
        if self._next_turn is None:
            if self._turn >= self.MOST_TURNS or not is_unsettled:
                return False
            self._update_timer.pause()
            delay_s = 0.0 if self._turn < self.QUICK_TURNS else self.TURN_S
            self._next_turn = get_running_loop().call_later(delay_s, self.call_next, self._settle)
        return True

    def _settle(self) -> None:
        """Continue with what had to wait; not while the program exits, which leaves widgets without styles."""
        if self.app._exit:
            return
        self._next_turn, self._turn = None, self._turn + 1
        self._on_timer_update()
        if self._turn and self._next_turn is None:
            self._compositor_refresh()

    def _has_messages(self) -> bool:
        """Check whether this screen or a widget on it has a message left, looked at already or not."""
        nodes: list[DOMNode] = [self]
        for node in nodes:
            if node._pending_message is not None or not node._message_queue.empty():
                return True
            nodes += node._nodes
        return False


def around(part: Region, size: Size) -> list[Region]:
    """List what a window of this size has above, beside and below a part of it."""
    beside = Region(0, part.y, part.x, part.height), Region(part.right, part.y, size.width - part.right, part.height)
    above, below = Region(0, 0, size.width, part.y), Region(0, part.bottom, size.width, size.height - part.bottom)
    return [*filter(None, (above, *beside, below))]


class UnseenScreen(Screen[None]):
    """A screen that is never shown: it lies beneath one that opens at once."""

    HORIZONTAL_BREAKPOINTS = VERTICAL_BREAKPOINTS = []  # noqa: RUF012

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        """Ask for no pass over its styles."""
        event.refresh_styles = False

    def _compositor_refresh(self) -> None:
        """Show nothing."""

    def _pop_result_callback(self) -> None:
        """Nobody waits for a result, so that another screen can take its place."""


class ChangedUpdate(CompositorUpdate):
    """An update of which only the cells are written that differ from those on the terminal."""

    def __init__(self, update: LayoutUpdate | ChopsUpdate, cells: ChangedCells, before: str = "") -> None:
        """`cells` are compared and updated when the update is really written; `before` is written before them."""
        self._update, self._cells, self._before = update, cells, before

    def render_segments(self, console: Console) -> str:
        """Return what is to be written."""
        written = self._cells.render(self._placed(), console)
        return self._before + written if written else ""

    def _placed(self) -> Iterator[tuple[int, int, Strip]]:
        """Yield every strip of the update, with its row and column.

        Beside what has changed, Textual leaves out the widgets that hide in another container: a strip there is blank.
        """
        update = self._update
        if isinstance(update, LayoutUpdate):
            for y, strips in enumerate(update.strips, update.region.y):
                yield y, update.region.x, Strip.join(strips)
            return
        for y, start, end in update.spans:
            for x, strip in update.chops[y].items():
                if strip is not None and x < end and x + strip.cell_length > start:
                    yield y, x, strip


def write_changes_only(app: App[Any], cells: ChangedCells) -> None:
    """Have `app` write only what differs from the `cells` that the terminal shows.

    The code that begins a frame is written together with it: by itself it would wake the writing thread once more.
    """
    display = app._display

    def display_changes(screen: Screen[Any], renderable: Any) -> None:
        if isinstance(renderable, LayoutUpdate | ChopsUpdate):
            renderable = ChangedUpdate(renderable, cells, SYNC_START if app._sync_available else "")
        display(screen, renderable)

    vars(app).update(_display=display_changes, _begin_update=lambda: None)
