"""Make tests of the full screen quick: wait exactly until the app is idle, match styles once, paint on demand.

Textual's own wait sleeps for at least a fiftieth of a second after each key, twice, and longer on a busy machine; there
it may also take an app that waits for the processor for one that is idle.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from functools import cache
from inspect import CO_VARARGS, CO_VARKEYWORDS, isawaitable
from types import FunctionType, MethodType
from typing import Any

import pytest
import textual._callback
import textual.app
import textual.content
import textual.css.stylesheet
import textual.pilot
import textual.screen
import textual.strip
from rich._wrap import divide_line
from textual import Logger
from textual._compositor import Compositor
from textual._context import visible_screen_stack
from textual.app import App
from textual.css.model import RuleSet
from textual.css.styles import RenderStyles, RulesMap
from textual.css.stylesheet import Stylesheet
from textual.css.tokenize import tokenize_values
from textual.css.tokenizer import Token
from textual.design import ColorSystem
from textual.dom import DOMNode, NoScreen
from textual.message import Message
from textual.message_pump import MessagePump
from textual.notifications import SeverityLevel
from textual.pilot import Pilot
from textual.reactive import Reactive
from textual.widget import AwaitMount, Widget

from tests.idle import until_idle
from tests.patience import PATIENCE_S
from tests.screens.stage import Frames
from tui.app import GluteusApp
from tui.screens.menu.routine_list import grouped
from tui.screens.menu.screen import MenuScreen
from tui.screens.workout import running
from tui.terminal import type_ahead
from tui.widgets import key_bar
from tui.widgets.key_bar import KeyBar
from tui.widgets.routine_text import RoutineRow

FRAME_S = 0.001
"""The seconds for which the app waits before it paints, in tests."""


@pytest.fixture(autouse=True)
def cursor_below_the_pick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin on the routine of last time, else on the first one: only the tests of today's pick begin on its row."""

    def first(menu: MenuScreen) -> str | None:
        assert isinstance(menu.app, GluteusApp)
        user = menu.app.user
        groups = grouped([RoutineRow(card) for card in user.cards])
        return user.last_routine or next((row.card.id for _, rows in groups for row in rows), None)

    monkeypatch.setattr(MenuScreen, "first_cursor", property(first))


