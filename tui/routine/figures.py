"""Figures of an exercise: problems between their tables, and poses with every joint.

A figure may start from another one (`like`); its frames then overlay the other's, frame by frame, joint by joint. A
joint that a frame leaves out keeps its position. A far joint without a position yet has that of the near one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise, zip_longest
from typing import Any

from tui.routine.movement import JOINTS, Arrow, Figure, Footprint, Point, Pose, Support
from tui.routine.problems import KeyPath, Problems, listed, quoted
from tui.routine.tables import Values, given

_NEAR = tuple(joint for joint in JOINTS if not joint.startswith("far_"))


def check_figures(figures: Mapping[str, Values | None], path: KeyPath, problems: Problems) -> None:
    """Report figures that start from an unknown figure or in a ring, and incomplete poses."""
    whole = {name: figure for name, figure in figures.items() if figure is not None}
    for name, figure in whole.items():
        place = (*path, name)
        like = figure.get("like")
        if like is not None and like not in figures:
            hint = f"{problems.hint(like, figures)}: it has {listed(figures)}"
            problems.add((*place, "like"), f"no figure {quoted(like)} in this exercise{hint}")
        elif like is not None and name in _ancestors(whole, name):
            problems.add((*place, "like"), f"{quoted(name)} would start from itself: start from another figure")
        elif (frames := _frames(whole, name)) is not None:
            _check_frames(frames, (*place, "frames"), problems)


def _check_frames(frames: list[Values], path: KeyPath, problems: Problems) -> None:
    """Report joints that the first frame lacks, and times of frames that do not increase."""
    missing = [joint for joint in _NEAR if joint not in frames[0]]
    if missing:
        problems.add((*path, 0), f"the first frame lacks {listed(missing)}: write each as head = [0.1, 0.2]")
    for index, (before, after) in enumerate(pairwise(_places(frames)), start=1):
        if before >= after:
            problems.add((*path, index), f"frame {index + 1} is at {after:g}, not after the one before, at {before:g}")


def build_figure(figures: Mapping[str, Values], name: str) -> Figure:
    """Return one of `figures`, whose tables have no problems, with all that it inherits from those it starts from."""
    own: dict[str, Any] = {}
    for ancestor in (*reversed(_ancestors(figures, name)), name):
        own |= figures[ancestor]
    frames = _frames(figures, name) or []
    return Figure(
        id=name,
        poses=tuple(_poses(frames)),
        supports=tuple(Support(**support) for support in own.get("supports", ())),
        **given(own, "loop", "works", "view", "dots", "eyes_closed"),
        arrows=tuple(Arrow(arrow["from"], arrow["to"]) for arrow in own.get("arrows", ())),
        footprints=tuple(Footprint(**footprint) for footprint in own.get("footprints", ())),
    )


def _ancestors(figures: Mapping[str, Values], name: str) -> list[str]:
    """List the figures that `name` starts from, nearest first; a ring is followed once."""
    ancestors: list[str] = []
    like: str | None = figures[name].get("like")
    while like is not None and like in figures and like not in ancestors:
        ancestors.append(like)
        like = figures[like].get("like")
    return ancestors


def _frames(figures: Mapping[str, Values], name: str) -> list[Values] | None:
    """List the frames of a figure over those that it starts from, or None if one of the tables is wrong."""
    frames: list[Values] = []
    line = (*reversed(_ancestors(figures, name)), name)
    for ancestor in line:
        own = figures[ancestor].get("frames", ())
        if own is None or any(frame is None or None in frame.values() for frame in own):
            return None
        frames = [{**under, **over} for under, over in zip_longest(frames, own, fillvalue=dict[str, Any]())]
    return None if "like" in figures[line[0]] else frames or None


def _places(frames: list[Values]) -> list[float]:
    """Return the time of each frame in the movement, evenly spaced from 0 to 1 by default."""
    last = max(1, len(frames) - 1)
    return [frame.get("at", index / last) for index, frame in enumerate(frames)]


def _poses(frames: list[Values]) -> Iterable[Pose]:
    given: dict[str, Point] = {}
    for at, frame in zip(_places(frames), frames, strict=True):
        given |= frame
        yield Pose(at, {joint: given.get(joint) or given[joint.removeprefix("far_")] for joint in JOINTS})
