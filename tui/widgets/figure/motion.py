"""Motion of a figure: its position in the movement at a time, and its joints there. Pure geometry."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from math import hypot

from tui.routine.movement import JOINTS, Figure, Point, Pose, Tempo

SLOW = Tempo(3.0, 4.0, 3.0, 1.0)
"""The tempo of a figure in a set without one."""

STEP_S = 0.7
"""Seconds from one pose of a loop to the next in a set without a tempo."""

BONES = (
    ("head", "neck"), ("neck", "hip"),
    ("hip", "knee"), ("knee", "ankle"), ("ankle", "toe"), ("neck", "elbow"), ("elbow", "hand"),
    ("hip", "far_knee"), ("far_knee", "far_ankle"), ("far_ankle", "far_toe"), ("neck", "far_elbow"),
    ("far_elbow", "far_hand"),
)  # fmt: skip
"""The pairs of joints that are connected by a bone."""

_PASSES = 30
"""How often all bones are restored to their length; the error of a joint is then below a hundredth."""


def movement(figure: Figure, tempo: Tempo | None, elapsed_s: float) -> float:
    """Compute the place (0 to 1) of `figure` in its movement, `elapsed_s` seconds after a rep began."""
    if figure.loop:
        round_s = (tempo.rep_s if tempo else 0.0) or STEP_S * len(figure.poses)
        return elapsed_s % round_s / round_s
    beat = tempo if tempo and tempo.rep_s > 0 else SLOW
    at_s = elapsed_s % beat.rep_s
    if at_s < beat.lift_s:
        return _eased(at_s / beat.lift_s)
    at_s -= beat.lift_s + beat.hold_s
    if at_s < 0:
        return 1.0
    return _eased(1 - at_s / beat.lower_s) if at_s < beat.lower_s else 0.0


def key_positions(figure: Figure, most: int = 3) -> tuple[float, ...]:
    """List the positions of at most `most` key poses.

    A movement back and forth has its start and end, and the middle if the figure has a pose there. A loop has evenly
    chosen poses, each a different one, as it may pass through the middle twice.
    """
    places = [at for at, _ in _track(figure)][: len(figure.poses)]
    if figure.loop:
        poses = [pose.joints for pose in figure.poses]
        others = [at for number, at in enumerate(places) if poses[number] not in poses[:number]]
        return tuple(others[:: -(-len(others) // most)])
    if len(places) == 1 or most == 1:
        return (1.0,)
    middle = places[len(places) // 2 : -1][:1] if most > 2 else []
    return (0.0, *middle, 1.0)


def _eased(share: float) -> float:
    """Return `share` of the way with a gentle start and a gentle end."""
    return share * share * (3 - 2 * share)


def joints_at(figure: Figure, position: float) -> dict[str, Point]:
    """Return all joints of `figure` at `position` (0 to 1) of its movement; limbs keep their length."""
    track = _track(figure)
    for (start, before), (end, after) in pairwise(track):
        if position < end:
            share = max(0.0, position - start) / (end - start)
            return _between(before.joints, after.joints, _eased(share) if figure.loop else share)
    return dict(track[-1][1].joints)


def _track(figure: Figure) -> list[tuple[float, Pose]]:
    """List each pose and its position from 0 to 1. The last step of a loop, to its first pose, has the mean length."""
    track = [(pose.at, pose) for pose in figure.poses]
    if figure.loop and len(track) > 1:
        track.append((track[-1][0] * (1 + 1 / (len(track) - 1)), figure.poses[0]))
    end = track[-1][0] or 1.0
    return [(at / end, pose) for at, pose in track]


def _between(before: Mapping[str, Point], after: Mapping[str, Point], share: float) -> dict[str, Point]:
    """Return the joints `share` of the way from one pose to the next; bones keep their length."""
    joints = {name: _mix(before[name], after[name], share) for name in JOINTS}
    resting = frozenset(name for name in JOINTS if before[name] == after[name])
    lengths = [(a, b, _mix_length(before, after, a, b, share)) for a, b in BONES if not {a, b} <= resting]
    for _ in range(_PASSES):
        for a, b, length in lengths:
            _pull(joints, a, b, length, resting)
    return joints


def _mix(start: Point, end: Point, share: float) -> Point:
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _mix_length(before: Mapping[str, Point], after: Mapping[str, Point], a: str, b: str, share: float) -> float:
    start, end = (hypot(pose[b][0] - pose[a][0], pose[b][1] - pose[a][1]) for pose in (before, after))
    return start + (end - start) * share


def _pull(joints: dict[str, Point], a: str, b: str, length: float, resting: frozenset[str]) -> None:
    """Move the ends of a bone along it until it has its length; an end that rests does not move."""
    (ax, ay), (bx, by) = joints[a], joints[b]
    now = hypot(bx - ax, by - ay) or 1e-9
    give = (now - length) / now / (1 if a in resting or b in resting else 2)
    dx, dy = (bx - ax) * give, (by - ay) * give
    if a not in resting:
        joints[a] = ax + dx, ay + dy
    if b not in resting:
        joints[b] = bx - dx, by - dy