class Painting:
    """Decides if each change is painted: most tests read the screen once, at their end; CI paints in a step."""

    on = bool(os.environ.get("PAINT"))


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paint each change, as on a terminal; for tests that count frames or look for crashes while painting."""
    monkeypatch.setattr(Painting, "on", True)


STAYS_S = 3600.0
"""The seconds for which a notice and each of its parts stay: a busy machine may need longer than a reader."""

_show_notice = KeyBar.show_notice


def show_notice(self: KeyBar, message: str, severity: SeverityLevel = "information", _: float | None = None) -> None:
    """Show a notice that stays until the next one, or until the screen that it belongs to is left."""
    _show_notice(self, message, severity, STAYS_S)


_count_parameters = textual._callback._count_parameters
_dispatch_methods: Callable[..., Iterable[tuple[type, Any]]] = MessagePump._get_dispatch_methods
_render_update = Compositor.render_update
_parse_rules = Stylesheet._parse_rules
_parse = Stylesheet.parse
_apply = Stylesheet.apply
_generate = ColorSystem.generate
_get_reactive = Reactive.__get__
_prevent = MessagePump.prevent
_handlers: dict[tuple[type, str, type], list[tuple[type, FunctionType]]] = {}
_rules: dict[tuple[object, ...], list[RuleSet]] = {}
_sheets: dict[tuple[object, ...], tuple[list[RuleSet], dict[str, list[RuleSet]]]] = {}
_paths: dict[tuple[int, tuple[object, ...]], int] = {}
_applied: dict[tuple[object, ...], tuple[RulesMap, list[bool]]] = {}

_palettes: dict[str, dict[str, str]] = {}

FLAGS = ("_has_hover_style", "_has_focus_within", "_has_order_style", "_has_odd_or_even")
"""What a node stores about its rules besides the rules themselves."""

ASKED = [each.internal_name for each in (Widget.mouse_hover, Widget.has_focus, Widget.disabled)]
"""What selectors ask of a widget: false until it is set."""


async def wait_for_screen(_: Pilot[Any], timeout: float = 0.0) -> bool:
    """Wait until nothing is left to do, instead of for a message to each widget: a twentieth of the CPU."""
    await until_idle()
    return True


def count_parameters(function: Callable[..., object]) -> int:
    """Count the parameters of a callable, of a plain function, method or object without its signature."""
    if type(function) is MethodType:
        return count_parameters(function.__func__) - 1
    if type(function) is not FunctionType or hasattr(function, "__wrapped__"):
        called = type(function).__call__
        return count_parameters(called) - 1 if type(called) is FunctionType else _count_parameters(function)
    code = function.__code__
    return (
        code.co_argcount
        + code.co_kwonlyargcount
        + bool(code.co_flags & CO_VARARGS)
        + bool(code.co_flags & CO_VARKEYWORDS)
    )


def generate(self: ColorSystem) -> dict[str, str]:
    """Return the colours of a theme, mixed once for all apps that have it."""
    key = repr(vars(self))
    if key not in _palettes:
        _palettes[key] = _generate(self)
    return dict(_palettes[key])


async def call(callback: Callable[..., Any], *given: object) -> Any:
    """Call a handler; most of them return nothing, which need not be asked whether it can be waited for."""
    result = callback(*given[: textual._callback.count_parameters(callback)])
    return await result if result is not None and isawaitable(result) else result


def prevent(self: MessagePump, *kinds: type[Message]) -> AbstractContextManager[None]:
    """Prevent messages of these kinds; most often there are none."""
    return _prevent(self, *kinds) if kinds else nullcontext()


def await_mount(self: AwaitMount) -> Generator[Any, None, None]:
    """Wait until widgets are mounted, without two tasks for each."""

    async def mounted() -> None:
        for widget in self._widgets:
            await widget._mounted_event.wait()
        if self._widgets:
            self._parent.refresh(layout=True)
            with suppress(NoScreen):
                self._parent.app._update_mouse_over(self._parent.screen)

    return mounted().__await__()


def get_reactive(self: Reactive[Any], node: DOMNode | None, owner: type[DOMNode]) -> Any:
    """Return a value of a node that is there and not computed, without looking for anything else first."""
    values = {} if node is None else node.__dict__
    if (name := self.internal_name) in values and self.name not in owner._computes:
        return values[name]
    return _get_reactive(self, node, owner)


@cache
def _tokens(values: tuple[tuple[str, str], ...]) -> dict[str, list[Token]]:
    """Return the tokens of variables, found once for all apps that have the same ones."""
    return tokenize_values(dict(values))


class Forgetful:
    """A cache that keeps nothing: most rows are painted once, and each would make seven caches."""

    def get(self, key: object) -> None:
        """Return nothing."""

    def __setitem__(self, key: object, value: object) -> None:
        """Keep nothing."""


def _asks_for_sender(owner: type, message: type) -> bool:
    """Check whether a handler of a class is for messages of some widgets only."""
    return any(
        selectors
        for each in owner.__mro__
        for kind in message.__mro__
        for _, selectors in vars(each).get("_decorated_handlers", {}).get(kind, ())
    )


def dispatch_methods(self: MessagePump, name: str, message: Message) -> Iterator[tuple[type, Any]]:
    """Yield what a class does about a kind of message, looked up once, unless it depends on who has sent it."""
    key = (type(self), name, type(message))
    if key not in _handlers:
        if message._no_default_action or _asks_for_sender(type(self), type(message)):
            yield from _dispatch_methods(self, name, message)
            return
        _handlers[key] = [(owner, method.__func__) for owner, method in _dispatch_methods(self, name, message)]
    at: type | None = None
    for owner, function in _handlers[key]:
        if owner is not at and message._no_default_action:
            return
        at = owner
        yield owner, MethodType(function, self)


def render_update(self: Compositor, full: bool = False, screen_stack: Any = None, simplify: bool = False) -> Any:
    """Paint if the result is looked at: for a screenshot (`full`), or if painting is on."""
    Frames.made += not full
    if full or Painting.on:
        return _render_update(self, full, screen_stack, simplify)
    visible_screen_stack.set(screen_stack or [])
    self._dirty_regions.clear()
    return None


def parse_rules(self: Stylesheet, css: str, *args: Any, **options: Any) -> list[RuleSet]:
    """Return the rules of one source, parsed once for all apps that have the same variables."""
    key = (css, *args, *sorted(options.items()), *self._variables.items())
    if key not in _rules:
        _rules[key] = _parse_rules(self, css, *args, **options)
    return _rules[key]


def parse(self: Stylesheet) -> None:
    """Take the rules of all sources, put together once for all apps that have the same ones."""
    key = (*self.source.items(), *self._variables.items())
    if key not in _sheets:
        _parse(self)
        _sheets[key] = self._rules, self.rules_map
    self._rules, self._rules_map = _sheets[key]
    self._require_parse = False


def seen_by_selectors(node: DOMNode) -> tuple[object, ...]:
    """Return all that a selector asks of a node itself, but for its place among its siblings."""
    own = (type(node), node._id, frozenset(node._classes))
    if isinstance(node, Widget):
        values = vars(node)
        return *own, *(values.get(name, False) for name in ASKED), node.allow_focus()
    if isinstance(node, App):
        return *own, node.app_focus, node.is_inline, node.ansi_color, node.no_color  # and the theme is a class
    return own


def number_of(node: object, known: dict[object, int]) -> int:
    """Return a number for what selectors ask of a node and of all above it; `known` has those of the same pass."""
    if not isinstance(node, DOMNode):
        return 0
    if node not in known:
        path = number_of(node._parent, known), seen_by_selectors(node)
        known[node] = _paths.setdefault(path, len(_paths) + 1)
    return known[node]


@cache
def names_in(rules: tuple[RuleSet, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the types, classes and ids that the selectors of rules name, and their pseudo-classes."""
    selectors = [selector for rule in rules for each in rule.selector_set for selector in each.selectors]
    return frozenset(each.name for each in selectors), frozenset().union(*(each.pseudo_classes for each in selectors))


