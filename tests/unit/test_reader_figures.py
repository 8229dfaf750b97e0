"""Figures: poses with every joint in place, figures that start from others, and which one a progression shows."""

import tomllib

from tests.for_each import for_each
from tui.routine.model import Exercise
from tui.routine.movement import JOINTS, Arrow, Figure, Footprint, Support, View
from tui.routine.problems import KeyPath, Problem
from tui.routine.reader import read_exercise, read_routine
from tui.routine.resolve import resolve

BODY = (
    "head = [0.1, 0.16], neck = [0.17, 0.115], hip = [0.5, 0.105], knee = [0.7, 0.44], "
    "ankle = [0.8, 0.07], toe = [0.88, 0.05], elbow = [0.32, 0.05], hand = [0.46, 0.05]"
)

LADDER = f"""
[[progressions]]
id = "two-legs"
[[progressions]]
id = "staggered"
[[progressions]]
id = "single-leg"
figure = "leg-long"

[figures.plain]
supports = [{{ x = 0, y = 0.1, width = 0.2, height = 0.3 }}]
works    = ["thigh", "far_thigh"]
frames   = [{{ {BODY} }}, {{ hip = [0.49, 0.36], knee = [0.72, 0.5] }}]

[figures.staggered]
like     = "plain"
frames   = [{{ far_knee = [0.78, 0.43] }}]

[figures.leg-long]
like     = "staggered"
loop     = true
works    = ["thigh"]
supports = []
frames   = [{{ at = 0.1 }}, {{ at = 0.4, far_knee = [0.9, 0.9] }}, {{ at = 1, hip = [0.5, 0.2] }}]
"""


def exercise_of(text: str) -> Exercise:
    exercise, problems = read_exercise(tomllib.loads(text), "bridge")
    assert exercise is not None, problems
    return exercise


def problems_of(text: str) -> tuple[Problem, ...]:
    exercise, problems = read_exercise(tomllib.loads(text), "bridge")
    assert exercise is None
    return problems


def test_a_missing_joint_is_that_of_the_frame_before() -> None:
    down, up = exercise_of(LADDER).figures["plain"].poses
    assert (down.at, up.at) == (0, 1)
    assert tuple(down.joints) == tuple(up.joints) == JOINTS
    assert (up.joints["head"], up.joints["hip"]) == ((0.1, 0.16), (0.49, 0.36))


def test_a_far_joint_lies_on_the_near_one_until_it_is_given() -> None:
    figures = exercise_of(LADDER).figures
    assert [pose.joints["far_knee"] for pose in figures["plain"].poses] == [(0.7, 0.44), (0.72, 0.5)]
    assert [pose.joints["far_knee"] for pose in figures["staggered"].poses] == [(0.78, 0.43), (0.78, 0.43)]


def test_a_figure_inherits_missing_keys_from_the_one_named_by_like() -> None:
    figures = exercise_of(LADDER).figures
    plain, staggered, leg_long = figures["plain"], figures["staggered"], figures["leg-long"]
    assert plain.supports == staggered.supports == (Support(0, 0.1, 0.2, 0.3),)
    assert (staggered.works, staggered.loop) == (("thigh", "far_thigh"), False)
    assert (leg_long.works, leg_long.supports, leg_long.loop) == (("thigh",), (), True)
    assert [pose.at for pose in leg_long.poses] == [0.1, 0.4, 1]
    assert [pose.joints["far_knee"] for pose in leg_long.poses] == [(0.78, 0.43), (0.9, 0.9), (0.9, 0.9)]
    assert [pose.joints["hip"] for pose in leg_long.poses] == [(0.5, 0.105), (0.49, 0.36), (0.5, 0.2)]


def test_frames_without_a_time_are_spaced_evenly() -> None:
    (figure,) = exercise_of(f"[figures.a]\nframes = [{{ {BODY} }}, {{}}, {{ at = 0.6 }}, {{}}, {{}}]").figures.values()
    assert [pose.at for pose in figure.poses] == [0, 0.25, 0.6, 0.75, 1]


def test_supports_and_marks_are_inherited_whole() -> None:
    text = f"""
[figures.a]
view        = "front"
eyes_closed = true
arrows      = [{{ from = [0, 0.5], to = [0.3, 0.5] }}]
footprints  = [{{ at = [1, 1] }}, {{ at = [1.2, 1], turn = -20, works = true }}]
dots        = [[0.1, 0.2], [0.3, 0.2]]
frames      = [{{ {BODY} }}]
[figures.b]
like        = "a"
eyes_closed = false
footprints  = []
"""
    a, b = exercise_of(text).figures.values()
    assert (a.view, a.eyes_closed, b.view, b.eyes_closed) == (View.FRONT, True, View.FRONT, False)
    assert a.arrows == b.arrows == (Arrow((0, 0.5), (0.3, 0.5)),)
    assert (a.footprints, b.footprints) == ((Footprint((1, 1)), Footprint((1.2, 1), -20, True)), ())
    assert a.dots == b.dots == ((0.1, 0.2), (0.3, 0.2))
    plain = exercise_of(LADDER).figures["plain"]
    assert (plain.view, plain.arrows, plain.footprints, plain.dots) == (View.SIDE, (), (), ())


