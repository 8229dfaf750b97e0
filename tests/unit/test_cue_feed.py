"""The schedule and the phrases that a workout gives to the player."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.conducted import Stage, bridges
from tests.for_each import for_each
from tests.workouts import BRIDGE, block, layer, routine
from tui.audio.player import SOUND_IS_BACK, PlayerStatus
from tui.coach import cue_track, cues
from tui.coach.cue import Cue, CueClass
from tui.coach.cues import phase_cues
from tui.coach.scene import Scene
from tui.coach.script import script
from tui.engine.commands import Back, Done, Extend, Next, Pause, Resume, Scope, Stop
from tui.engine.events import Paused
from tui.engine.model import PauseReason
from tui.engine.position import SessionState
from tui.files.settings import AudioSettings, CueSetting, Settings, VoiceSettings

VOICE_OFF = Settings()._replace(cues={**Settings().cues, CueClass.VOICE: CueSetting(on=False)})


def test_the_player_gets_the_whole_schedule_once_and_then_only_edits() -> None:
    stage = Stage(bridges())
    assert stage.heard()[0] == (7, "countdown")
    assert stage.heard()[-1] == (110, "finish")
    assert stage.player.remaining[-1].say == "That's it, well done."
    stage.run(200)
    assert len(stage.player.schedules) == 1
    assert stage.conductor.state is SessionState.FINISHED


def test_every_edit_replaces_the_whole_remaining_list() -> None:
    stage = Stage(bridges())
    stage.run(15)
    stage.conductor.do(Extend(10))
    assert stage.heard()[-1] == (120, "finish")
    stage.conductor.do(Pause())
    assert stage.player.remaining == ()
    stage.clock.advance(50)
    stage.conductor.do(Resume())
    assert stage.heard()[-1] == (170, "finish")
    stage.conductor.do(Next())
    assert stage.heard()[-1] == (65 + 20 + 40, "finish")
    assert (65, "rest") in stage.heard()


def test_the_schedule_of_an_edit_can_wait_until_the_edit_is_shown() -> None:
    stage = Stage(bridges())
    stage.run(15)
    waiting: list[Callable[[], None]] = []
    stage.conductor.later = waiting.append
    sent = len(stage.player.schedules)
    stage.conductor.do(Extend(10))
    stage.conductor.do(Pause())
    assert len(stage.player.schedules) == sent
    for act in waiting:
        act()
    assert stage.player.remaining == ()
    stage.conductor.do(Stop())
    ended = stage.player.remaining
    waiting[0]()
    assert stage.player.remaining == ended, "nothing is planned after the end"


def test_the_cues_of_an_edit_are_planned_once_it_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage(bridges())
    stage.run(15)
    planned, waiting = list[int](), list[Callable[[], None]]()

    def noted(scene: Scene, *given: Any, **how: Any) -> list[Cue]:
        planned.append(scene.phase.index)
        return phase_cues(scene, *given, **how)

    monkeypatch.setattr(cue_track, "phase_cues", noted)
    stage.conductor.later = waiting.append
    stage.conductor.do(Extend(10))
    assert planned == []
    for act in waiting:
        act()
    assert planned.count(stage.conductor.session.phase.index) == 1
    assert stage.heard()[-1] == (120, "finish")


def test_words_that_nobody_hears_are_not_planned_and_the_sounds_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    spoken = Stage(bridges()).heard()
    planned = list[int]()

    def noted(scene: Scene, *given: Any) -> list[Cue]:
        planned.append(scene.phase.index)
        return script(scene, *given)

    monkeypatch.setattr(cues, "script", noted)
    stage = Stage(bridges(), VOICE_OFF)
    assert stage.heard() == spoken
    assert set(planned) == {0}, "the screen shows the words of the current phase"


def test_a_sound_that_has_begun_stays_in_the_schedule_through_an_edit_but_not_through_a_pause() -> None:
    stage = Stage(bridges())
    stage.run(10.1)
    stage.conductor.do(Extend(10))
    assert stage.heard()[0] == (10, "start")
    stage.conductor.do(Pause())
    stage.conductor.do(Resume())
    assert stage.heard()[0][1] == "halfway"
    stage.conductor.do(Extend(10))
    assert stage.heard()[0][1] == "halfway", "what sounded before a pause does not come again later"
    stage.conductor.do(Back())
    assert stage.heard()[0] == (10.1, "start")


def test_an_open_set_holds_the_schedule_back_until_done() -> None:
    stage = Stage(routine(block("hops", own=layer(rest=10), rounds=2)))
    assert [name for _, name in stage.heard()] == ["start"]
    stage.run(100)
    stage.conductor.do(Done())
    assert stage.heard() == [(100, "rest"), (107, "countdown"), (108, "countdown"), (109, "countdown"), (110, "start")]


def test_an_end_that_comes_early_is_heard_at_once() -> None:
    stage = Stage(routine(block("stretch")))
    stage.run(5)
    stage.conductor.do(Next())
    assert stage.heard() == [(5, "finish")]
    stage.conductor.close()
    assert stage.heard() == [(5, "finish")]


def test_leaving_silences_the_player() -> None:
    stage = Stage(bridges())
    stage.run(5)
    stage.conductor.do(Stop())
    assert stage.player.remaining == ()
    assert stage.lines()[-1]["type"] == "end"


def test_classes_that_are_off_are_not_scheduled_and_come_back_at_once() -> None:
    off = Settings()._replace(cues={**Settings().cues, CueClass.COUNTDOWN: CueSetting(on=False)})
    stage = Stage(bridges(), off)
    assert "countdown" not in [name for _, name in stage.heard()]
    stage.conductor.apply(Settings(audio=AudioSettings(volume=50, mute=True)))
    assert "countdown" in [name for _, name in stage.heard()]
    assert (stage.player.levels[-1].overall, stage.player.levels[-1].muted) == (0.5, True)


@for_each(
    ("mode", "expected"),
    [("off", set()), ("names", {"First", "Last set"}), ("all", {"Squeeze", "That's it, well done"})],
)
def test_the_voice_says_all_names_or_nothing(mode: str, expected: set[str]) -> None:
    stage = Stage(bridges(), Settings(voice=VoiceSettings(mode=mode)))
    said = {str(item.say).split(":")[0].split(".")[0] for item in stage.player.remaining if item.say}
    assert expected <= said
    assert ("Squeeze" in said) is (mode == "all")
    assert all(phrase in stage.player.phrases for phrase in (i.say for i in stage.player.remaining) if phrase)


def test_phrases_are_loaded_in_the_order_they_are_due_and_none_is_forgotten_after_a_swap() -> None:
    stage = Stage(bridges())
    first = list(stage.player.phrases)
    due = dict.fromkeys(text for item in stage.player.remaining for text in (item.say, item.short) if text)
    assert first == [*due, "Paused: the computer slept.", "Paused: the program was stopped."]
    stage.swap("single-leg", Scope.TODAY)
    again = stage.player.phrases[len(first) :]
    assert again[0] == "First: reverse bridge, single leg."
    assert set(first) < set(again)


def test_phrases_of_a_new_progression_are_loaded_when_it_is_swapped_to() -> None:
    stage = Stage(bridges())
    assert not any("single leg" in phrase for phrase in stage.player.phrases)
    stage.swap("single-leg", Scope.TODAY)
    assert any("single leg" in phrase for phrase in stage.player.phrases)


def test_a_phase_that_was_skipped_to_in_a_pause_begins_with_its_sound() -> None:
    stage = Stage(bridges())
    stage.run(5)
    stage.conductor.do(Pause())
    stage.conductor.do(Next())
    stage.clock.advance(60)
    stage.conductor.toggle()
    assert next((round(at), name) for at, name in stage.heard()) == (65, "start")


def test_an_end_that_is_reached_in_a_pause_is_heard() -> None:
    stage = Stage(routine(block("stretch")))
    stage.run(5)
    stage.conductor.do(Pause())
    stage.conductor.do(Extend(-60))
    assert stage.conductor.state is SessionState.FINISHED
    assert [name for _, name in stage.heard()] == ["finish"]


def test_the_player_gets_more_when_half_of_ten_minutes_is_over() -> None:
    stage = Stage(routine(block("stretch", rounds=60)))
    assert stage.heard()[-1] == (629, "countdown")
    stage.run(299)
    assert len(stage.player.schedules) == 1
    stage.run(3)
    assert len(stage.player.schedules) == 2
    assert 897 < stage.heard()[-1][0] < 935


def test_the_player_always_knows_the_next_five_minutes() -> None:
    stage = Stage(routine(block("stretch", rounds=60, own=layer(rest=10))))
    end_s = stage.player.remaining[0].at + stage.conductor.timeline.total_s
    for _ in range(20):
        stage.run(20)
        assert stage.player.remaining[-1].at >= min(stage.clock.now + 299, end_s)


class TestBesideTheScript:
    """Phrases outside the script: how an exercise is done, and that there is sound again."""

    def stage(self, settings: Settings | None = None, rate: float = 1.0) -> Stage:
        bridge = BRIDGE._replace(own=BRIDGE.own._replace(steps=("Lie on your back.", "{side} heel close.")))
        made = bridges()
        return Stage(made._replace(exercises={**made.exercises, bridge.id: bridge}), settings, rate)

    def said(self, stage: Stage) -> list[str]:
        return [item.say for item in stage.player.remaining if item.say]

    def test_steps_and_caution_are_said_in_a_pause_until_the_user_has_read_enough(self) -> None:
        stage = self.stage()
        stage.run(5)
        stage.conductor.do(Pause())
        stage.conductor.explain()
        assert self.said(stage) == ["Lie on your back.", "One heel close.", "Not into an arch."]
        times = [item.at for item in stage.player.remaining]
        assert times == sorted(times) and times[0] > stage.clock.now
        assert {"One heel close.", "Not into an arch."} <= set(stage.player.phrases)
        stage.conductor.stop_explaining()
        assert self.said(stage) == []
        stage.conductor.explain()
        stage.conductor.do(Resume())
        assert self.said(stage).count("One heel close.") == 1  # that of the script

    @pytest.mark.parametrize("settings", [Settings(voice=VoiceSettings(mode="off")), VOICE_OFF], ids=("mode", "class"))
    def test_they_are_not_said_if_the_voice_is_off_or_in_a_rehearsal(self, settings: Settings) -> None:
        for stage in (self.stage(settings), self.stage(rate=10.0)):
            stage.conductor.do(Pause())
            stage.conductor.explain()
            assert self.said(stage) == []

    def test_sound_that_is_back_is_announced_while_the_workout_runs(self) -> None:
        stage = self.stage()
        stage.run(2)
        stage.player.status = PlayerStatus("bell", "No sound device plays.", audible=False)
        stage.run(2)
        assert SOUND_IS_BACK not in self.said(stage)
        stage.player.status = PlayerStatus("recording")
        stage.run(2)
        assert self.said(stage).count(SOUND_IS_BACK) == 1
        stage.conductor.do(Extend(10))
        assert SOUND_IS_BACK not in self.said(stage)

    @pytest.mark.parametrize("reason", [each for each in PauseReason if each is not PauseReason.ASKED])
    def test_every_pause_that_was_not_asked_for_is_said(self, reason: PauseReason) -> None:
        stage = self.stage()
        stage.run(2)
        if reason is PauseReason.SLEPT:
            stage.clock.sleep_machine(60)
        else:
            stage.clock.advance(60)
        happened = [event for event in stage.conductor.poll() if isinstance(event, Paused)]
        assert [event.reason for event in happened] == [reason]
        assert self.said(stage) == [stage.conductor.why_paused]
        assert stage.conductor.why_paused.startswith("Paused: the ")
        stage.conductor.do(Resume())
        stage.conductor.do(Pause())
        assert (self.said(stage), stage.conductor.why_paused) == ([], "")
