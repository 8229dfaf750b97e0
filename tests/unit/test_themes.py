"""The themes' colours: readable, with phases that everyone can distinguish. Terminal colours are the user's choice."""

from collections.abc import Callable
from itertools import combinations
from math import dist

from rich.color import Color as RichColor
from rich.color import ColorSystem, ColorType
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.theme import Theme

from tests.for_each import for_each
from tui.files import settings
from tui.themes import HUES, THEMES, FixedColours, palette, theme_shown

OWN = [theme for theme in THEMES if not theme.ansi]
PHASES = HUES[:4]

Linear = tuple[float, float, float]

PROTANOPIA = ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998))
DEUTERANOPIA = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881))
"""Machado, Oliveira and Fernandes 2009, at full severity, for linear RGB."""


def linear(colour: str) -> Linear:
    """A colour without the gamma of screens."""
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in Color.parse(colour).normalized
    )
    return red, green, blue


def luminance(colour: str) -> float:
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))


def contrast(one: str, other: str) -> float:
    """As WCAG 2 defines it, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def seen_with(matrix: tuple[Linear, ...]) -> Callable[[str], Linear]:
    """The colour as an eye sees it that lacks a kind of cone."""

    def see(colour: str) -> Linear:
        red, green, blue = (
            min(1.0, max(0.0, sum(a * b for a, b in zip(row, linear(colour), strict=True)))) for row in matrix
        )
        return red, green, blue

    return see


def in_grey(colour: str) -> Linear:
    return (luminance(colour),) * 3


def lab(colour: Linear) -> Linear:
    """CIE L*a*b*, white point D65."""
    red, green, blue = colour
    xyz = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883,
    )
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def in_256(colour: str) -> str:
    """The colour as a terminal of 256 colours shows it."""
    style = Style(color=RichColor.parse(Color.parse(colour).hex))
    [segment] = FixedColours().apply([Segment("x", style)], Color.parse("black"))
    assert segment.style is not None
    assert segment.style.color is not None
    assert segment.style.color.downgrade(ColorSystem.EIGHT_BIT).type is ColorType.EIGHT_BIT
    return segment.style.color.get_truecolor().hex


def values(theme: Theme) -> dict[str, str]:
    """Return the colours of a theme in one table."""
    return {**theme.variables, "background": str(theme.background), "foreground": str(theme.foreground)}


@for_each("theme", OWN)
@for_each(
    ("see", "apart"),
    [(linear, 30), (seen_with(DEUTERANOPIA), 20), (seen_with(PROTANOPIA), 20), (in_grey, 6.5)],
)
def test_no_two_phases_look_alike(theme: Theme, see: Callable[[str], Linear], apart: float) -> None:
    colours = {hue: lab(see(theme.variables[f"phase-{hue}"])) for hue in PHASES}
    distances = {pair: dist(colours[pair[0]], colours[pair[1]]) for pair in combinations(PHASES, 2)}
    assert {pair: gap for pair, gap in distances.items() if gap < apart} == {}


@for_each("theme", [t for t in OWN if t.name in ("gluteus-dark", "gluteus-light") or "contrast" in t.name])
def test_digits_names_and_bands_are_easy_to_read(theme: Theme) -> None:
    shades = values(theme)
    pairs = {("foreground", "background"), ("muted", "background")}
    pairs |= {(f"phase-{hue}-ink", "background") for hue in HUES} | {("on-phase", f"phase-{hue}") for hue in HUES}
    ratios = {pair: round(contrast(shades[pair[0]], shades[pair[1]]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < 7} == {}


@for_each("theme", OWN)
def test_phases_differ_and_can_be_read_in_256_colours(theme: Theme) -> None:
    shades = {name: in_256(colour) for name, colour in values(theme).items() if colour.startswith("#")}
    colours = {hue: lab(linear(shades[f"phase-{hue}"])) for hue in PHASES}
    assert min(dist(colours[one], colours[other]) for one, other in combinations(PHASES, 2)) > 25
    inks = ["foreground", "muted", *(f"phase-{hue}-ink" for hue in HUES)]
    assert [ink for ink in inks if contrast(shades[ink], shades["background"]) < 4.5] == []


@for_each("skin", ["#e8c4a4", "#c89a76", "#c58c62", "#a9714a"])
def test_skin_is_neither_olive_nor_salmon_in_256_colours(skin: str) -> None:
    red, green, blue = Color.parse(in_256(skin)).rgb
    assert red > green > blue


def test_the_setting_names_every_theme() -> None:
    assert [theme.name for theme in THEMES] == [*settings.THEMES]


def test_a_terminal_of_sixteen_colours_gets_the_theme_of_its_own_colours() -> None:
    for theme in THEMES:
        assert theme_shown(theme.name, 256) == theme.name
        assert theme_shown(theme.name, 16) == f"gluteus-terminal-{'dark' if theme.dark else 'light'}"
    assert theme_shown("nord", 16) == "gluteus-terminal-dark"


@for_each("theme", OWN)
def test_words_in_every_theme_can_be_read(theme: Theme) -> None:
    shades = values(theme) | {name: str(getattr(theme, name)) for name in ("accent", "error", "warning", "success")}
    names = ["foreground", "muted", "accent", "error", "warning", "success", *(f"phase-{hue}-ink" for hue in HUES)]
    assert [name for name in names if contrast(shades[name], shades["background"]) < 4.5] == []


def test_there_is_enough_to_choose_from() -> None:
    names = [theme.name for theme in THEMES]
    assert names[0] == "gluteus-dark"
    assert len(names) == len(set(names)) >= 6
    assert {theme.dark for theme in THEMES if "contrast" in theme.name} == {True, False}
    assert {theme.dark for theme in THEMES if theme.ansi} == {True, False}


def test_terminal_themes_name_no_colour_of_their_own() -> None:
    for theme in (theme for theme in THEMES if theme.ansi):
        assert [name for name in values(theme).values() if name.startswith("#")] == []
        inks = palette(theme.name)
        styles = [inks.paper, inks.text, *inks.ink.values(), *inks.fill.values(), inks.block(inks.text)]
        assert all(not style.color or style.color.triplet is None for style in styles)


def test_a_block_stays_a_block_without_terminal_colours() -> None:
    inks = palette("gluteus-terminal-dark")
    for style in (inks.block(inks.text), inks.cut(inks.text), *inks.fill.values()):
        assert (style + Style.from_color()).reverse


def test_a_colour_of_the_terminals_fixed_ones_is_written_by_its_number() -> None:
    inks = palette("gluteus-dark")
    assert inks.paper.render(" ") == "\x1b[48;5;233m \x1b[0m"
    assert inks.text.color is not None
    assert inks.text.color.get_truecolor().hex == Color.parse(str(THEMES[0].foreground)).hex.lower()


def test_an_unknown_theme_has_the_default_palette() -> None:
    assert palette("nobody").paper == palette("gluteus-dark").paper
