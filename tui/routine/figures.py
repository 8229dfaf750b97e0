"""The figures of an exercise: what is wrong between their tables, and their poses with every joint in place.

A figure may start from another one (`like`); its own frames then overlay the other's, frame by frame, joint by joint.
A joint that a frame leaves out stays where the frame before has it. A far joint that no frame has yet given lies on the
near one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from tui.routine.model import JOINTS, Arrow, Figure, Footprint, KeyPath, Point, Pose, Support, View
from tui.routine.problems import Problems, listed, quoted
from tui.routine.tables import Values

_NEAR = tuple(joint for joint in JOINTS if not joint.startswith("far_"))


def check_figures(figures: Mapping[str, Values | None], path: KeyPath, problems: Problems) -> None:
    """Tell of figures that start from nothing, from each other in a ring, or whose poses are not whole."""
    whole = {name: figure for name, figure in figures.items() if figure is not None}
    for name, figure in whole.items():
        here = (*path, name)
        like = figure.get("like")
        if like is not None and like not in figures:
            hint = f"{problems.hint(like, figures)}: it has {listed(figures)}"
            problems.add((*here, "like"), f"no figure {quoted(like)} in this exercise{hint}")
        elif like is not None and name in _ancestors(whole, name):
            problems.add((*here, "like"), f"{quoted(name)} would start from itself: start from another figure")
        elif (frames := _frames(whole, name)) is not None:
            _check_frames(frames, (*here, "frames"), problems)


def _check_frames(frames: list[Values], path: KeyPath, problems: Problems) -> None:
    """Tell of joints that the first frame lacks, and of places in the movement that do not rise."""
    missing = [joint for joint in _NEAR if joint not in frames[0]]
    if missing:
        problems.add((*path, 0), f"the first frame lacks {listed(missing)}: write each as head = [0.1, 0.2]")
    for index, (before, after) in enumerate(pairwise(_places(frames)), start=1):
        if before >= after:
            problems.add((*path, index), f"frame {index + 1} is at {after:g}, not after the one before, at {before:g}")


def build_figures(figures: Mapping[str, Values]) -> dict[str, Figure]:
    """The figures of tables without problems."""
    return {name: _figure(figures, name) for name in figures}


def _figure(figures: Mapping[str, Values], name: str) -> Figure:
    """One figure, with what it takes over from those that it starts from."""
    own: dict[str, Any] = {}
    for ancestor in (*reversed(_ancestors(figures, name)), name):
        own |= figures[ancestor]
    frames = _frames(figures, name) or []
    return Figure(
        id=name,
        poses=tuple(_poses(frames)),
        supports=tuple(Support(**support) for support in own.get("supports", ())),
        loop=own.get("loop", False),
        works=own.get("works", ("thigh",)),
        view=own.get("view", View.SIDE),
        arrows=tuple(Arrow(arrow["from"], arrow["to"]) for arrow in own.get("arrows", ())),
        footprints=tuple(Footprint(**footprint) for footprint in own.get("footprints", ())),
        dots=own.get("dots", ()),
        eyes_closed=own.get("eyes_closed", False),
    )


def _ancestors(figures: Mapping[str, Values], name: str) -> list[str]:
    """The figures that `name` starts from, the nearest first; in a ring, once round."""
    found: list[str] = []
    like: str | None = figures[name].get("like")
    while like is not None and like in figures and like not in found:
        found.append(like)
        like = figures[like].get("like")
    return found


def _frames(figures: Mapping[str, Values], name: str) -> list[Values] | None:
    """The frames of a figure laid over those that it starts from, or None where a table on the way is wrong."""
    frames: list[Values] = []
    line = (*reversed(_ancestors(figures, name)), name)
    for ancestor in line:
        own = figures[ancestor].get("frames", ())
        if own is None or any(frame is None or None in frame.values() for frame in own):
            return None
        frames = [{**under, **over} for under, over in _overlay(frames, own)]
    return None if "like" in figures[line[0]] else frames or None


def _overlay(under: list[Values], over: tuple[Values, ...]) -> Iterable[tuple[Values, Values]]:
    """Pairs of frames by position; an empty one where either list is shorter."""
    for index in range(max(len(under), len(over))):
        yield under[index] if index < len(under) else {}, over[index] if index < len(over) else {}


def _places(frames: list[Values]) -> list[float]:
    """Where in the movement each frame is, evenly spaced from 0 to 1 where it does not say."""
    last = max(1, len(frames) - 1)
    return [frame.get("at", index / last) for index, frame in enumerate(frames)]


def _poses(frames: list[Values]) -> Iterable[Pose]:
    """The frames with every joint in place."""
    given: dict[str, Point] = {}
    for at, frame in zip(_places(frames), frames, strict=True):
        given |= frame
        yield Pose(at, {joint: given.get(joint) or given[joint.removeprefix("far_")] for joint in JOINTS})
