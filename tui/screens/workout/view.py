"""The values of the workout screen: a pure function of the timeline and a position in it."""

from math import ceil, floor
from typing import NamedTuple

from textual.geometry import Size

from tui.coach.cue import Cue, Topic
from tui.coach.cue_rotation import LEAST_S, cue_at, position_lines, reading_s, work_lines
from tui.coach.phrases import as_shown
from tui.coach.scene import COUNTDOWN_S
from tui.engine.model import Kind, Phase, Side
from tui.engine.position import Position, SessionState, position_at
from tui.engine.reps import counted
from tui.engine.timeline import Timeline
from tui.routine.doses import reps
from tui.routine.durations import clock, spoken
from tui.routine.model import Reps
from tui.routine.movement import Beat, Figure, Tempo
from tui.routine.resolve import Plan
from tui.widgets.lettering.big_text import fits
from tui.widgets.lettering.digits import UP
from tui.widgets.phase_style import PAUSED, PHASE_STYLES, PhaseStyle

NOISE_S = 1e-3
"""A time this close to a whole second counts as that second, as clocks are read a little after a wake-up."""

OPEN_HINT = "Enter = done"
"""How to end an open set: short enough for large letters."""

RESUME = "Press space to resume"
"""How to end a pause."""

TOO_LONG = "Press i to read it all"
"""Shown instead of text that does not fit, as a part of a caution can mean the opposite."""

BEATS = {Beat.LIFT: "Lift", Beat.HOLD: "Hold", Beat.LOWER: "Lower"}


class Heading(NamedTuple):
    """The current or the next exercise, as `lead` says; `side` is empty if there is only one."""

    lead: str
    name: str
    progression: str
    side: str


class Motion(NamedTuple):
    """The figure to show, if any, and the tempo at which it moves; without one it moves slowly."""

    figure: Figure | None
    mirrored: bool
    tempo: Tempo | None


class Coming(NamedTuple):
    """A coming phase, and its length: `40 s`, `left 12 reps`."""

    style: PhaseStyle
    words: str
    length: str


class Opening(NamedTuple):
    """The opening in the first PREPARE: the title of the workout, and the kit to fetch (`get two cushions`).

    If no voice says it, the cue begins with `words`: the first of them that fit.
    """

    title: str
    get_kit: str
    words: tuple[str, ...] = ()


class WorkoutView(NamedTuple):
    """Everything to show at one moment. `tally` counts reps.

    It `is_first` in the first PREPARE. In a set that `is_open` until done the digits count up, and `hint` says how to
    end it while it is not paused; between sets it asks for the reps of the last set.
    """

    style: PhaseStyle
    kind: Kind
    word: str
    digits: str
    ending: bool
    heading: Heading
    place: str
    cue: str
    tally: str
    beat: str
    is_open: bool
    hint: str
    coming: tuple[Coming, ...]
    left: str
    motion: Motion
    is_first: bool


def still_view(timeline: Timeline, position: Position, ahead: int, hint: str, opening: Opening | None) -> WorkoutView:
    """Return the parts of a view that stay while phase, state, rep and beat do; `at_second` adds the others.

    It has the next `ahead` phases. `hint` is shown between sets, `opening` in the first PREPARE.
    """
    phase = position.phase
    subject = _subject(timeline, phase)
    paused = position.state is SessionState.PAUSED
    is_open = phase.kind is Kind.WORK and position.remaining_s is None
    side = _side(subject, position.rep)
    return WorkoutView(
        style=PAUSED if paused else PHASE_STYLES[phase.kind],
        kind=phase.kind,
        word=PAUSED.word if paused else phase.where or PHASE_STYLES[phase.kind].word,
        digits="",
        ending=False,
        heading=_heading(phase, subject, side, opening),
        place=(opening and opening.get_kit) or _place(timeline, subject),
        cue="",
        tally=_tally(phase, position.rep),
        beat=BEATS.get(position.beat, "") if position.beat else "",
        is_open=is_open,
        hint=OPEN_HINT if is_open and not paused else "" if phase.kind is Kind.WORK else hint,
        coming=tuple(_coming(later) for later in timeline.phases[phase.index + 1 : phase.index + 1 + ahead]),
        left="",
        motion=Motion(subject.plan.figure, side == "left", subject.plan.tempo),
        is_first=opening is not None,
    )


def at_second(
    still: WorkoutView, plan: Plan, position: Position, cue_room: Size, said: Cue | None, why_paused: str,
    opening: Opening | None,
) -> WorkoutView:  # fmt: skip
    """Return a still view with its digits, its cue and the time left.

    `said` was said last in this phase; `why_paused` is shown in a pause that was not requested. Text that does not fit
    in `cue_room` is not cut.
    """
    paused = position.state is SessionState.PAUSED
    why = f"{why_paused} {RESUME}." if why_paused else RESUME
    remaining_s = None if position.remaining_s is None else max(0, ceil(position.remaining_s - NOISE_S))
    return still._replace(
        digits=f"{UP}{_digits(floor(position.elapsed_s + NOISE_S))}" if remaining_s is None else _digits(remaining_s),
        ending=not paused and remaining_s is not None and remaining_s <= COUNTDOWN_S[0],
        cue=_whole(why, RESUME, cue_room) if paused else _cue(plan, position, cue_room, said, opening),
        left=("≈ " if position.estimated else "") + clock(position.total_remaining_s),
    )