def asked_of(nodes: Iterable[DOMNode], rules: tuple[RuleSet, ...]) -> tuple[object, ...]:
    """Return what the selectors of these rules find in nodes, but for their places among their siblings."""
    names, pseudo = names_in(rules)
    return tuple(
        (
            names & node._css_type_names,
            names & node.classes,
            node._id if node._id in names else None,
            tuple(name for name in pseudo if node.has_pseudo_classes({name})),
        )
        for node in nodes
    )


def apply(self: Stylesheet, node: DOMNode, *, animate: bool = False, cache: dict[object, int] | None = None) -> None:
    """Give a node its rules, found once for all nodes that selectors cannot tell apart: a fifth of the CPU.

    A node that is not mounted yet takes them as they are: there is nothing to refresh. Without animations they change
    at once, and not with the next step of an animation.
    """
    key = (id(self.rules), number_of(node._parent, {} if cache is None else cache), seen_by_selectors(node))
    if key not in _applied:
        limited = {rule for name in self.rules_map.keys() & node._selector_names for rule in self.rules_map[name]}
        relevant = tuple(filter(limited.__contains__, self.rules))
        same = (relevant, asked_of(node.css_path_nodes, relevant))
        if same not in _applied:
            found: dict[tuple[object, ...], RulesMap] = {}  # stays empty if a rule depends on the siblings of the node
            _apply(self, node, animate=animate, cache=found)
            if found:
                flags = [getattr(node, flag) for flag in FLAGS]
                _applied[key] = _applied[same] = node._css_styles.get_rules(), flags
            return
        _applied[key] = _applied[same]  # of an app whose other rules are others, or of a node that is as good as this
    rules, flags = _applied[key]
    vars(node).update(zip(FLAGS, flags, strict=True))
    styles = node._css_styles
    if not (node._is_mounted or styles._rules):
        styles.merge_rules(rules)
    elif styles._rules != rules:
        before = styles._rules.copy()
        for name in before.keys() | rules.keys():
            if before.get(name) != rules.get(name):
                setattr(styles, name, rules.get(name))
    node.notify_style_update()
    self._process_component_classes(node)


