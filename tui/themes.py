"""The colours: eight themes, each with the phases' colours as theme variables, and a Palette of styles to draw with.

A terminal with fewer than 256 colours gets one of the two themes that use its own colours; one with 256 gets the
nearest fixed colours.

In every theme `$phase-KIND` fills bands, strips and blocks and carries text in `$on-phase`; `$phase-KIND-ink` is its
hue for text on the background. `paused` is a kind too. The four phases keep apart in greyscale, deuteranopia
and protanopia by their lightness: prepare is the darkest, then rest, work, and switch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import product
from math import dist
from typing import Any

from rich.color import Color as RichColor
from rich.color import ColorType
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.color import Color, rgb_to_lab
from textual.filter import ANSIToTruecolor, LineFilter, Monochrome, NoColor
from textual.theme import BUILTIN_THEMES, Theme

HUES = ("prepare", "rest", "work", "switch", "paused")
"""The kinds of phase, from dark to light, and the pause, each with its own colour."""


def _phases(*, fills: str, inks: str = "", on: str, muted: str, track: str) -> dict[str, str]:
    """Return the theme variables of the phases. `fills` and `inks` follow HUES; inks default to fills."""
    variables = {"on-phase": on, "muted": muted, "track": track}
    for hue, fill, ink in zip(HUES, fills.split(), (inks or fills).split(), strict=True):
        variables |= {f"phase-{hue}": fill, f"phase-{hue}-ink": ink}
    return variables


_DARK = Theme(
    name="gluteus-dark", dark=True, primary="#ffb38a", secondary="#80b8ff", accent="#ffb38a", warning="#ffc561",
    error="#ff8585", success="#5fe6a0", foreground="#eeeeee", background="#121212", surface="#1c1c1c", panel="#262626",
    variables=_phases(fills="#f0813a #80b8ff #5fe6a0 #ffec80 #c9ced8", on="#080808", muted="#b2b2b2", track="#3a3a3a"),
)  # fmt: skip

_LIGHT = Theme(
    name="gluteus-light", dark=False, primary="#96400f", secondary="#123f91", accent="#96400f", warning="#7a3b00",
    error="#a01622", success="#005a34", foreground="#14171c", background="#fbfaf7", surface="#f1efe9", panel="#e6e3da",
    variables=_phases(fills="#ee863a #84b4ff #58e094 #ffee80 #c3c7cf", inks="#7a3b00 #123f91 #005a34 #574c00 #3d434c",
                      on="#0e1013", muted="#4b5360", track="#cfcdc6"),
)  # fmt: skip

_EVENING = Theme(
    name="gluteus-evening", dark=True, primary="#f0b07c", secondary="#a8b6d8", accent="#f0b07c", warning="#e8bd6a",
    error="#f29080", success="#b5d98f", foreground="#f4e6d6", background="#1a1411", surface="#241c17", panel="#31271f",
    variables=_phases(fills="#e08850 #a0b4e8 #8ce0a4 #ffe880 #cfc4b8", on="#140f0c", muted="#bfae9d", track="#4d3f35"),
)  # fmt: skip

_SLATE = Theme(
    name="gluteus-slate", dark=True, primary="#88c0d0", secondary="#81a1c1", accent="#9fd4e2", warning="#ebcb8b",
    error="#f0a3aa", success="#b5dba0", foreground="#eceff4", background="#242933", surface="#2e3440", panel="#3b4252",
    variables=_phases(fills="#e28f58 #9bbdf6 #8ae6b8 #fbe98a #ced6e4", on="#14181f", muted="#b8c1d1", track="#4c566a"),
)  # fmt: skip

_CONTRAST_DARK = Theme(
    name="gluteus-contrast-dark", dark=True, primary="#ffff66", secondary="#7fc4ff", accent="#ffff66",
    warning="#ffc14d", error="#ff9090", success="#4dff9d", foreground="#ffffff", background="#000000",
    surface="#000000", panel="#1c1c1c",
    variables=_phases(fills="#f58030 #8cc4ff #4df0a0 #fff27a #ffffff", on="#000000", muted="#e0e0e0", track="#5a5a5a"),
)  # fmt: skip

_CONTRAST_LIGHT = Theme(
    name="gluteus-contrast-light", dark=False, primary="#5c0080", secondary="#00297a", accent="#5c0080",
    warning="#6b2b00", error="#8a0010", success="#00401f", foreground="#000000", background="#ffffff",
    surface="#ffffff", panel="#ececec",
    variables=_phases(fills="#f58030 #8cc4ff #4df0a0 #fff27a #d0d0d0", inks="#6b2b00 #00297a #00401f #433a00 #000000",
                      on="#000000", muted="#2b2b2b", track="#b4b4b4"),
)  # fmt: skip


def _terminal(name: str, base: str, inks: str) -> Theme:
    """Make a theme of the terminal's own sixteen colours, made from one of Textual's."""
    theme = BUILTIN_THEMES[base]
    fills = "ansi_yellow ansi_bright_blue ansi_green ansi_bright_yellow ansi_white"
    phases = _phases(fills=fills, inks=inks, on="ansi_black", muted="ansi_default", track="ansi_bright_black")
    return replace(theme, name=name, variables={**theme.variables, **phases})


THEMES: tuple[Theme, ...] = (
    _DARK,
    _LIGHT,
    _EVENING,
    _SLATE,
    _CONTRAST_DARK,
    _CONTRAST_LIGHT,
    _terminal("gluteus-terminal-dark", "ansi-dark", ""),
    _terminal("gluteus-terminal-light", "ansi-light", "ansi_red ansi_blue ansi_green ansi_magenta ansi_default"),
)
"""Every theme, the default one first. The last two keep the terminal's own colours."""


