"""Fit sentences into the free windows between other sounds.

A sentence has several forms, from whole to shortest, each with a rank. If not all sentences fit, the forms of the
lowest rank are dropped first, in all sentences, until they do. A sentence without a form left is not said.
"""

from collections.abc import Hashable, Sequence
from enum import IntEnum
from math import inf
from typing import NamedTuple

from tui.coach.cue import Cue, Fact, Facts, Phrase, Topic
from tui.coach.speech_estimate import speech_seconds
from tui.engine.model import instant
from tui.routine.movement import Beat

SURE = 1.15
"""The factor by which a voice may exceed the estimate."""

GAP_S = 0.4
"""The pause between two sentences, as long as a full stop."""


class Rank(IntEnum):
    """The order in which forms are dropped if a phrase does not fit, the first to be dropped first.

    The short form of a side is never dropped: its rank is infinite.
    """

    TITLE = 1
    KIT = 2
    REMINDER = 3
    FIX = 4
    TEN_SECONDS = 5
    REST = 6
    STAY = 7
    SKIPPED = 8
    WHOLE_CAUTION = 9
    STEP = 10
    CAUTION = 11
    OPEN_HINT = 12
    DOSE = 13
    LEAD = 14
    CAUTION_AFTER_PAIN = 15
    WHOLE_SIDE = 16
    PROGRESSION = 17
    POSITION = 18
    NAME = 19


EXPECTED_FROM = Rank.STEP
"""Words of at least this rank count as missing if they are not said."""

Forms = tuple[tuple[float, str], ...]
"""The forms of a sentence, from whole to shortest, each with its rank."""


class Window(NamedTuple):
    """A free stretch of the phase at index `phase`: words start at `start_s` or later and end by `end_s`.

    In a set with counted reps it is one beat of one rep; words start with it or not at all.
    """

    start_s: float
    end_s: float
    phase: int
    beat: Beat | None = None


class Sentence(NamedTuple):
    """A sentence in several `forms`; `facts` are stated by any of them.

    `pause_s` seconds of silence follow, if there is time.
    """

    topics: tuple[Topic, ...]
    forms: Forms
    facts: Facts = ()
    pause_s: float = 0.0

    def form(self, above: float) -> str:
        """Return its longest form with a rank above `above`, or an empty string."""
        for rank, text in self.forms:
            if rank > above:
                return text
        return ""

    @property
    def rank(self) -> float:
        """The rank of its whole form."""
        return self.forms[0][0]

    @property
    def whole(self) -> str:
        """Its whole form."""
        return self.forms[0][1]


def single(topic: Topic, rank: float, text: str, *facts: tuple[Fact, Hashable], pause_s: float = 0.0) -> Sentence:
    """Return a sentence that has only its whole form."""
    return Sentence((topic,), ((rank, text),), facts, pause_s)


class Fitter(NamedTuple):
    """Fits sentences into windows, for a voice of `words_a_minute`."""

    words_a_minute: float

    def needs_s(self, text: str) -> float:
        """Return an upper limit of the seconds that `text` takes."""
        return speech_seconds(text, self.words_a_minute) * SURE

    def length_s(self, sentences: Sequence[Sentence]) -> float:
        """Compute the seconds that all of `sentences` take in their whole forms."""
        needs = [self.needs_s(sentence.whole) + GAP_S for sentence in sentences]
        return sum(needs) - GAP_S if needs else 0.0

    def fitted(self, sentences: Sequence[Sentence], windows: Sequence[Window]) -> list[Cue]:
        """Return the cues of as many `sentences` as fit into `windows`, in order."""
        return self.fitted_without(sentences, windows, inf) or []

    def fitted_whole(self, sentences: Sequence[Sentence], windows: Sequence[Window]) -> list[Cue] | None:
        """List all of `sentences` in their whole forms, with their pauses, in `windows`; None if they do not fit."""
        return self._placed(sentences, windows, -inf)

    def fitted_without(
        self, sentences: Sequence[Sentence], windows: Sequence[Window], below: float
    ) -> list[Cue] | None:
        """Return `sentences` as they fit into `windows`, in order, if only forms of ranks below `below` are dropped.

        Return None if more would have to be dropped.
        """
        placed = self.fitted_whole(sentences, windows)
        if placed is None and any(sentence.pause_s for sentence in sentences):
            sentences = [sentence._replace(pause_s=0.0) for sentence in sentences]
            placed = self.fitted_whole(sentences, windows)
        if placed is not None:
            return placed
        ranks = sorted({rank for sentence in sentences for rank, _ in sentence.forms if rank < below})
        attempts = (self._placed(sentences, windows, above) for above in ranks)
        return next((attempt for attempt in attempts if attempt is not None), None)

    def _placed(self, sentences: Sequence[Sentence], windows: Sequence[Window], above: float) -> list[Cue] | None:
        """Place each sentence in its longest form with a rank above `above`; return None if they do not fit."""
        places: list[tuple[Sentence, str, float, Window]] = []
        unsaid: list[str] = []
        ahead = list(windows)
        free_s = -inf
        for sentence in sentences:
            text = sentence.form(above)
            if not text:
                unsaid += [sentence.whole] if sentence.rank >= EXPECTED_FROM else []
                continue
            length = self.needs_s(text)
            while ahead and not _has_room(ahead[0], free_s, length):
                del ahead[0]
            if not ahead:
                return None
            at_s = instant(max(ahead[0].start_s, free_s))
            places.append((sentence, text, at_s, ahead[0]))
            free_s = at_s + length + GAP_S + sentence.pause_s
        return _with_unsaid([self._sentence_cue(*place) for place in places], unsaid)

    def _sentence_cue(self, sentence: Sentence, text: str, at_s: float, window: Window) -> Cue:
        """Return the cue of a sentence in the form `text`, with its first and its shortest form."""
        short = sentence.forms[-1][1]
        return self.cue(
            text, sentence.topics, at_s, window, sentence.facts, sentence.whole, short if short != text else ""
        )

    def cue(
        self, text: str, topics: tuple[Topic, ...], at_s: float, window: Window, facts: Facts, planned: str = "",
        short: str = "",
    ) -> Cue:  # fmt: skip
        """Return the cue of `text` at `at_s` in `window`; `planned` are its full words if it has fewer."""
        needs = instant(speech_seconds(text, self.words_a_minute))
        phrase = Phrase(text, topics, planned or text, needs, instant(window.end_s - at_s), facts, short)
        return Cue(at_s, window.phase, phrase=phrase, end_by_s=window.end_s)


def _has_room(window: Window, free_s: float, length: float) -> bool:
    if window.beat is not None and window.start_s < free_s:
        return False
    return instant(max(window.start_s, free_s) + length) <= window.end_s


def _with_unsaid(cues: list[Cue], unsaid: Sequence[str]) -> list[Cue]:
    """Return `cues` with the unsaid sentences added to the planned words of its last phrase."""
    missed = " ".join(filter(None, unsaid))
    if not missed or not cues:
        return cues
    last = cues[-1]
    assert last.phrase is not None
    return [*cues[:-1], last._replace(phrase=last.phrase._replace(planned=f"{last.phrase.planned} {missed}"))]
