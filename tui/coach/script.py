"""The script of a phase: its phrases, given those of the phases before."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import islice
from math import ceil, inf

from tui.coach.announcement import announced_before, announcement, closing_cues, opening_sentences
from tui.coach.closing_fact import closing_fact, is_mostly_done
from tui.coach.cue import AnnouncedFacts, Cue, Fact, Sound, Topic
from tui.coach.fitting import GAP_S, Fitter, Rank, Sentence, Window
from tui.coach.in_work import QUIET_S, SIDED_REPS, Talk, in_time, windows_in
from tui.coach.opening import opening, opens
from tui.coach.phrases import HALF_MINUTE_S, OVER, WELL_DONE, ten_seconds_words
from tui.coach.scene import CLEAR_S, COUNTDOWN_S, Scene, last_word_s
from tui.engine.coaching import Coaching
from tui.engine.model import Kind, Phase, instant
from tui.engine.planner import Gap
from tui.engine.posture import from_seat_s, getting_up_words
from tui.engine.reps import counted
from tui.routine.resolve import LONGEST, one_of

AFTER_SOUND_S = 0.8
"""How long after a start sound a phrase begins."""

AT_ONCE_S = 0.2
"""How long after its start the phrase of a phase without a start sound begins."""

AFTER_SWAP_S = 0.8
"""Seconds after a swap until it is said: of several keys in a row, only the last progression is."""

TEN_SECONDS_FROM_S = 25.0
"""A rest of at least this length has its last ten seconds announced, with the side of the set after it."""

CLOSING_S = 10.0
"""Seconds for the closing words."""

CLOSING_AFTER_S = 1.8
"""Seconds from the end to the closing words: the finish sound is the longest."""


def script(
    scene: Scene, sounds: Sequence[tuple[float, Sound]], announced: AnnouncedFacts, fitter: Fitter, from_s: float,
    spoken: Sequence[Cue],
) -> list[Cue]:  # fmt: skip
    """Return the phrases in the phase of `scene` from workout second `from_s` on, between its `sounds`.

    `spoken` has been said in it already.
    """
    if scene.phase.kind is not Kind.WORK:
        windows = [window for phase in scene.gap for window in _gap_window(phase, from_s)]
        sentences = announcement(scene, announced)
        placed = (
            _before_ten_seconds(scene, announced, sentences, windows, fitter, from_s)
            or _opened(scene, announced, sentences, windows, fitter)
            or fitter.fitted(sentences, windows)
        )
        return [cue for cue in placed if cue.phase == scene.phase.index]
    tempo = counted(scene.phase)
    whole = windows_in(scene.phase, sounds, tempo)
    windows = [late for window in whole for late in _from(window, from_s)]
    late = fitter.fitted(announcement(scene, announced), windows)
    said = [*spoken, *late]
    talk = Talk(scene.phase, whole, tempo.rep_s if tempo else None, fitter)
    free_s = max([from_s, *(cue.at_s + cue.phrase.needs_s + QUIET_S for cue in said if cue.phrase)])
    timed = [cue for cue in talk.timed_announcements(announced) if cue.at_s >= free_s]
    fixed = in_time([*islice(talk.sides(in_time(timed), free_s), SIDED_REPS), *timed])
    announced = announced.copy()
    announced.add([*late, *fixed])
    planned = in_time([*late, *fixed, *talk.cues(fixed, announced, said, free_s)])
    return in_time([*planned, *talk.sides(planned, free_s)])


def gap_facts(scene: Scene, announced: AnnouncedFacts, fitter: Fitter) -> list[tuple[Fact, Hashable]]:
    """List the facts of the phrases in a phase between two sets; if all of them have time, no cue is made."""
    sentences, windows = announcement(scene, announced), _gap_window(scene.phase, -inf)
    takes_s = fitter.length_s(sentences) + GAP_S + sum(sentence.pause_s for sentence in sentences)
    if takes_s <= sum(window.end_s - window.start_s for window in windows):
        return [fact for sentence in sentences for fact in sentence.facts]
    cues = script(scene, (), announced, fitter, -inf, ())
    return [fact for cue in cues if cue.phrase for fact in cue.phrase.facts]


def _opened(
    scene: Scene, announced: AnnouncedFacts, sentences: Sequence[Sentence], windows: Sequence[Window], fitter: Fitter
) -> list[Cue] | None:
    """Return the title and the kit, or at least the kit, before all of `sentences`; None if they do not all fit.

    They may be said during the way to the position, if the rest of it fits between its words and the set.
    """
    opening = opening_sentences(scene, announced)
    if not opening:
        return None
    way = next((sentence for sentence in sentences if sentence.pause_s), None)
    for first in (opening, [sentence for sentence in opening if sentence.rank > Rank.TITLE]):
        takes_s = fitter.length_s(first) + GAP_S
        for pause_s in (way.pause_s, max(way.pause_s - takes_s, 0.0)) if way else (0.0,):
            rest = [sentence._replace(pause_s=pause_s) if sentence is way else sentence for sentence in sentences]
            placed = fitter.fitted_whole([*first, *rest], windows) if first else None
            if placed is None:
                continue
            if way is None:
                return placed
            placed_way = placed[len(first) + sentences.index(way)]
            by_s = placed_way.at_s + fitter.needs_s(placed_way.say or "") + way.pause_s
            if instant(by_s) <= scene.phase.end_s:
                return placed
    return None


def _before_ten_seconds(
    scene: Scene, announced: AnnouncedFacts, sentences: Sequence[Sentence], windows: Sequence[Window], fitter: Fitter,
    from_s: float,
) -> list[Cue] | None:  # fmt: skip
    """Return `sentences` and the announcement ten seconds before the end of a long rest; None if one has to give way.

    Sentences of a higher rank take precedence over it.
    """
    ten = _ten_seconds(scene, announced, fitter, from_s)
    if ten is None:
        return None
    until_s = instant(ten.at_s - GAP_S)
    early = [w._replace(end_s=min(w.end_s, until_s)) for w in windows if w.start_s < until_s]
    apart = fitter.fitted_without(sentences, early, Rank.TEN_SECONDS)
    return None if apart is None else [*apart, ten]


def _ten_seconds(scene: Scene, announced: AnnouncedFacts, fitter: Fitter, from_s: float) -> Cue | None:
    """Return the announcement ten seconds before the end of a long rest that a set follows."""
    rest, work = scene.phase, scene.coming
    is_long = rest.kind is Kind.REST and rest.length_s >= TEN_SECONDS_FROM_S and scene.gap == (rest,)
    if work is None or not is_long or announced.of("ten seconds") == rest.index:
        return None
    window = Window(instant(rest.end_s - 10), last_word_s(rest), rest.index)
    text = ten_seconds_words(work)
    if window.start_s < from_s or instant(window.start_s + fitter.needs_s(text)) > window.end_s:
        return None
    facts = ((("ten seconds",), rest.index),)
    return fitter.cue(text, (Topic.LAST,), window.start_s, window, facts)


def gap_s(gap: Gap, coaching: Coaching) -> float:
    """Compute the whole seconds that a gap needs for its words and, at the start, for getting into position."""
    is_start = gap.phase.index == 0
    way_s = from_seat_s(gap.work.plan, coaching.transitions) if is_start else 0.0
    if not coaching.waits:
        return ceil(way_s)
    phase, work = (one._replace(plan=one.plan.in_words_of(LONGEST)) for one in (gap.phase, gap.work))
    scene = Scene(phase, None, work, gap.is_last)
    announced = AnnouncedFacts() if gap.is_new else announced_before(scene)
    sentences = [sentence for sentence in announcement(scene, announced) if sentence.rank > Rank.REST]
    from_s, fitter = AT_ONCE_S if is_start else AFTER_SOUND_S, Fitter(coaching.words_a_minute)
    words_s = from_s + fitter.length_s(sentences) + CLEAR_S + COUNTDOWN_S[0]
    way = next((at for at, sentence in enumerate(sentences) if sentence.pause_s), None)
    pause_s = 0.0 if way is None else way_s
    least_s = max(way_s, words_s + pause_s)
    opening_s = _opening_s(gap, least_s, coaching) if is_start else 0.0
    if opening_s:
        there_s = 0.0 if way is None else from_s + fitter.length_s(sentences[: way + 1]) + way_s
        least_s = max(least_s, opening_s + there_s, opening_s + words_s)
    return ceil(instant(least_s))


def _opening_s(gap: Gap, least_s: float, coaching: Coaching) -> float:
    """Compute the seconds of the words that open a workout whose first PREPARE takes at least `least_s` without them.

    They name the length of the workout, which depends on them, so there is also time for half a minute more.
    """
    if gap.work.plan.names_only or not opens(gap.routine, coaching):
        return 0.0
    whole, more_s = gap.whole(), least_s - gap.phase.length_s
    openings = (opening(gap.routine, lambda: whole, coaching, more_s + longer_s) for longer_s in (0.0, HALF_MINUTE_S))
    fitter = Fitter(coaching.words_a_minute)
    return max(sum(fitter.needs_s(text) + GAP_S for text in words.values()) for words in openings)


def closing(last: Phase, phases: Sequence[Phase], coaching: Coaching) -> Cue:
    """Return the closing words of a workout: praise, one fact, and how to get up from the floor.

    Its last phase is `last`.
    """
    up, fact = getting_up_words(last.plan), closing_fact(phases, coaching.past)
    over = closing_cues(last.plan), one_of(WELL_DONE, coaching.session) if is_mostly_done(phases) else OVER
    whole, short = (" ".join(filter(None, (*over, addition, up))) for addition in (fact, ""))
    fitter = Fitter(coaching.words_a_minute)
    text = whole if fitter.needs_s(whole) <= CLOSING_S else short
    at_s = instant(last.end_s + CLOSING_AFTER_S)
    window = Window(at_s, instant(at_s + CLOSING_S), last.index)
    topics = (Topic.END, Topic.POSTURE) if up else (Topic.END,)
    return fitter.cue(text, topics, at_s, window, ())


def _gap_window(phase: Phase, from_s: float) -> list[Window]:
    """Return the window for words in a phase between two sets: after its sound, and over before its countdown."""
    has_sound = phase.index > 0
    start_s = instant(phase.start_s + (AFTER_SOUND_S if has_sound else AT_ONCE_S))
    window = Window(max(start_s, from_s), last_word_s(phase), phase.index)
    return [window] if window.start_s < window.end_s else []


def _from(window: Window, from_s: float) -> list[Window]:
    """Cut a window to its rest from `from_s` on; there is no time for words in a beat that has begun."""
    if window.start_s >= from_s:
        return [window]
    return [] if window.beat is not None or window.end_s <= from_s else [window._replace(start_s=from_s)]
