"""How long a voice takes to say an English text, estimated from its spelling alone.

The plan of what is said must know whether words fit into a rest before any voice has rendered them, on a machine that
may have no voice at all. So the estimate is a pure function: spelling gives sounds, each kind of sound has a usual
length, and punctuation is a pause. Vowels that are long or before an r take longer than short ones, small words (the,
of, your) are swallowed, and a last word of one syllable is drawn out.

The lengths are fitted to espeak-ng at 165 words a minute, without the silence before and after; at other speeds all of
them shrink or grow alike. A phrase of a second or more is estimated within 15 %, which a test holds against the voice
itself. A text in another language is estimated as if it were spelt in English.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from tui.routine.numerals import in_words

USUAL_SPEED = 165
"""Words a minute at which the lengths below hold."""

START_S = 0.05
"""What a phrase takes besides its sounds."""
WORD_S = 0.07
"""What a word that carries meaning takes besides its sounds."""
SHORT_VOWEL_S, LONG_VOWEL_S, WEAK_VOWEL_S = 0.071, 0.096, 0.055
"""As in "lift", in "lean" or "arm", and in the last syllable of "finger"."""
SMALL_WORD_S, SMALL_VOWEL_S = 0.05, 0.05
HARD_CONSONANT_S, SOFT_CONSONANT_S = 0.064, 0.05
"""As in "pat", and as in "mend"."""
LAST_S = 0.026
"""How much longer a last word of one syllable is."""
PAUSES_S = {",": 0.26, ":": 0.33, ";": 0.33, ".": 0.44, "!": 0.44, "?": 0.44}
FOREIGN_LETTER_S = 0.15
"""A letter of another script is about a syllable, as in Japanese."""

SMALL_WORDS = {
    "a", "an", "the", "to", "of", "your", "you", "is", "in", "on", "at", "for", "with", "it", "its", "as", "or",
    "are", "be", "by", "from", "that", "than", "but", "can", "through", "when",
}  # fmt: skip
"""Words that are swallowed, whatever their spelling."""

_PARTS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+|[,:;.!?](?=\s)")
_MAGIC_E = re.compile(r"(?<![aeiou])([aeiouy])([bcdfgklmnprstvz])(?:e([sd]?)|(ers?))$")
_LONG_SPELLING = {"a": "ai", "e": "ee", "i": "ie", "o": "oa", "u": "ue", "y": "ie"}
_SYLLABIC_L = re.compile(r"(?<=[^aeiou])le(s?)$")
_SILENT_E = re.compile(r"(?<=[aeiouy])([^aeiouy]+)(?:e(?=$)|(?<![td])e(?=d$)|(?<![scxzgh])e(?=s$))")
_SOUNDS = re.compile(
    r"(?P<long>eigh|igh|augh|ough|eau|ee|ea|oo|ou|ow|oi|oy|ai|ay|au|aw|ie|oa|oe|ue|ui|ey|ew|ei|[aeiou]rr?(?![aeiouy]))"
    r"|(?P<short>[aeiou]|(?<=[^aeiou])y)"
    r"|(?P<hard>tch|ck|sh|ch|th|ph|([cfhpst])\4|[cfhpqstk](?!n))"
    r"|(?P<soft>dge|wh|wr|kn|ng|gh|([a-z])\6|[a-z])"
)
_WEAK_END = re.compile(r"[aeo]rs?$")


def speech_seconds(text: str, words_a_minute: float = USUAL_SPEED) -> float:
    """About how many seconds `text` lasts when it is said at `words_a_minute`."""
    parts = _PARTS.findall(_plain_letters(text))
    while parts and parts[-1] in PAUSES_S:
        parts.pop()  # what comes after the last word is the planner's
    if not parts:
        return 0.0
    words = [word for part in parts for word in (_number_words(part) if part.isdigit() else [part])]
    seconds = START_S + sum(PAUSES_S.get(word) or _word_s(word) for word in words) + _last_s(words[-1])
    return seconds * USUAL_SPEED / words_a_minute


def _plain_letters(text: str) -> str:
    """`text` in lower case, with straight apostrophes and without accents."""
    bare = unicodedata.normalize("NFKD", text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
    return "".join(char for char in bare if not unicodedata.combining(char))


def _number_words(digits: str) -> list[str]:
    """The words of a whole number; one beyond the thousands is spelt digit by digit."""
    if len(digits) < 4:
        return in_words(int(digits)).replace("-", " ").split()
    return [in_words(int(digit)) for digit in digits]


@lru_cache(maxsize=2048)
def _sounds(word: str) -> tuple[int, int, int, int, bool]:
    """The number of long and short vowels and of hard and soft consonants, and whether the last vowel is weak."""
    spelt = word.replace("'", "").replace("qu", "kw").replace("x", "ks").replace("nger", "ngger")
    spelt = _MAGIC_E.sub(lambda found: _LONG_SPELLING[found[1]] + found[2] + (found[3] or found[4] or ""), spelt)
    spelt = _SYLLABIC_L.sub(r"el\1", spelt)
    spelt = _SILENT_E.sub(r"\1", spelt)
    kinds = [found.lastgroup for found in _SOUNDS.finditer(spelt)]
    long, short = kinds.count("long"), kinds.count("short")
    return long, short, kinds.count("hard"), kinds.count("soft"), long + short > 1 and bool(_WEAK_END.search(word))


@lru_cache(maxsize=2048)
def _word_s(word: str) -> float:
    """The seconds that a word lasts, in lower case."""
    if not word.isascii():
        return WORD_S + FOREIGN_LETTER_S * len(word)
    long, short, hard, soft, weak = _sounds(word)
    consonants_s = HARD_CONSONANT_S * hard + SOFT_CONSONANT_S * soft
    if word in SMALL_WORDS:
        return SMALL_WORD_S + SMALL_VOWEL_S * (long + short) + consonants_s
    vowels_s = LONG_VOWEL_S * (long - weak) + SHORT_VOWEL_S * short + WEAK_VOWEL_S * weak
    return WORD_S + vowels_s + consonants_s


def _last_s(word: str) -> float:
    """How much longer a word is for being the last."""
    long, short, *_ = _sounds(word)
    return LAST_S if long + short == 1 and word not in SMALL_WORDS else 0.0