class ComponentStyles(dict[str, RenderStyles]):
    """The styles of a node's components, each found when it is asked for: most never are."""

    def __init__(self, sheet: Stylesheet, node: DOMNode) -> None:
        """Nothing is found yet."""
        self._sheet, self._node = sheet, node

    def __contains__(self, name: object) -> bool:
        """Check whether the node has such a component."""
        return name in self._node._get_component_classes()

    def __missing__(self, name: str) -> RenderStyles:
        """Find the styles of a component, those of a child with its name as a class."""
        child = DOMNode(classes=name)
        child._attach(self._node)
        self._sheet.apply(child)
        self[name] = child.styles
        return child.styles


def process_component_classes(self: Stylesheet, node: DOMNode) -> None:
    """Give a node the styles of its components; draw it again if one that was asked for is another now."""
    if node._get_component_classes():
        before, now = node._component_styles, ComponentStyles(self, node)
        node._component_styles = now
        if not isinstance(before, ComponentStyles) or any(now[name] != before[name] for name in before):
            node.refresh()


TEXTUAL_QUICKER = (
    (RuleSet, "__hash__", object.__hash__),  # the same, not written in Python
    (MessagePump, "_get_dispatch_methods", dispatch_methods),
    (textual._callback, "_count_parameters", count_parameters),
    (textual._callback, "_invoke", call),
    (MessagePump, "prevent", prevent),
    (AwaitMount, "__await__", await_mount),
    (textual.content, "divide_line", cache(divide_line)),
    (textual.css.stylesheet, "tokenize_values", lambda values: _tokens((*values.items(),))),
    (textual.strip, "FIFOCache", defaultdict[int, Forgetful](Forgetful).__getitem__),
    (Compositor, "render_update", render_update),
    (ColorSystem, "generate", generate),
    (Reactive, "__get__", get_reactive),
    (Stylesheet, "_parse_rules", parse_rules),
    (Stylesheet, "parse", parse),
    (Stylesheet, "apply", apply),
    (Stylesheet, "_process_component_classes", process_component_classes),
)
"""What is found here in less CPU. CI runs all tests of screens without it too, when each change is painted."""

SET_UP = (
    (textual.app, "wait_for_idle", until_idle),
    (textual.pilot, "wait_for_idle", until_idle),
    (Pilot, "_wait_for_screen", wait_for_screen),
    (Logger, "event", property(lambda logger: logger)),
    (Logger, "verbosity", lambda logger, verbose: logger),
    (Logger, "__call__", lambda logger, *facts, **named: None),
    (textual.screen, "UPDATE_PERIOD", FRAME_S),
    (KeyBar, "show_notice", show_notice),
    (key_bar, "PART_S", STAYS_S),
    (running, "FACT_S", STAYS_S),
    (App, "CLICK_CHAIN_TIME_THRESHOLD", STAYS_S),
    (type_ahead, "PATIENCE_S", PATIENCE_S),
)

for owner, name, ours in SET_UP if Painting.on else (*SET_UP, *TEXTUAL_QUICKER):
    assert hasattr(owner, name), f"{owner.__name__} has no {name} any more: see how it works now"
    setattr(owner, name, ours)
