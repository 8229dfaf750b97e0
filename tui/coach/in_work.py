"""Speech during a set: cues in turn, each on its beat, the way out and the fix once, the middle, and the last rep.

At most a third of a set is speech, and three seconds without words follow each phrase. Words start 0.3 s after a beat
and end before the next sound. If a beat is too short for its cue, the cue moves to the beat before; if that is too
short as well, it is dropped. A way out that no beat has room for is said on two neighbouring beats: "Too much?" and
"Other foot down."

If the sides alternate, each rep begins with its side, for users with closed eyes. A side near other words is left out,
but after a cue, no other cue comes before the next side. The sides of the first two reps, and of the first two after a
pause or an edit, take precedence over cues. "One more." and "Five more." end with the side of the rep that they
precede.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise
from math import inf
from typing import NamedTuple

from tui.coach.announcement import cue_fact, fix_fact
from tui.coach.cue import AnnouncedFacts, Cue, Fact, Sound, Topic
from tui.coach.fitting import Fitter, Window
from tui.coach.phrases import HALFWAY, ONE_MORE, TEN_SECONDS, more_words, sentence, way_out_words
from tui.coach.scene import CLEAR_S, halfway_s, last_word_s
from tui.coach.speech_estimate import speech_seconds
from tui.engine.model import Phase, Side, instant
from tui.routine.model import FormCue
from tui.routine.movement import Beat, Tempo
from tui.routine.resolve import Explain, one_of
from tui.routine.sided import sided

AFTER_START_S = 0.8
"""Seconds from a start sound, which is longer than a beat, to the first words."""

BEFORE_SOUND_S = 0.1
"""Seconds from the last words to a beat."""

QUIET_S = 3.0
"""Seconds without words between two phrases."""

EVERY_S, EVERY_IN_REPS_S = 9.0, 7.0
"""Seconds from one cue to the next, in a hold and in counted reps."""

FIRST_IN_HOLD_S = 4.0
"""The first seconds of a hold, in which the user gets into position."""

SHARE = 1 / 3
"""The largest share of a set that is speech."""

LONG_HOLD_S = 30.0
"""A hold of at least this length has its last ten seconds announced."""

HALF_FROM_S = 40.0
"""A hold of at least this length has its middle announced too: ten seconds before its last ten, or earlier."""

ANSWER_WITHIN_S = 2.5
"""A question and its answer on two beats belong together only if the answer begins this soon."""

FIX_AFTER = 2
"""The number of cues before the fix."""

WAY_OUT_FROM_S = 18.0
"""A shorter set is over before it has to be made easier."""

SIDED_REPS = 2
"""The number of alternating reps whose sides take precedence over cues, at first and after a pause or an edit."""

LONG_SET = 10
"""A set of at least this many counted reps has the number left announced at its middle."""

SHORT_SLACK_S = 0.1
"""Seconds by which the estimate of one or two words can be too short."""

_SIDES = ("Left.", "Right.")
"""Alternating reps begin with the left side."""

SIDE_OF_REP = "side of a rep"
"""The topic of the fact that the side of one rep was said."""

_BEATS = {Sound.LIFT: Beat.LIFT, Sound.HOLD: Beat.HOLD, Sound.LOWER: Beat.LOWER}
_ORDER = (Beat.LIFT, Beat.HOLD, Beat.LOWER, Beat.PAUSE)


def windows_in(phase: Phase, sounds: Sequence[tuple[float, Sound]], tempo: Tempo | None) -> list[Window]:
    """Return the free stretches between the `sounds` of a WORK; with a `tempo` one for each beat."""
    end_s = last_word_s(phase)
    marks = [(phase.start_s, Sound.START), *((at_s, sound) for at_s, sound in sounds if phase.start_s < at_s < end_s)]
    nexts = [*(at_s for at_s, _ in marks[1:]), instant(end_s + BEFORE_SOUND_S)]
    windows = []
    for (at_s, sound), next_s in zip(marks, nexts, strict=True):
        first_s = instant(at_s + (AFTER_START_S if sound is Sound.START else CLEAR_S))
        if tempo is None:
            windows.append(Window(first_s, min(instant(next_s - CLEAR_S), end_s), phase.index))
            continue
        stop_s = min(instant(next_s - BEFORE_SOUND_S), end_s)
        beat = _BEATS.get(sound)
        if sound is Sound.START:
            beat = next(beat for beat in _ORDER if tempo.beat_s(beat) > 0)
        if beat is not None:
            windows.append(Window(first_s, stop_s, phase.index, beat))
        if beat is Beat.LOWER and tempo.pause_s > 0:
            windows.append(Window(instant(at_s + tempo.lower_s + CLEAR_S), stop_s, phase.index, Beat.PAUSE))
    return [window for window in windows if window.start_s < window.end_s]


class _Option(NamedTuple):
    """A cue, or the fix, that may come next."""

    fact: Fact
    text: str
    beat: Beat | None
    topic: Topic


class Talk(NamedTuple):
    """Speech in the free `windows` of a WORK; `rep_s` is the length of counted reps."""

    phase: Phase
    windows: Sequence[Window]
    rep_s: float | None
    fitter: Fitter

    def timed_announcements(self, announced: AnnouncedFacts) -> list[Cue]:
        """Return the announcements at fixed instants: middle, last rep, last ten seconds."""
        phase, possible = self.phase, list[Cue | None]()
        if self.rep_s is not None:
            reps = int(phase.length_s / self.rep_s + 0.5)  # less than half of one at the end, after an edit, is none
            if reps >= LONG_SET:
                possible.append(self._cue_before(reps - reps // 2, self.rep_s, more_words(reps // 2)))
            possible.append(self._cue_before(reps - 1, self.rep_s, ONE_MORE))
        elif phase.length_s >= LONG_HOLD_S:
            middle_s = halfway_s(phase)
            if middle_s is not None and phase.length_s >= HALF_FROM_S:
                possible.append(self._cue_at(instant(middle_s + CLEAR_S), HALFWAY))
            if phase.ends_surely:
                possible.append(self._cue_at(instant(phase.end_s - 10), TEN_SECONDS))
        cues = [cue for cue in possible if cue and cue.phrase]
        return [cue for cue in cues if announced.of(*_mark_of(cue)) != phase.index]

    def sides(self, said: Sequence[Cue], from_s: float) -> Iterator[Cue]:
        """Yield the sides of alternating reps from `from_s` on that overlap none of `said`, in order of time.

        A side is said on the first beat that is long enough.
        """
        rep_s, rep = self.rep_s, -1
        if self.phase.side is not Side.ALTERNATE or rep_s is None:
            return
        spare_s = self.phase.length_s * SHARE - sum(cue.phrase.needs_s for cue in said if cue.phrase)
        before: list[Cue] = []
        first = bisect_left(self.windows, from_s - rep_s, key=lambda window: window.start_s)
        for window in islice(self.windows, first, None):
            at_s, at = window.start_s, int((window.start_s - self.phase.start_s) / rep_s)
            needs = self.fitter.needs_s(text := _SIDES[at % 2])
            if at == rep or instant(at_s + needs) > window.end_s:
                continue
            rep, later = at, bisect_left(said, at_s, key=lambda cue: cue.at_s)
            near = (*before, *said[max(later - 1, 0) : later + 1])
            if at_s < from_s or needs > spare_s or clear_of(near, at_s, needs) is not None:
                continue
            before = [self._marked_cue(at_s, text, window, ("mark", SIDE_OF_REP, at_s))]
            spare_s -= needs
            yield before[0]

    def cues(
        self, fixed: Sequence[Cue], announced: AnnouncedFacts, spoken: Sequence[Cue], from_s: float
    ) -> Iterator[Cue]:
        """Yield cues from `from_s` on, in turn, around the `fixed` ones and after those `spoken` in this WORK.

        None follows the announcement of the last rep or of the last ten seconds.
        """
        announced, said = announced.copy(), [cue for cue in spoken if not is_side_of_rep(cue)]
        written, beats = self._written(), self._beats()
        spoken_s = sum(cue.phrase.needs_s for cue in (*fixed, *spoken) if cue.phrase)
        last = [cue for cue in (*fixed, *spoken) if _mark_of(cue)[1:2] in (ONE_MORE[:1], TEN_SECONDS[:1])]
        last_s = min((cue.at_s for cue in last), default=inf)

        def placed(option: _Option, free_s: float) -> list[Cue]:
            cues = self._cues_of(option, beats, fixed, max(from_s, free_s))
            return cues if cues and cues[0].at_s <= last_s else []

        while True:
            way_out = self._way_out(announced, said)
            cues = placed(way_out, self._free_s(said, at_once=True)) if way_out else []
            if not cues:
                free_s, options = self._free_s(said), self._options(written, announced, said)
                cues = next(filter(None, (placed(option, free_s) for option in options)), [])
            spoken_s += sum(speech_seconds(cue.say or "", self.fitter.words_a_minute) for cue in cues)
            if not cues or spoken_s > self.phase.length_s * SHARE:
                return
            yield from cues
            announced.add(cues)
            said += cues[-1:]
            for side in islice(self.sides(in_time((*cues[-1:], *fixed)), cues[-1].at_s), 1):
                needs = self.fitter.needs_s(side.say or "")
                spoken_s, from_s = spoken_s + needs, instant(side.at_s + needs + QUIET_S)

    def _free_s(self, said: Sequence[Cue], *, at_once: bool = False) -> float:
        """Compute the earliest second of the next cue, after the last two of `said`; earlier ones are over.

        `at_once`: it waits for quiet only, not for its turn.
        """
        counted = self.rep_s is not None
        first_s = 0.0 if counted else min(FIRST_IN_HOLD_S, self.phase.length_s / 4)
        free_s = instant(self.phase.start_s + first_s)
        for cue in said[-2:]:
            if cue.phrase is not None:
                is_cue = cue.phrase.topics[0] in (Topic.CUE, Topic.FIX) and not at_once
                every_s = (EVERY_IN_REPS_S if counted else EVERY_S) if is_cue else 0.0
                free_s = max(free_s, instant(cue.at_s + max(self.fitter.needs_s(cue.phrase.say) + QUIET_S, every_s)))
        return free_s

    def _written(self) -> dict[Fact, _Option]:
        """Return the set's own words, or its cues for this side, by their facts."""
        plan = self.phase.plan.on_side(self.phase.side)
        own = (FormCue(plan.say),) if plan.say else ()
        pairs = zip(own or self.phase.plan.cues, own or plan.cues, strict=True)
        facts = ((cue_fact(plan, written.say), cue) for written, cue in pairs if cue.on is not Beat.END)
        return {fact: _Option(fact, sentence(cue.say), cue.on, Topic.CUE) for fact, cue in facts}

    def _way_out(self, announced: AnnouncedFacts, said: Sequence[Cue]) -> _Option | None:
        """Return the way out of the set: said once, after its first cue, while the exercise is new."""
        plan = self.phase.plan
        fact: Fact = "way out", *plan.ids
        is_early = self.phase.slot.round == 0 and self.phase.length_s >= WAY_OUT_FROM_S
        if not is_early or plan.explain is not Explain.ALL or announced.of(*fact) is not None:
            return None
        after_cue = bool(said) and said[-1].phrase is not None and said[-1].phrase.topics == (Topic.CUE,)
        words = sided(way_out_words(plan), self.phase.side) if after_cue else ""
        return _Option(fact, words, None, Topic.FIX) if words else None

    def _options(
        self, cues: Mapping[Fact, _Option], announced: AnnouncedFacts, said: Sequence[Cue]
    ) -> Iterator[_Option]:
        """Yield candidates: the fix once, then cues in turn, never the same one twice running."""
        plan, fix = self.phase.plan, fix_fact(self.phase.plan)
        phrases = (cue.phrase for cue in said[-FIX_AFTER:])
        latest = [phrase.facts[0][0] for phrase in phrases if phrase and phrase.topics == (Topic.CUE,)]
        explains = plan.fix and not plan.explain.is_known
        if explains and len(latest) >= FIX_AFTER and self.phase.slot.round == 0 and announced.of(*fix) is None:
            on_side = plan.on_side(self.phase.side)
            yield _Option(fix, sentence(on_side.fix_short or on_side.fix), None, Topic.FIX)
        yield from (cues[fact] for fact in announced.in_turn(cues) if fact not in latest[-1:])

    def _beats(self) -> dict[Beat | None, list[Window]]:
        """Return the windows of each beat, in the order of a rep; None has all of them."""
        by_beat: dict[Beat | None, list[Window]] = {}
        for beat in _ORDER:
            windows = [window for window in self.windows if window.beat is beat]
            if windows:
                by_beat[beat] = windows
        return {**by_beat, None: list(self.windows)}

    def _cues_of(
        self, option: _Option, beats: Mapping[Beat | None, list[Window]], fixed: Sequence[Cue], free_s: float
    ) -> list[Cue]:
        """Return an option as a cue; as two, question and answer, if no beat is long enough for both."""

        def cue(text: str, window: Window, at_s: float) -> Cue:
            return self.fitter.cue(text, (option.topic,), at_s, window, ((option.fact, True),))

        if place := self._place(option, beats, fixed, free_s):
            return [cue(option.text, *place)]
        question, mark, answer = option.text.partition("? ")
        if not mark or self.rep_s is None:
            return []
        texts = (f"{question}?", answer)
        windows = self._two_beats(texts, beats[None], fixed, free_s)
        return [cue(text, window, window.start_s) for text, window in zip(texts, windows, strict=False)]

    def _two_beats(
        self, texts: tuple[str, str], windows: Sequence[Window], fixed: Sequence[Cue], free_s: float
    ) -> tuple[Window, ...]:
        """Return the first two neighbouring beats from `free_s` on that are long enough for one text each, or none."""
        needs = [self.fitter.needs_s(text) for text in texts]
        for beats in pairwise(windows):
            first, second = beats
            fit = all(instant(beat.start_s + s) <= beat.end_s for beat, s in zip(beats, needs, strict=True))
            if not fit or first.start_s < free_s or second.start_s - first.start_s > ANSWER_WITHIN_S:
                continue
            if clear_of(fixed, first.start_s, second.start_s + needs[1] - first.start_s) is None:
                return beats
        return ()

    def _place(
        self, option: _Option, beats: Mapping[Beat | None, list[Window]], fixed: Sequence[Cue], free_s: float
    ) -> tuple[Window, float] | None:
        """Find the first place from `free_s` on that is long enough, on its beat or the one before."""
        needs = self.fitter.needs_s(option.text)
        windows = _windows_on(beats, option.beat, needs)
        for window in islice(windows, bisect_left(windows, free_s, key=lambda window: window.end_s), None):
            at_s = window.start_s if window.beat else max(window.start_s, free_s)
            while at_s >= free_s and instant(at_s + needs) <= window.end_s:
                later_s = clear_of(fixed, at_s, needs)
                if later_s is None:
                    return window, instant(at_s)
                if window.beat is not None:
                    break
                at_s = later_s
        return None

    def _cue_before(self, rep: int, rep_s: float, texts: Sequence[str]) -> Cue | None:
        """Return a cue before a rep, at the end of the last beat that is long enough for one of its wordings.

        The first rep is number 0. If the sides alternate, it ends with the side of this one, if a beat is long enough.
        It must be said within the rep before.
        """
        from_s, at_s = (instant(self.phase.start_s + number * rep_s) for number in (rep - 1, rep))
        wordings = one_of(texts, self.phase.plan.variant), texts[0]
        is_sided = self.phase.side is Side.ALTERNATE
        with_side = (f"{text} {_SIDES[rep % 2]}" for text in wordings if is_sided)
        for text in (*with_side, *wordings):
            needs = self.fitter.needs_s(text) + SHORT_SLACK_S
            between = (window for window in self.windows if from_s <= window.start_s and window.end_s <= at_s)
            before = [window for window in between if window.end_s - window.start_s >= needs]
            if before:
                return self._marked_cue(instant(before[-1].end_s - needs), text, before[-1], ("mark", texts[0]))
        return None

    def _cue_at(self, at_s: float, texts: Sequence[str]) -> Cue | None:
        """Return a cue at `at_s` in this wording, or the first, or None if there is not enough time."""
        for text in (one_of(texts, self.phase.plan.variant), texts[0]):
            ends_s = instant(at_s + self.fitter.needs_s(text))
            window = next((w for w in self.windows if w.start_s <= at_s and ends_s <= w.end_s), None)
            if window is not None:
                return self._marked_cue(at_s, text, window, ("mark", texts[0]))
        return None

    def _marked_cue(self, at_s: float, text: str, window: Window, fact: Fact) -> Cue:
        return self.fitter.cue(text, (Topic.LAST,), at_s, window, ((fact, window.phase),))


