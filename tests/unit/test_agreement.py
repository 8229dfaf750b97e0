"""The plan, the list, the screen and the voice agree, whatever is turned off."""

import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest

import tui.audio.voices
from tests.fakes import FakeClock, RecordingPlayer
from tests.for_each import for_each
from tui.cli.run import run
from tui.coach.cue import NAMING, CueClass
from tui.coach.cued_timeline import CuedTimeline, cued_timeline
from tui.engine.commands import Start
from tui.files.places import find_places
from tui.files.settings import Settings
from tui.files.settings_file import load_settings, save_setting
from tui.make_conductor import new_conductor
from tui.user_data import UserData

BOTH = """\
format = 1
[defaults]
prepare = "3s"
rest = "4s"
[[sets]]
exercise = "{first}"
[[sets]]
exercise = "standing-squeeze"
"""
QUIET = [("voice.mode", "off"), ("cues.voice.on", False), ("audio.mute", True), ("audio.backend", "silent")]


@dataclass
class Seen:
    """The same workout as the program plans, lists, shows and performs it."""

    planned: CuedTimeline
    listed_s: float
    shown_s: float
    shown: list[str]
    performed_s: float
    spoken: list[str]


Look = Callable[..., Seen]


@pytest.fixture
def look(capsys: pytest.CaptureFixture[str], few_routines: None) -> Look:
    def seen(first: str = "kettle-stand", *settings: tuple[str, object], quiet: bool = False) -> Seen:
        places = find_places()
        places.routines.mkdir(parents=True, exist_ok=True)
        text = BOTH.format(first=first).replace("format = 1", "format = 1\nquiet = true") if quiet else BOTH
        (places.routines / "mine.toml").write_text(text.format(first=first))
        for key, value in settings:
            save_setting(places, key, value)
        user = UserData.read(places, warn=print)
        routine = user.catalog.find("mine").routine
        assert routine is not None
        player, clock = RecordingPlayer(), FakeClock()
        user.clocks = clock.clocks()
        planned = cued_timeline(routine, user.choices, user.coaching)
        listed_s = next(card.total_s for card in user.cards if card.id == "mine")
        assert run(["show", "mine", "--json"]) == 0
        shown = json.loads(capsys.readouterr().out)
        conductor = new_conductor(user, routine, user.choices, ring=lambda: None, player=player)
        conductor.do(Start())
        spoken = [item.say for item in player.remaining if item.say] if not user.settings.audio.mute else []
        says = [cue["say"] for cue in shown["cues"] if cue["say"]]
        return Seen(planned, listed_s, shown["total_s"], says, conductor.timeline.total_s, spoken)

    return seen


def test_with_a_voice_all_of_it_is_planned_shown_and_spoken(look: Look) -> None:
    seen = look()
    assert seen.planned.total_s == seen.listed_s == seen.shown_s == seen.performed_s
    assert seen.shown == seen.spoken == [cue.say for cue in seen.planned.cues if cue.say]
    assert not any(cue.phrase.shortened for cue in seen.planned.cues if cue.phrase)
    assert seen.planned.phases[0].length_s > 20


def test_with_names_there_is_time_for_names_only(look: Look) -> None:
    whole, names = look(), look("kettle-stand", ("voice.mode", "names"))
    assert names.planned.total_s == names.listed_s == names.shown_s == names.performed_s < whole.planned.total_s
    naming = [cue for cue in names.planned.cues if cue.phrase and not NAMING.isdisjoint(cue.phrase.topics)]
    assert names.shown == names.spoken == [cue.say for cue in naming]
    assert not any(cue.phrase.shortened for cue in naming if cue.phrase)
    first = [cue for cue in naming if cue.phase == 0]
    assert first[-1].phrase is not None
    assert first[-1].at_s + first[-1].phrase.needs_s > names.planned.phases[0].length_s - 6  # no silence is planned


@pytest.mark.parametrize(
    "setting", [QUIET[0], *(pytest.param(one, marks=pytest.mark.slow) for one in QUIET[1:])], ids=str
)
def test_without_a_voice_no_time_is_planned_for_words(look: Look, setting: tuple[str, object]) -> None:
    seen = look("kettle-stand", setting)
    assert seen.planned.total_s == seen.listed_s == seen.shown_s == seen.performed_s
    assert [phase.length_s for phase in seen.planned.phases if phase.kind in ("prepare", "rest")] == [5, 4]
    assert setting[0] == "audio.backend" or seen.spoken == []
    assert look("seated-squeeze", setting).planned.phases[0].length_s == 3


@for_each(("key", "value"), QUIET)
def test_words_are_not_waited_for_with_any_setting_that_keeps_them_from_being_heard(key: str, value: object) -> None:
    assert Settings().coaching.waits
    save_setting(find_places(), key, value)
    assert not load_settings(find_places())[0].coaching.waits
    find_places().settings_file.unlink()


def test_on_a_machine_without_a_voice_no_time_is_planned_for_words(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tui.audio.voices, "is_installed", lambda command: False)
    seen = look("seated-squeeze")
    assert seen.planned.total_s == seen.listed_s == seen.shown_s == seen.performed_s
    assert seen.planned.phases[0].length_s == 3


def test_a_routine_that_starts_muted_waits_for_no_words(look: Look) -> None:
    seen = look("seated-squeeze", quiet=True)
    assert seen.planned.total_s == seen.listed_s == seen.shown_s == seen.performed_s
    assert (seen.planned.phases[0].length_s, seen.spoken) == (3, [])


def test_mute_for_one_workout_does_the_same(look: Look) -> None:
    look("seated-squeeze")
    user = UserData.read(find_places(), warn=print)
    routine = user.catalog.find("mine").routine
    assert routine is not None
    user.mute_for(True)
    assert cued_timeline(routine, user.choices, user.coaching).phases[0].length_s == 3


def test_a_script_that_is_not_heard_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    save_setting(find_places(), "voice.mode", "off")
    assert run(["show", "kettle-break", "--script"]) == 0
    assert "these words are shown" in capsys.readouterr().out


def test_a_file_of_sound_has_time_for_its_words_though_the_program_is_muted() -> None:
    save_setting(find_places(), "audio.mute", True)
    user = UserData.read(find_places(), warn=print)
    assert (user.coaching.waits, user.coaching_for_render.waits) == (False, True)
    save_setting(find_places(), "cues.voice.on", False)
    assert not UserData.read(find_places(), warn=print).coaching_for_render.waits


def test_explain_has_three_values() -> None:
    for value, usual in (("always", "all"), ("as-needed", "all"), ("never", "nothing")):
        save_setting(find_places(), "workout.explain", value)
        assert load_settings(find_places())[0].coaching.usual == usual
    off = Settings().cues[CueClass.VOICE]
    assert Settings().speaks and not Settings()._replace(cues={CueClass.VOICE: off._replace(on=False)}).speaks