def test_a_figure_of_one_frame_does_not_move() -> None:
    (figure,) = exercise_of(f"[figures.still]\nframes = [{{ {BODY} }}]").figures.values()
    assert isinstance(figure, Figure)
    assert ([pose.at for pose in figure.poses], figure.works) == ([0], ("thigh",))


@for_each(
    ("lines", "path", "message"),
    [
        ("[figures.b]", ("figures", "b", "frames"), "a figure has neither frames nor like"),
        ("[figures.b]\nframes = []", ("figures", "b", "frames"), "frames is empty"),
        ("[figures.b]\nframes = [{ head = [1, 1] }]", ("figures", "b", "frames", 0), "the first frame lacks neck, hip"),
        ("[figures.b]\nlike = 'aa'", ("figures", "b", "like"), 'no figure "aa" in this exercise (did you mean "a"?)'),
        ("[figures.b]\nlike = 'b'", ("figures", "b", "like"), '"b" would start from itself'),
        (
            "[figures.b]\nlike = 'a'\nframes = [{ at = 1 }]",
            ("figures", "b", "frames", 1),
            "frame 2 is at 1, not after the one before, at 1",
        ),
        ("[figures.b]\nlike = 'a'\nframes = [{ hed = [1, 1] }]", ("figures", "b", "frames", 0, "hed"), '"head"'),
        (
            "[figures.b]\nlike = 'a'\nframes = [{ head = [1, nan] }]",
            ("figures", "b", "frames", 0, "head"),
            "head is a list: write two numbers from -1 to 2, such as [0.5, 0.1]",
        ),
        (
            "[figures.b]\nlike = 'a'\nworks = ['leg']",
            ("figures", "b", "works", 0),
            'item 1 of works is "leg": write one of',
        ),
        (
            "[figures.b]\nlike = 'a'\nsupports = [{ x = 0, y = 0, width = 1 }]",
            ("figures", "b", "supports", 0, "height"),
            "height is missing: add height = 0.3",
        ),
        ("[figures.b]\nlike = 'a'\nview = 'font'", ("figures", "b", "view"), 'did you mean "front"?'),
        (
            "[figures.b]\nlike = 'a'\narrows = [{ from = [0, 0] }]",
            ("figures", "b", "arrows", 0, "to"),
            "to is missing: add to = [0.5, 0.6]",
        ),
        ("[figures.b]\nlike = 'a'\ndots = [[0, 9]]", ("figures", "b", "dots", 0), "write two numbers from -1 to 2"),
        ("[figures.b]\nlike = 'a'\nloop = 1", ("figures", "b", "loop"), "loop is 1: write true or false"),
        ("[[progressions]]\nid = 'x'\nfigure = 'c'", ("progressions", 0, "figure"), 'no figure "c" in this exercise'),
    ],
)
def test_problems_of_a_figure_are_reported(lines: str, path: KeyPath, message: str) -> None:
    (problem,) = problems_of(f"[figures.a]\nframes = [{{ {BODY} }}, {{}}]\n{lines}")
    assert problem.path == path
    assert message in problem.message


def test_figures_that_inherit_from_each_other_are_reported_once_each() -> None:
    text = "[figures.a]\nlike = 'b'\n[figures.b]\nlike = 'a'\n[figures.c]\nlike = 'a'"
    assert [problem.path for problem in problems_of(text)] == [("figures", "a", "like"), ("figures", "b", "like")]


def shown(lines: str, progression: str | None, own: str = LADDER) -> str | None:
    """The figure that a set of the exercise shows on a progression."""
    exercise = exercise_of(own)
    text = f'format = 1\n[[sets]]\nexercise = "bridge"\n{lines}'
    routine, problems = read_routine(tomllib.loads(text), "x", {"bridge": exercise})
    assert routine is not None, problems
    (block,) = routine.blocks
    figure = resolve(routine, block, block.sets[0], exercise.progression(progression)).figure
    return figure.id if figure else None


@for_each(
    ("lines", "progression", "own", "figure"),
    [
        ("", "single-leg", LADDER, "leg-long"),
        ("", "staggered", LADDER, "staggered"),
        ("", "two-legs", LADDER, "plain"),
        ("", "two-legs", 'figure = "staggered"\n' + LADDER, "staggered"),
        ("", "staggered", 'figure = "plain"\n' + LADDER, "staggered"),
        ("", None, LADDER, "plain"),
        ('figure = "plain"', "single-leg", LADDER, "plain"),
        ('figure = "plain"\nprogressions.single-leg.figure = "staggered"', "single-leg", LADDER, "staggered"),
        ("", None, 'figure = "yet-to-be-drawn"', None),
    ],
)
def test_a_set_shows_the_figure_that_the_nearest_table_names(
    lines: str, progression: str | None, own: str, figure: str | None
) -> None:
    assert shown(lines, progression, own) == figure


def test_a_set_cannot_name_a_figure_that_its_exercise_lacks() -> None:
    text = 'format = 1\n[[sets]]\nexercise = "bridge"\nfigure = "stagered"\nprogressions.two-legs.figure = "x"'
    _, problems = read_routine(tomllib.loads(text), "x", {"bridge": exercise_of(LADDER)})
    assert [problem.path[2:] for problem in problems] == [("figure",), ("progressions", "two-legs", "figure")]
    assert '(did you mean "staggered"?): it has plain, staggered, leg-long' in problems[0].message
