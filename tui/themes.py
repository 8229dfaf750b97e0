"""The colours: eight themes, each with the phases' colours as theme variables, and a Palette of styles to draw with.

In every theme `$phase-KIND` fills bands, strips and blocks and carries text in `$on-phase`; `$phase-KIND-ink` is its
hue for text on the background. `paused` is a kind too. The four phases keep apart in greyscale, deuteranopia
and protanopia by their lightness: prepare is the darkest, then rest, work, and switch.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import product
from typing import Any

from rich.color import Color as RichColor
from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.filter import ANSIToTruecolor, LineFilter, Monochrome, NoColor
from textual.theme import BUILTIN_THEMES, Theme

HUES = ("prepare", "rest", "work", "switch", "paused")
"""What has a colour of its own: the kinds of phase, from dark to light, and the pause."""


def _phases(*, fills: str, inks: str = "", on: str, muted: str, track: str) -> dict[str, str]:
    """The theme variables of the phases. `fills` and `inks` follow HUES; the inks are the fills where left out."""
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
    """A theme of the terminal's own sixteen colours, after one of Textual's."""
    theme = BUILTIN_THEMES[base]
    fills = "ansi_yellow ansi_bright_blue ansi_green ansi_bright_yellow ansi_white"
    phases = _phases(fills=fills, inks=inks, on="ansi_black", muted="ansi_default", track="ansi_bright_black")
    return Theme(
        name=name, dark=theme.dark, ansi=True, primary=theme.primary, secondary=theme.secondary, accent=theme.accent,
        warning=theme.warning, error=theme.error, success=theme.success, foreground=theme.foreground,
        background=theme.background, surface=theme.surface, panel=theme.panel, boost=theme.boost,
        variables={**theme.variables, **phases},
    )  # fmt: skip


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


def use_themes(app: App[Any], wanted: str) -> None:
    """Give `app` these themes and no others: only these have the phases' colours. An unknown name gives the first."""
    for name in app.available_themes:
        app.unregister_theme(name)
    for theme in THEMES:
        app.register_theme(theme)
    app.set_reactive(App.theme, wanted if wanted in app.available_themes else THEMES[0].name)
    app.stylesheet.set_variables(app.get_css_variables())


def with_quiet_scroll_bars(variables: dict[str, str]) -> dict[str, str]:
    """A theme's variables, with scroll bars that stand back until they are touched."""
    bars = {}
    for part, colour in (("", "panel"), ("-background", "background"), ("-corner-color", "background")):
        for state in ("", "-hover", "-active"):
            bars[f"scrollbar{part}{state}"] = variables["accent" if state and not part else colour]
    return variables | bars


def with_own_colours(filters: Sequence[LineFilter], *, no_color: bool) -> Sequence[LineFilter]:
    """The filters for a theme of the terminal's own colours.

    Textual would turn those into its own idea of them, and would make greys of them where NO_COLOR is set. They are to
    stay the person's own, and to go altogether where nobody wants any.
    """
    kept = [each for each in filters if not isinstance(each, ANSIToTruecolor | Monochrome)]
    return [*kept, NoColor()] if no_color else kept


class Palette:
    """A theme's colours as styles to draw with. `ink`, `fill` and `texture` are by hue, one of HUES."""

    def __init__(self, theme: Theme) -> None:
        """Work the styles out once."""
        self._theme = theme
        self.paper = Style(bgcolor=_short(self._colour("background")))
        """An empty cell."""
        self.text = self._on_paper("foreground")
        """Plain text on the paper."""
        self.muted = self._on_paper("muted")
        """Text that stands back."""
        self.track = self._on_paper("track")
        """What is still to come, as marks on the paper."""
        self.ink = {hue: self._on_paper(f"phase-{hue}-ink") for hue in HUES}
        """Text in that hue on the paper."""
        self.fill = {hue: self._filled(hue, 1.0) for hue in HUES}
        """Text on the colour; with spaces, the colour itself."""
        self.flash = {hue: Style(bgcolor=_nearest_fixed(self._colour(f"phase-{hue}"))) for hue in HUES}
        """A screen full of about the colour, in few bytes."""
        self.texture = {hue: self._filled(hue, 0.3) for hue in HUES}
        """The marks of a pattern on the colour: there to be seen, too faint to disturb."""

    def block(self, ink: Style) -> Style:
        """A cell filled with the colour that `ink` has for text; spaces in it are cheaper than any character."""
        return Style(color=ink.color, reverse=True) if self._theme.ansi else Style(bgcolor=ink.color)

    def cut(self, ink: Style) -> Style:
        """Paper on the colour that `ink` has for text: what is cut out of a block."""
        if self._theme.ansi:
            return self.block(ink)
        return Style(color=self.paper.bgcolor, bgcolor=ink.color)

    def _filled(self, hue: str, strength: float) -> Style:
        """Marks on a colour. Terminal colours are reversed: a block stays one where all colour is taken away."""
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
    """The fixed colour next to `colour`."""
    if colour.ansi is not None:
        return colour.rich_color
    nearest = min(_FIXED, key=lambda fixed: sum((a - b) ** 2 for a, b in zip(fixed, colour.rgb, strict=True)))
    return RichColor.from_ansi(_FIXED[nearest])


def _short(colour: Color) -> RichColor:
    """A colour, by its number where it is one of the fixed ones: that takes half the bytes of red, green and blue."""
    number = _FIXED.get(colour.rgb) if colour.ansi is None else None
    return colour.rich_color if number is None else RichColor.from_ansi(number)


@cache
def palette(theme: str) -> Palette:
    """The palette of the theme of this name; of the default one where there is none."""
    return Palette(next((known for known in THEMES if known.name == theme), _DARK))


def theme_words(name: str) -> str:
    """What a person reads of a theme's name: `light`, `high contrast`."""
    return name.removeprefix("gluteus-").replace("-", " ")
