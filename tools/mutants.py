"""Change one rule at a time and see that a test fails: `python -m tools.mutants [N…]`, all of them or by number.

Each mutant replaces a text that occurs once in a file and runs the test files that belong to the rule, in a copy of the
checkout. It is killed if a test fails. A mutant that survives names a rule without a test; a text that is no longer
found must be replaced here.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
COPIED = ("tui", "tests", "tools", "docs", "routines", "sounds", "pyproject.toml", "README.md", "hatch_build.py")

PYTEST_FAILED = 1
"""Exit code of pytest if a test failed; others mean that the tests could not be run."""

TIMEOUT_S = 600.0


SCRIPT = "script script_rests script_way_out script_edits script_in_work shorten"
"""The tests of what is said when."""

TESTS = {
    "cli/start.py": "safety",
    "engine/choices.py": "safety",
    "engine/swaps.py": "safety",
    "engine/posture.py": "posture safety",
    "coach/fitting.py": "fitting opening",
    "coach/announcement.py": f"fitting known safety {SCRIPT}",
    "coach/script.py": f"opening {SCRIPT}",
    "coach/opening.py": "opening",
    "coach/phrases.py": "opening",
    "coach/known.py": "known",
    "coach/in_work.py": f"alternating safety {SCRIPT}",
    "coach/scene.py": "cues",
    "audio/cue_feed.py": "conductor",
    "conductor.py": "conductor",
    "engine/alternatives.py": "alternatives",
    "engine/limits.py": "alternatives limits",
    "engine/session.py": "session session_edits clocked_blocks",
    "engine/edits.py": "session session_edits clocked_blocks",
    "engine/navigation.py": "session session_edits clocked_blocks",
    "engine/clock.py": "session session_edits",
    "engine/revision.py": "session_revise",
    "coach/coach.py": "alternating session conductor",
    "engine/stages.py": "clocked_blocks build",
    "engine/planner.py": f"clocked_blocks build {SCRIPT}",
    "engine/summary.py": "clocked_blocks",
    "coach/cue.py": "cues",
    "coach/cue_track.py": "alternating clocked_blocks",
    "ladder/counting.py": "proposals proposals_again proposals_growth",
    "ladder/proposals.py": "proposals proposals_again proposals_growth",
    "ladder/cautions.py": "cautions proposals proposals_again",
    "ladder/practice.py": "proposals proposals_again proposals_growth",
    "ladder/growth.py": "growth",
    "today/nudges.py": "nudges",
    "today/nudge_plan.py": "nudges",
    "routine/durations.py": "durations",
    "routine/model.py": "reader",
    "routine/resolve.py": "reader_coach",
    "history/journal_reader.py": "journal journal_files history interrupted interrupted_damage",
    "today/pick.py": "pick",
    "today/due.py": "due",
    "today/goal.py": "goal history_days",
    "history/running_file.py": "journal journal_files history interrupted interrupted_damage",
    "history/journal.py": "journal journal_files history interrupted interrupted_damage",
}
"""The tests that notice the changes of a file below `tui`: `fitting` is `tests/unit/test_fitting.py`."""

CHANGES = (
    ("routines/exercises/sit-to-stand.toml", "Stand up, most of your weight on", "Stand up on"),
    ("routines/before-the-gym.toml", '"two-legs"\npinned      = true', '"two-legs"'),
    ("routines/on-rising.toml", "pinned      = true", ""),
    ("routines/exercises/sofa-bridge.toml", " The sofa must not slide.", ""),
    ("routines/exercises/kettle-stand.toml", "pouring. The cushion must not slip.", "pouring."),
    ("routines/exercises/adductor-stretch.toml", ', on = "end"', ""),
    ("routines/before-the-gym.toml", ', unless = "sit-to-stand=hands-help"', ""),
    ("routines/before-the-gym.toml", "On a floor that does not slip, feet hip-width.", "Feet hip-width."),
    ("routines/exercises/standing-thrust.toml", "Don't lean back. And", "And"),
    ("routines/exercises/adductor-stretch.toml", "Not in socks on a smooth floor.", ""),
    ("routines/exercises/hip-flexor-stretch.toml", "{side} heel up, tuck your pelvis.", "{side} heel up."),
    ("routines/exercises/side-plank.toml", 'switch_say = "Roll over to the other side."', ""),
    ("routines/exercises/squat.toml", ", and only without pain", ""),
    ("cli/start.py", "(*((WHEN_NOT_TO,) if is_new else ()), *lines", "(*lines"),
    ("engine/choices.py", "if set_.pinned else choices", "if False else choices"),
    ("engine/swaps.py", "!= swap.exercise or own_set(routine, slot).pinned", "!= swap.exercise"),
    ("engine/swaps.py", "    if own_set(routine, swap.slot).pinned:", "    if False:"),
    ("coach/announcement.py", "Rank.STEP + 1 / (at + 2)", "Rank.STEP"),
    ("coach/announcement.py", "is not None or plan.explain is Explain.NOTHING:", "is not None:"),
    ("coach/script.py", "scene.gap == (rest,)", "scene.gap"),
    ("coach/known.py", "layer.caution_short, layer.fix)", "layer.caution_short)"),
    ("engine/posture.py", 'Posture.SUPINE: "Roll to your side.",', 'Posture.SUPINE: "",'),
    ("engine/posture.py", "position=Posture.SITTING, place=Place.CHAIR)", ")"),
    ("coach/announcement.py", "fact, pause_s=way_s)", "fact)"),
    ("coach/in_work.py", "_reps(rep_s) - 1, rep_s, ONE_MORE)", "_reps(rep_s) - 2, rep_s, ONE_MORE)"),
    (
        "coach/fitting.py",
        "CAUTION = 11\n    OPEN_HINT = 12\n    DOSE = 13",
        "DOSE = 11\n    OPEN_HINT = 12\n    CAUTION = 13",
    ),
    ("coach/fitting.py", "REMINDER = 3\n    FIX = 4", "FIX = 3\n    REMINDER = 4"),
    ("coach/fitting.py", "TITLE = 1\n    KIT = 2", "KIT = 1\n    TITLE = 2"),
    ("coach/fitting.py", "EXPECTED_FROM = Rank.STEP", "EXPECTED_FROM = Rank.DOSE"),
    ("coach/announcement.py", "Rank.OPEN_HINT, OPEN", "Rank.STEP, OPEN"),
    ("coach/announcement.py", "if not rolls and (stay", "if (stay"),
    ("coach/announcement.py", "_changes_side(left, work) and _is_again", "_is_again"),
    ("coach/announcement.py", "plan.caution_short and not any(_caution(work, announced))", "plan.caution_short"),
    ("coach/opening.py", "if len(timeline.sets) > 1 else", "if timeline else"),
    ("coach/opening.py", "kit |= Counter(map", "kit += Counter(map"),
    ("coach/script.py", "least_s - gap.phase.length_s", "0.0"),
    ("coach/phrases.py", "int(seconds / HALF_MINUTE_S + 0.5)", "round(seconds / HALF_MINUTE_S)"),
    ("coach/announcement.py", "REST_FROM_S = 6.0", "REST_FROM_S = 3.0"),
    ("coach/announcement.py", "is Explain.ALL and not _is_again(left, plan):", "is Explain.ALL:"),
    ("coach/script.py", "if instant(by_s) <= scene.phase.end_s:", "if by_s:"),
    ("coach/script.py", "TEN_SECONDS_FROM_S = 25.0", "TEN_SECONDS_FROM_S = 24.0"),
    ("coach/script.py", "max(least_s, opening_s + there_s,", "max(least_s,"),
    ("coach/script.py", "for longer_s in (0.0, HALF_MINUTE_S))", "for longer_s in (0.0,))"),
    ("coach/known.py", "return Explain.REFRESHER if", "return Explain.CAUTION if"),
    ("coach/script.py", "early, Rank.TEN_SECONDS)", "early, Rank.STEP)"),
    ("coach/opening.py", "if need.casefold() not in listed", "if need"),
    ("coach/in_work.py", "WAY_OUT_FROM_S = 18.0", "WAY_OUT_FROM_S = 8.0"),
    ("coach/in_work.py", "plan.explain is not Explain.ALL or", "plan.explain is Explain.NOTHING or"),
    ("coach/in_work.py", "SIDED_REPS = 2", "SIDED_REPS = 1"),
    ("coach/in_work.py", "if at_s < from_s or needs > spare_s or clear_of", "if at_s < from_s or clear_of"),
    ("coach/in_work.py", "spoken_s + needs, instant(side.at_s + needs + QUIET_S)", "spoken_s + needs, from_s"),
    (
        "coach/in_work.py",
        "at_s < from_s or needs > spare_s or clear_of(near, at_s, needs) is not None",
        "at_s < from_s",
    ),
    ("coach/in_work.py", "for text in (*with_side, *wordings):", "for text in wordings:"),
    ("coach/in_work.py", "if from_s <= window.start_s and window.end_s <= at_s)", "if window.end_s <= at_s)"),
    ("coach/in_work.py", "self.phase.length_s / rep_s + 0.5)", "self.phase.length_s / rep_s + 0.9)"),
    ("coach/cue_track.py", "self.revise(scene, pause_s=QUIET_S)", "self.revise(scene)"),
    ("coach/cue_track.py", "and scene.phase.side is Side.ALTERNATE:", "and False:"),
    ("coach/coach.py", "if cue.phrase and not is_side_of_rep(cue)", "if cue.phrase"),
    ("coach/in_work.py", "SHARE = 1 / 3", "SHARE = 1 / 2"),
    ("coach/in_work.py", "FIX_AFTER = 2", "FIX_AFTER = 1"),
    ("coach/in_work.py", "EVERY_IN_REPS_S = 9.0, 7.0", "EVERY_IN_REPS_S = 6.0, 7.0"),
    ("coach/in_work.py", "EVERY_IN_REPS_S = 9.0, 7.0", "EVERY_IN_REPS_S = 9.0, 5.0"),
    ("coach/in_work.py", "FIRST_IN_HOLD_S = 4.0", "FIRST_IN_HOLD_S = 1.0"),
    ("coach/in_work.py", "ANSWER_WITHIN_S = 2.5", "ANSWER_WITHIN_S = 6.0"),
    ("coach/in_work.py", ">= FIX_AFTER and self.phase.slot.round == 0 and", ">= FIX_AFTER and"),
    ("coach/in_work.py", "return cues if cues and cues[0].at_s <= last_s else []", "return cues"),
    ("coach/in_work.py", "QUIET_S = 3.0", "QUIET_S = 1.0"),
    ("coach/in_work.py", "LONG_HOLD_S = 30.0", "LONG_HOLD_S = 20.0"),
    ("coach/in_work.py", "HALF_FROM_S = 40.0", "HALF_FROM_S = 30.0"),
    ("coach/scene.py", "COUNTDOWN_FROM_S = 5.0", "COUNTDOWN_FROM_S = 5.5"),
    ("coach/scene.py", "HALFWAY_FROM_S = 20.0", "HALFWAY_FROM_S = 20.5"),
    ("audio/cue_feed.py", "HORIZON_S / 2", "HORIZON_S / 100"),
    ("conductor.py", "MOST_WAKE_S = 1.5", "MOST_WAKE_S = 5.0"),
    ("engine/alternatives.py", "MOST_OFFERED = 12", "MOST_OFFERED = 13"),
    ("engine/limits.py", "timed_s(plan) <= block.every_s + ROUNDING_S", "timed_s(plan) < block.every_s"),
    ("engine/alternatives.py", "and self.loud <= other.loud", ""),
    ("engine/navigation.py", "BACK_WINDOW_S = 3.0", "BACK_WINDOW_S = 4.0"),
    ("engine/edits.py", "LEAST_LEFT_S = 3.0", "LEAST_LEFT_S = 2.0"),
    ("engine/session.py", "elif clock is not None and phase.is_on_one_side", "elif clock is None"),
    ("engine/session.py", "clock.moved(at_s - phase.end_s if is_over else by_s)", "clock.moved(by_s)"),
    ("engine/navigation.py", "if back and is_on else", "if False else"),
    ("engine/revision.py", "slot.round < new.rounds and ", ""),
    ("engine/clock.py", "STOPPED_S = 3.0", "STOPPED_S = 4.0"),
    ("coach/coach.py", "LATE_S = 0.25", "LATE_S = 0.5"),
    ("engine/planner.py", "LEAST_WORK_S = 1.0", "LEAST_WORK_S = 0.5"),
    ("engine/stages.py", "MAX_REPS_ESTIMATE_S = 30.0", "MAX_REPS_ESTIMATE_S = 20.0"),
    ("engine/planner.py", "coming.round > last.slot.round", "coming.round >= last.slot.round"),
    ("engine/planner.py", "and left.slot.block == coming.block", ""),
    ("engine/stages.py", "phase.length_s - min(phase.extended_s, 0.0)", "phase.length_s"),
    ("engine/summary.py", "sum(count == amraps[block]", "sum(count >= 1"),
    ("coach/cue.py", "EVENT = 3", "EVENT = 0"),
    ("coach/cue.py", "SOUND = 1\n    PHRASE = 2", "SOUND = 2\n    PHRASE = 1"),
    ("coach/cue_track.py", "c.at_s >= self._heard_s", "c.at_s > self._heard_s"),
    ("ladder/counting.py", "A_WEEK = timedelta(days=7)", "A_WEEK = timedelta(days=6)"),
    ("ladder/counting.py", "min(1 + falls, MOST_WEEKS)", "1"),
    ("ladder/counting.py", "MOST_WEEKS = 6", "MOST_WEEKS = 7"),
    ("ladder/counting.py", "_replace(effort=Effort.EASY)", "_replace(effort=Effort.RIGHT)"),
    ("ladder/proposals.py", "A_SEASON = timedelta(days=90)", "A_SEASON = timedelta(days=89)"),
    ("ladder/proposals.py", "LATER_SESSIONS = 2", "LATER_SESSIONS = 1"),
    ("ladder/cautions.py", "CLEAN_SESSIONS = 2", "CLEAN_SESSIONS = 1"),
    ("ladder/practice.py", "self.hurt or self.effort is Effort.HARD", "self.effort is Effort.HARD"),
    ("ladder/practice.py", "float(int(seconds + 0.5))", "float(int(seconds))"),
    ("ladder/growth.py", "/ (2 if plan.sides.are_two else 1)", ""),
    ("today/nudges.py", "QUIET_S = 600.0", "QUIET_S = 540.0"),
    ("today/nudges.py", "return self._may_be_due and not seen.locked", "return self._may_be_due"),
    ("today/nudges.py", "not before.locked and not self._away", "not before.locked"),
    ("today/nudges.py", "if ended_s <= self._begun_s:", "if False:"),
    ("today/nudges.py", "or until_s > self._due_s:", "or True:"),
    ("today/nudge_plan.py", "HOUR_S / len(self.marks) / 2", "HOUR_S / 2"),
    ("routine/durations.py", "seconds - 1e-6", "seconds + 1e-6"),
    ("routine/durations.py", "[0-5][0-9](?:", "[0-9][0-9](?:"),
    ("routine/model.py", "rounds: int = 1", "rounds: int = 2"),
    ("routine/model.py", "every: int = 2", "every: int = 3"),
    ("routine/resolve.py", "if whole is not None:\n            break", ""),
    ("history/journal_reader.py", 'and record.get("how") == "finished"', ""),
    ("today/pick.py", "REST_DAYS = 1", "REST_DAYS = 0"),
    ("today/pick.py", "NEW_UNTIL = 3", "NEW_UNTIL = 2"),
    ("today/pick.py", "routine.id != done[0].routine", "routine.id != done[-1].routine"),
    ("today/due.py", "if at < hours[1]:", "if at <= hours[1]:"),
    ("today/goal.py", "if first <= day <= today and", "if first < day <= today and"),
    ("today/goal.py", "COUNTS_FROM_S = 10.0", "COUNTS_FROM_S = 11.0"),
    ("history/running_file.py", '.rfind(b"\\n") + 1)', '.rfind(b"\\n"))'),
    ("history/journal.py", "self._over = [], [], 0, False", "self._over = [], [], 1, False"),
)
"""A file, a text that occurs once in it, and what it becomes."""


class Mutant(NamedTuple):
    """In `file`, below `tui` unless it is one of `routines`, `old` becomes `new`."""

    file: str
    old: str
    new: str

    @property
    def path(self) -> Path:
        """The file's path in a checkout."""
        return Path(self.file) if self.is_data else Path("tui", self.file)

    @property
    def is_data(self) -> bool:
        """Whether it changes what is taught and not the code."""
        return self.file.startswith("routines/")

    @property
    def tests(self) -> list[str]:
        """The test files; one of them notices the change."""
        names = "safety" if self.is_data else TESTS[self.file]
        return [f"tests/unit/test_{name}.py" for name in names.split()]