def soon(timeline: Timeline, index: int, state: SessionState, at_s: float, by_s: float) -> Position:
    """Return the position `by_s` workout seconds later if no command is given; never after the end.

    The position now is workout second `at_s`, in the phase at `index`.
    """
    if state is SessionState.RUNNING:
        phase, later_s = timeline.phases[index], at_s + by_s
        if phase.duration_s is None or later_s < phase.end_s:
            at_s = later_s
        elif index + 1 < len(timeline.phases):
            index, at_s = index + 1, later_s
    return position_at(timeline, index, state, at_s)


def plan_shown(timeline: Timeline, phase: Phase) -> Plan:
    """Return the plan of the set that a phase is about, with its words for the side."""
    subject = _subject(timeline, phase)
    return subject.plan.on_side(subject.side)


def _subject(timeline: Timeline, phase: Phase) -> Phase:
    """Return the set that a phase is about: its own, or the next one."""
    return phase if phase.kind is Kind.WORK else timeline.coming_work(phase.index) or phase


def _digits(seconds: int) -> str:
    """Return seconds alone below a minute, so that they can be larger."""
    return str(seconds) if seconds < 60 else clock(seconds)


def _side(subject: Phase, rep: int | None) -> str:
    """Format the side in one word; if sides alternate and reps are counted, the side of this rep."""
    if subject.side is Side.ALTERNATE:
        return "alternate sides" if rep is None else ("left", "right")[(rep - 1) % 2]
    return subject.side.value if subject.side else ""


def _heading(phase: Phase, subject: Phase, side: str, opening: Opening | None) -> Heading:
    lead = {Kind.WORK: phase.block_name, Kind.SWITCH: ""}.get(phase.kind, "coming up")
    lead = opening.title if opening else lead
    plan = subject.plan
    progression = ", ".join(filter(None, (plan.progression.name if plan.progression else "", plan.weight)))
    return Heading(lead, plan.exercise.name, progression, side)


def _place(timeline: Timeline, subject: Phase) -> str:
    """Return `set 4 of 9 · round 2 of 3`; without totals in an AMRAP, whose rounds are not known."""
    if subject.rounds is None:
        return f"set {subject.number} · round {subject.round}"
    of_rounds = f" · round {subject.round} of {subject.rounds}" if subject.rounds > 1 else ""
    return f"set {subject.number} of {timeline.phases[-1].number}{of_rounds}"


def _cue(plan: Plan, position: Position, room: Size, said: Cue | None, opening: Opening | None) -> str:
    """Format the words of the `opening`, then the spoken words, or else a cue or an instruction, in turn."""
    phase = position.phase
    elapsed_s, length_s = position.elapsed_s + NOISE_S, phase.duration_s
    opened = next((words for words in (opening.words if opening else ()) if fits(words, room)), "")
    if opened and elapsed_s < reading_s(opened):
        return opened
    if said is not None and said.phrase is not None:
        short = plan.caution_short if Topic.CAUTION in said.phrase.topics else said.phrase.short
        over_s = said.at_s + max(said.phrase.needs_s, LEAST_S) - phase.start_s
        if phase.kind is Kind.WORK or elapsed_s < over_s:
            return _whole(as_shown(said.phrase.say, plan.exercise), as_shown(short, plan.exercise), room)
        elapsed_s -= over_s
        length_s = None if length_s is None else length_s - over_s
    lines = work_lines(plan) if phase.kind is Kind.WORK else position_lines(plan)
    shown = cue_at(lines, elapsed_s, length_s)
    return _whole(shown, plan.caution_short if shown == plan.caution else "", room)


def _whole(text: str, short: str, room: Size) -> str:
    """Return `text`, or its `short` form, if it fits; a single sentence loses its full stop."""
    whole = next((words for words in (text, short) if words and fits(words, room)), TOO_LONG if text else "")
    return whole.removesuffix(".") if whole.find(".") == len(whole) - 1 else whole


def _tally(phase: Phase, rep: int | None) -> str:
    """Format the reps: the current one and the total if they are counted, else the planned number."""
    dose = phase.plan.dose
    if phase.kind is not Kind.WORK or not isinstance(dose, Reps):
        return ""
    if rep is None:
        return reps(dose) if phase.duration_s is None else ""
    tempo = counted(phase)
    planned = max(1, round(phase.length_s / tempo.rep_s)) if tempo else 1
    return f"{rep}/{planned}"


def _coming(phase: Phase) -> Coming:
    """Return the name and the length of a phase. The side of a set is beside its length, as the name may be cut."""
    style, words, dose = PHASE_STYLES[phase.kind], list(phase.words), phase.plan.dose
    if phase.kind is not Kind.WORK:
        return Coming(style, phase.where or style.word, spoken(phase.length_s))
    side = f"{words.pop()} " if phase.side else ""
    length = reps(dose) if isinstance(dose, Reps) else spoken(phase.length_s)
    return Coming(style, " · ".join(words), f"{side}{length}")