def in_time(cues: Iterable[Cue]) -> list[Cue]:
    """Return `cues` in the order of time."""
    return sorted(cues, key=lambda cue: cue.at_s)


def is_side_of_rep(cue: Cue) -> bool:
    """Check whether a cue is the side of one alternating rep."""
    return _mark_of(cue)[1:2] == (SIDE_OF_REP,)


def _mark_of(cue: Cue) -> Fact:
    """Return the fact of an announcement at a fixed instant; an empty one for other cues."""
    fact = cue.phrase.facts[0][0] if cue.phrase and cue.phrase.facts else ()
    return fact if fact[:1] == ("mark",) else ()


def _windows_on(beats: Mapping[Beat | None, list[Window]], beat: Beat | None, needs: float) -> list[Window]:
    """List the windows of `beat`, or of the beat before if all of its own are shorter than `needs`."""
    if beat is None or len(beats) == 1:  # without counted reps, words may come at any time
        return beats[None]
    windows = beats.get(beat, [])
    if windows and all(window.end_s - window.start_s < needs for window in windows):
        present = [other for other in _ORDER if other in beats]
        return beats[present[present.index(beat) - 1]]
    return windows


def clear_of(fixed: Sequence[Cue], at_s: float, needs: float) -> float | None:
    """Compute the second until which a phrase at `at_s` must wait for a `fixed` one, or None."""
    for cue in fixed:
        clear_s = instant(cue.at_s + (cue.phrase.needs_s if cue.phrase else 0.0) + QUIET_S)
        if at_s < clear_s and cue.at_s < at_s + needs + QUIET_S:  # strict: a phrase that has waited does not wait again
            return clear_s
    return None