MUTANTS = tuple(Mutant(*change) for change in CHANGES)


def mutated(mutant: Mutant, root: Path) -> str:
    """Return the content of the mutant's file below `root` with its change.

    Raises LookupError unless the text occurs once.
    """
    content = (root / mutant.path).read_text("utf-8")
    if (count := content.count(mutant.old)) != 1:
        raise LookupError(f"{mutant.path} has {mutant.old!r} {count} times, not once")
    return content.replace(mutant.old, mutant.new)


def outcome(mutant: Mutant, copy: Path) -> str:
    """Return what became of the mutant in `copy`, a copy of the checkout that is left as it was."""
    try:
        content = mutated(mutant, copy)
    except (LookupError, OSError) as error:
        return f"not found: {error}"
    path = copy / mutant.path
    before = path.read_bytes()
    path.write_text(content, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *mutant.tests]
    environ = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            command, cwd=copy, env=environ, capture_output=True, text=True, check=False, timeout=TIMEOUT_S
        )
    except subprocess.TimeoutExpired:
        return "killed (it does not end)"
    finally:
        path.write_bytes(before)
    if done.returncode == PYTEST_FAILED:
        return "killed"
    return "SURVIVED" if done.returncode == 0 else f"cannot be tested: {done.stdout[-500:]}{done.stderr[-500:]}"


def main() -> int:
    """Try the mutants that are named by number, or all; return 0 if each is killed."""
    numbers = [int(argument) for argument in sys.argv[1:]] or range(1, len(MUTANTS) + 1)
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in COPIED:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / name, copy)
        for number in numbers:
            mutant = MUTANTS[number - 1]
            found = outcome(mutant, copy)
            failed += not found.startswith("killed")
            print(f"{number:2} {mutant.file}: {mutant.old.strip()!r} → {mutant.new.strip()!r}: {found}", flush=True)
    print(f"{failed} of {len(numbers)} not killed")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