COLOURS = {"standard": 16, "windows": 16, "256": 256, "truecolor": 256**3}
"""How many colours a terminal has, by rich's name for its colour system."""

ENOUGH_COLOURS = 256
"""With fewer, different colours of a theme become one: only the terminal's own remain distinct."""


def themes_for(colours: int) -> Sequence[Theme]:
    """List the themes that a terminal with this number of colours can show."""
    return THEMES if colours >= ENOUGH_COLOURS else [theme for theme in THEMES if theme.ansi]


def theme_shown(wanted: str, colours: int) -> str:
    """Return the name of the theme to show if `wanted` is set: itself, or else the terminal's own, as dark or light."""
    chosen, offered = _named(wanted), themes_for(colours)
    return next(theme for theme in (chosen, *offered) if theme in offered and theme.dark is chosen.dark).name


def use_themes(app: App[Any], wanted: str, colours: int) -> None:
    """Give `app` only the themes that its terminal can show, and show the one for `wanted`.

    Textual's own themes go: they lack the colours of the phases. An unknown name means the default theme.
    """
    for name in app.available_themes:
        app.unregister_theme(name)
    for theme in themes_for(colours):
        app.register_theme(theme)
    app.set_reactive(App.theme, theme_shown(wanted, colours))
    app.stylesheet.set_variables(app.get_css_variables())


def with_quiet_scroll_bars(variables: dict[str, str]) -> dict[str, str]:
    """Return a theme's variables, with scroll bars that are dim until touched."""
    bars = {}
    for part, colour in (("", "panel"), ("-background", "background"), ("-corner-color", "background")):
        for state in ("", "-hover", "-active"):
            bars[f"scrollbar{part}{state}"] = variables["accent" if state and not part else colour]
    return variables | bars


def with_own_colours(filters: Sequence[LineFilter], *, no_color: bool) -> Sequence[LineFilter]:
    """List the filters for a theme of the terminal's own colours.

    Textual would replace the user's colours by its own idea of them, and by greys if NO_COLOR is set. Here they stay
    as they are, and NO_COLOR removes all of them.
    """
    kept = [filter_ for filter_ in filters if not isinstance(filter_, ANSIToTruecolor | Monochrome)]
    return [*kept, NoColor()] if no_color else kept


