"""Change one rule at a time and check that a test fails: `python -m tools.mutants [N…]`, all of them or by number.

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
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
COPIED = ("tui", "tests", "tools", "docs", "routines", "sounds", "pyproject.toml", "README.md", "hatch_build.py")

PYTEST_FAILED = 1
"""Exit code of pytest if a test failed; others mean that the tests could not be run."""

TIMEOUT_S = 600.0


SCRIPT = "script script_rests script_way_out script_edits script_in_work shorten"
"""The tests of the words and their times."""


class Mutant(NamedTuple):
    """In the file at `path`, `old` becomes `new`; one of `tests` notices it."""

    path: Path
    old: str
    new: str
    tests: list[str]


class Rules:
    """The rules in one file, and a change that breaks each."""

    def __init__(self, path: str, tests: str, *changes: tuple[str, str]) -> None:
        """`fitting` in `tests` is `tests/unit/test_fitting.py`. A change is a text that occurs once, and another."""
        self._path, self._changes = Path(path), changes
        self._tests = [f"tests/unit/test_{name}.py" for name in tests.split()]

    @property
    def mutants(self) -> Iterator[Mutant]:
        """The mutants of the file."""
        return (Mutant(self._path, old, new, self._tests) for old, new in self._changes)


RULES = (
    Rules("routines/exercises/sit-to-stand.toml", "safety", ("Stand up, most of your weight on", "Stand up on")),
    Rules(
        "routines/before-the-gym.toml",
        "safety",
        ('"two-legs"\npinned      = true', '"two-legs"'),
        (', unless = "sit-to-stand=hands-help"', ""),
        ("On a floor that does not slip, feet hip-width.", "Feet hip-width."),
    ),
    Rules("routines/on-rising.toml", "safety", ("pinned      = true", "")),
    Rules("routines/exercises/sofa-bridge.toml", "safety", (" The sofa must not slide.", "")),
    Rules("routines/exercises/kettle-stand.toml", "safety", ("pouring. The cushion must not slip.", "pouring.")),
    Rules(
        "routines/exercises/adductor-stretch.toml",
        "safety",
        (', on = "end"', ""),
        ("Not in socks on a smooth floor.", ""),
    ),
    Rules("routines/exercises/standing-thrust.toml", "safety", ("Don't lean back. And", "And")),
    Rules(
        "routines/exercises/hip-flexor-stretch.toml", "safety", ("{side} heel up, tuck your pelvis.", "{side} heel up.")
    ),
    Rules("routines/exercises/side-plank.toml", "safety", ('switch_say = "Roll over to the other side."', "")),
    Rules("routines/exercises/squat.toml", "safety", (", and only without pain", "")),
    Rules("tui/cli/start.py", "safety", ("(*((WHEN_NOT_TO,) if is_new else ()), *lines", "(*lines")),
    Rules("tui/engine/choices.py", "safety", ("if set_.pinned else choices", "if False else choices")),
    Rules(
        "tui/engine/swaps.py",
        "safety",
        ("!= swap.exercise or own_set(routine, slot).pinned", "!= swap.exercise"),
        ("    if own_set(routine, swap.slot).pinned:", "    if False:"),
    ),
    Rules(
        "tui/engine/posture.py",
        "posture safety",
        ('Posture.SUPINE: "Roll to your side.",', 'Posture.SUPINE: "",'),
        ("position=Posture.SITTING, place=Place.CHAIR)", ")"),
    ),
    Rules(
        "tui/coach/fitting.py",
        "fitting opening",
        ("CAUTION = 11\n    OPEN_HINT = 12\n    DOSE = 13", "DOSE = 11\n    OPEN_HINT = 12\n    CAUTION = 13"),
        ("REMINDER = 3\n    FIX = 4", "FIX = 3\n    REMINDER = 4"),
        ("TITLE = 1\n    KIT = 2", "KIT = 1\n    TITLE = 2"),
        ("EXPECTED_FROM = Rank.STEP", "EXPECTED_FROM = Rank.DOSE"),
    ),
    Rules(
        "tui/coach/announcement.py",
        f"fitting known safety {SCRIPT}",
        ("Rank.STEP + 1 / (at + 2)", "Rank.STEP"),
        ("is not None or plan.explain is Explain.NOTHING:", "is not None:"),
        ("fact, pause_s=way_s)", "fact)"),
        ("Rank.OPEN_HINT, OPEN", "Rank.STEP, OPEN"),
        ("if not rolls and (stay", "if (stay"),
        ("_changes_side(left, work) and _is_again", "_is_again"),
        ("plan.caution_short and not any(_caution(work, announced))", "plan.caution_short"),
        ("REST_FROM_S = 6.0", "REST_FROM_S = 3.0"),
        ("is Explain.ALL and not _is_again(left, plan):", "is Explain.ALL:"),
    ),
    Rules(
        "tui/coach/script.py",
        f"opening {SCRIPT}",
        ("scene.gap == (rest,)", "scene.gap"),
        ("least_s - gap.phase.length_s", "0.0"),
        ("if instant(by_s) <= scene.phase.end_s:", "if by_s:"),
        ("TEN_SECONDS_FROM_S = 25.0", "TEN_SECONDS_FROM_S = 24.0"),
        ("max(least_s, opening_s + there_s,", "max(least_s,"),
        ("for longer_s in (0.0, HALF_MINUTE_S))", "for longer_s in (0.0,))"),
        ("early, Rank.TEN_SECONDS)", "early, Rank.STEP)"),
    ),
    Rules(
        "tui/coach/opening.py",
        "opening",
        ("if len(timeline.sets) > 1 else", "if timeline else"),
        ("kit |= Counter(map", "kit += Counter(map"),
        ("if need.casefold() not in listed", "if need"),
    ),
    Rules("tui/coach/phrases.py", "opening", ("int(seconds / HALF_MINUTE_S + 0.5)", "round(seconds / HALF_MINUTE_S)")),
    Rules(
        "tui/coach/known.py",
        "known",
        ("layer.caution_short, layer.fix)", "layer.caution_short)"),
        ("return Explain.REFRESHER if", "return Explain.CAUTION if"),
    ),
    Rules(
        "tui/coach/in_work.py",
        f"alternating safety {SCRIPT}",
        ("reps - 1, self.rep_s, ONE_MORE)", "reps - 2, self.rep_s, ONE_MORE)"),
        ("WAY_OUT_FROM_S = 18.0", "WAY_OUT_FROM_S = 8.0"),
        ("plan.explain is not Explain.ALL or", "plan.explain is Explain.NOTHING or"),
        ("SIDED_REPS = 2", "SIDED_REPS = 1"),
        ("if at_s < from_s or needs > spare_s or clear_of", "if at_s < from_s or clear_of"),
        ("spoken_s + needs, instant(side.at_s + needs + QUIET_S)", "spoken_s + needs, from_s"),
        ("at_s < from_s or needs > spare_s or clear_of(near, at_s, needs) is not None", "at_s < from_s"),
        ("for text in (*with_side, *wordings):", "for text in wordings:"),
        ("if from_s <= window.start_s and window.end_s <= at_s)", "if window.end_s <= at_s)"),
        ("phase.length_s / self.rep_s + 0.5)", "phase.length_s / self.rep_s + 0.9)"),
        ("SHARE = 1 / 3", "SHARE = 1 / 2"),
        ("FIX_AFTER = 2", "FIX_AFTER = 1"),
        ("EVERY_IN_REPS_S = 9.0, 7.0", "EVERY_IN_REPS_S = 6.0, 7.0"),
        ("EVERY_IN_REPS_S = 9.0, 7.0", "EVERY_IN_REPS_S = 9.0, 5.0"),
        ("FIRST_IN_HOLD_S = 4.0", "FIRST_IN_HOLD_S = 1.0"),
        ("ANSWER_WITHIN_S = 2.5", "ANSWER_WITHIN_S = 6.0"),
        (">= FIX_AFTER and self.phase.slot.round == 0 and", ">= FIX_AFTER and"),
        ("return cues if cues and cues[0].at_s <= last_s else []", "return cues"),
        ("QUIET_S = 3.0", "QUIET_S = 1.0"),
        ("LONG_HOLD_S = 30.0", "LONG_HOLD_S = 20.0"),
        ("HALF_FROM_S = 40.0", "HALF_FROM_S = 30.0"),
    ),
    Rules(
        "tui/coach/scene.py",
        "cues",
        ("COUNTDOWN_FROM_S = 5.0", "COUNTDOWN_FROM_S = 5.5"),
        ("HALFWAY_FROM_S = 20.0", "HALFWAY_FROM_S = 20.5"),
    ),
    Rules("tui/audio/cue_feed.py", "conductor", ("HORIZON_S / 2", "HORIZON_S / 100")),
    Rules("tui/conductor.py", "conductor", ("MOST_WAKE_S = 1.5", "MOST_WAKE_S = 5.0")),
    Rules(
        "tui/engine/alternatives.py",
        "alternatives",
        ("MOST_OFFERED = 12", "MOST_OFFERED = 13"),
        ("and self.loud <= other.loud", ""),
    ),
    Rules(
        "tui/engine/limits.py",
        "alternatives limits",
        ("timed_s(plan) <= block.every_s + ROUNDING_S", "timed_s(plan) < block.every_s"),
    ),
    Rules(
        "tui/engine/session.py",
        "session session_edits clocked_blocks",
        ("elif clock is not None and phase.is_on_one_side", "elif clock is None"),
        ("clock.moved(at_s - phase.end_s if is_over else by_s)", "clock.moved(by_s)"),
    ),
    Rules("tui/engine/edits.py", "session session_edits clocked_blocks", ("LEAST_LEFT_S = 3.0", "LEAST_LEFT_S = 2.0")),
    Rules(
        "tui/engine/navigation.py",
        "session session_edits clocked_blocks",
        ("BACK_WINDOW_S = 3.0", "BACK_WINDOW_S = 4.0"),
        ("if back and is_on else", "if False else"),
    ),
    Rules("tui/engine/clock.py", "session session_edits", ("STOPPED_S = 3.0", "STOPPED_S = 4.0")),
    Rules("tui/engine/revision.py", "session_revise", ("slot.round < new.rounds and ", "")),
    Rules(
        "tui/coach/coach.py",
        "alternating session conductor",
        ("if cue.phrase and not is_side_of_rep(cue)", "if cue.phrase"),
        ("LATE_S = 0.25", "LATE_S = 0.5"),
    ),
    Rules(
        "tui/engine/stages.py",
        "clocked_blocks build",
        ("MAX_REPS_ESTIMATE_S = 30.0", "MAX_REPS_ESTIMATE_S = 20.0"),
        ("phase.length_s - min(phase.extended_s, 0.0)", "phase.length_s"),
    ),
    Rules(
        "tui/engine/planner.py",
        f"clocked_blocks build {SCRIPT}",
        ("LEAST_WORK_S = 1.0", "LEAST_WORK_S = 0.5"),
        ("coming.round > last.slot.round", "coming.round >= last.slot.round"),
        ("and left.slot.block == coming.block", ""),
    ),
    Rules("tui/engine/summary.py", "clocked_blocks", ("sum(count == amraps[block]", "sum(count >= 1")),
    Rules(
        "tui/coach/cue.py",
        "cues",
        ("EVENT = 3", "EVENT = 0"),
        ("SOUND = 1\n    PHRASE = 2", "SOUND = 2\n    PHRASE = 1"),
    ),
    Rules(
        "tui/coach/cue_track.py",
        "alternating clocked_blocks",
        ("self.revise(scene, pause_s=QUIET_S)", "self.revise(scene)"),
        ("and scene.phase.side is Side.ALTERNATE:", "and False:"),
        ("c.at_s >= heard_s", "c.at_s > heard_s"),
    ),
    Rules(
        "tui/ladder/counting.py",
        "proposals proposals_again proposals_growth",
        ("A_WEEK = timedelta(days=7)", "A_WEEK = timedelta(days=6)"),
        ("min(1 + falls, MOST_WEEKS)", "1"),
        ("MOST_WEEKS = 6", "MOST_WEEKS = 7"),
        ("_replace(effort=Effort.EASY)", "_replace(effort=Effort.RIGHT)"),
    ),
    Rules(
        "tui/ladder/proposals.py",
        "proposals proposals_again proposals_growth",
        ("A_SEASON = timedelta(days=90)", "A_SEASON = timedelta(days=89)"),
        ("LATER_SESSIONS = 2", "LATER_SESSIONS = 1"),
    ),
    Rules("tui/ladder/cautions.py", "cautions proposals proposals_again", ("CLEAN_SESSIONS = 2", "CLEAN_SESSIONS = 1")),
    Rules(
        "tui/ladder/practice.py",
        "proposals proposals_again proposals_growth",
        ("self.hurt or self.effort is Effort.HARD", "self.effort is Effort.HARD"),
        ("float(int(seconds + 0.5))", "float(int(seconds))"),
    ),
    Rules("tui/ladder/growth.py", "growth", ("/ (2 if plan.sides.are_two else 1)", "")),
    Rules(
        "tui/today/nudges.py",
        "nudges",
        ("QUIET_S = 600.0", "QUIET_S = 540.0"),
        ("self._may_be_due and not seen.locked", "self._may_be_due"),
        ("not before.locked and not self._away", "not before.locked"),
        ("if ended_s <= self._begun_s:", "if False:"),
        ("or until_s > self._due_s:", "or True:"),
    ),
    Rules("tui/today/nudge_plan.py", "nudges", ("HOUR_S / len(self.marks) / 2", "HOUR_S / 2")),
    Rules(
        "tui/routine/durations.py",
        "durations",
        ("seconds - 1e-6", "seconds + 1e-6"),
        ("[0-5][0-9](?:", "[0-9][0-9](?:"),
    ),
    Rules(
        "tui/routine/model.py", "reader", ("rounds: int = 1", "rounds: int = 2"), ("every: int = 2", "every: int = 3")
    ),
    Rules("tui/routine/resolve.py", "reader_coach", ("if whole is not None:\n            break", "")),
    Rules(
        "tui/history/journal_reader.py",
        "journal journal_files history interrupted interrupted_damage",
        ('and record.get("how") == "finished"', ""),
    ),
    Rules(
        "tui/today/pick.py",
        "pick",
        ("REST_DAYS = 1", "REST_DAYS = 0"),
        ("NEW_UNTIL = 3", "NEW_UNTIL = 2"),
        ("routine.id != done[0].routine", "routine.id != done[-1].routine"),
    ),
    Rules("tui/today/due.py", "due", ("if at < hours[1]:", "if at <= hours[1]:")),
    Rules(
        "tui/today/goal.py",
        "goal history_days",
        ("if first <= day <= today and", "if first < day <= today and"),
        ("COUNTS_FROM_S = 10.0", "COUNTS_FROM_S = 11.0"),
    ),
    Rules(
        "tui/history/running_file.py",
        "journal journal_files history interrupted interrupted_damage",
        ('.rfind(b"\\n") + 1)', '.rfind(b"\\n"))'),
    ),
    Rules(
        "tui/history/journal.py",
        "journal journal_files history interrupted interrupted_damage",
        ("self._over = [], [], 0, False", "self._over = [], [], 1, False"),
    ),
)
"""The changes to each file, and the tests that notice them."""

MUTANTS = [mutant for rules in RULES for mutant in rules.mutants]


def mutated(mutant: Mutant, root: Path) -> str:
    """Return the content of the mutant's file below `root` with its change.

    Raises LookupError unless the text occurs once.
    """
    content = (root / mutant.path).read_text("utf-8")
    if (count := content.count(mutant.old)) != 1:
        raise LookupError(f"{mutant.path} has {mutant.old!r} {count} times, not once")
    return content.replace(mutant.old, mutant.new)


def outcome(mutant: Mutant, copy: Path) -> str:
    """Try the mutant in `copy`, a copy of the checkout, and return the result; the copy is restored."""
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
            print(f"{number:2} {mutant.path}: {mutant.old.strip()!r} → {mutant.new.strip()!r}: {found}", flush=True)
    print(f"{failed} of {len(numbers)} not killed")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