class Palette:
    """A theme's colours as styles to draw with. `ink`, `fill` and `texture` are by hue, one of HUES."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.paper = Style(bgcolor=_short(self._colour("background")))
        """An empty cell."""
        self.text = self._on_paper("foreground")
        """Plain text on the paper."""
        self.muted = self._on_paper("muted")
        """Dimmed text."""
        self.track = self._on_paper("track")
        """The remaining part, as marks on the paper."""
        self.ink = {hue: self._on_paper(f"phase-{hue}-ink") for hue in HUES}
        """Text in that hue on the paper."""
        self.fill = {hue: self._filled(hue, 1.0) for hue in HUES}
        """Text on the colour; with spaces, the colour itself."""
        self.flash = {hue: Style(bgcolor=_nearest_fixed(self._colour(f"phase-{hue}"))) for hue in HUES}
        """Roughly the colour, for filling the screen in few bytes."""
        self.texture = {hue: self._filled(hue, 0.3) for hue in HUES}
        """The marks of a pattern on the colour: visible but faint."""

    def block(self, ink: Style) -> Style:
        """Return the style of a cell filled with the colour of `ink`; spaces take fewer bytes than characters."""
        return Style(color=ink.color, reverse=True) if self._theme.ansi else Style(bgcolor=ink.color)

    def cut(self, ink: Style) -> Style:
        """Return the style of digits cut out of a block: paper on the colour of `ink`."""
        if self._theme.ansi:
            return self.block(ink)
        return Style(color=self.paper.bgcolor, bgcolor=ink.color)

    def _filled(self, hue: str, strength: float) -> Style:
        """Marks on a colour. Terminal colours are reversed, so that a block stays visible without colour."""
        colour, on = self._colour(f"phase-{hue}"), self._colour("on-phase")
        if self._theme.ansi:
            return Style(color=colour.rich_color, reverse=True)
        return Style(color=_short(colour.blend(on, strength)), bgcolor=_short(colour))

    def _on_paper(self, name: str) -> Style:
        return self.paper + Style(color=_short(self._colour(name)))

    def _colour(self, name: str) -> Color:
        return Color.parse(getattr(self._theme, name, None) or self._theme.variables[name])


_LEVELS = (0, 95, 135, 175, 215, 255)

_GREYS = ((grey, grey, grey) for grey in range(8, 239, 10))

_FIXED: dict[tuple[int, ...], int] = {
    rgb: 16 + index for index, rgb in enumerate((*product(_LEVELS, repeat=3), *_GREYS))
}
"""The numbers of the terminal's fixed colours, by red, green and blue."""


def _nearest_fixed(colour: Color) -> RichColor:
    """Return the fixed colour that looks most like `colour`."""
    return colour.rich_color if colour.ansi is not None else _nearest(colour.rgb)


@lru_cache(maxsize=4096)
def _nearest(rgb: tuple[int, int, int]) -> RichColor:
    wanted = _lab(rgb)
    return RichColor.from_ansi(_FIXED[min(_FIXED, key=lambda fixed: dist(_lab(fixed), wanted))])


@cache
def _lab(rgb: tuple[int, int, int]) -> tuple[float, float, float]:
    """Return CIE L*a*b* (white point D65), in which distances roughly match perceived differences.

    In RGB the nearest fixed colour to skin is olive.
    """
    lab = rgb_to_lab(Color(*rgb))
    return lab.L, lab.a, lab.b


class FixedColours(LineFilter):
    """Replaces colours of red, green and blue by the nearest fixed ones, for a terminal of 256 colours.

    The library would round each channel by itself, which makes skin olive and salmon.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """List the segments in fixed colours."""
        return [Segment(text, style and _in_fixed(style), control) for text, style, control in segments]


@lru_cache(maxsize=4096)
def _in_fixed(style: Style) -> Style:
    colours = [
        _nearest(tuple(colour.triplet)) if colour and colour.triplet and colour.type is ColorType.TRUECOLOR else None
        for colour in (style.color, style.bgcolor)
    ]
    return style + Style(color=colours[0], bgcolor=colours[1]) if any(colours) else style


def _short(colour: Color) -> RichColor:
    """Make a colour, by its number if it is one of the fixed ones: that takes half the bytes."""
    number = _FIXED.get(colour.rgb) if colour.ansi is None else None
    return colour.rich_color if number is None else RichColor.from_ansi(number)


@cache
def palette(theme: str) -> Palette:
    """Return the palette of the theme of this name, or of the default one if there is none."""
    return Palette(_named(theme))


def _named(name: str) -> Theme:
    return next((theme for theme in THEMES if theme.name == name), THEMES[0])


def theme_words(name: str) -> str:
    """Format a theme's name as the user reads it: `light`, `contrast dark`."""
    return name.removeprefix("gluteus-").replace("-", " ")
