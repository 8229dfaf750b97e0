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


class Mutant(NamedTuple):
    """In `file`, below `tui`, `old` becomes `new`; one of `tests`, below `tests`, notices."""

    file: str
    old: str
    new: str
    tests: tuple[str, ...]


SCRIPT = ("unit/test_script.py", "unit/test_script_in_work.py", "unit/test_shorten.py")
SESSION = ("unit/test_session.py", "unit/test_session_edits.py")
CLOCKS = ("unit/test_clocked_blocks.py",)
PROPOSALS = ("unit/test_proposals.py",)
NUDGES = ("unit/test_nudges.py",)
JOURNAL = ("unit/test_journal.py", "unit/test_history.py", "unit/test_interrupted.py")

MUTANTS = (
    # The coach: what is said, and what gives way to what
    Mutant(
        "coach/fitting.py",
        "CAUTION = 11\n    OPEN_HINT = 12\n    DOSE = 13",
        "DOSE = 11\n    OPEN_HINT = 12\n    CAUTION = 13",
        ("unit/test_fitting.py",),
    ),
    Mutant("coach/fitting.py", "REMINDER = 3\n    FIX = 4", "FIX = 3\n    REMINDER = 4", ("unit/test_fitting.py",)),
    Mutant("coach/announcement.py", "((Rank.OPEN_HINT, OPEN),)", "((Rank.STEP, OPEN),)", ("unit/test_fitting.py",)),
    Mutant("coach/fitting.py", "TITLE = 1\n    KIT = 2", "KIT = 1\n    TITLE = 2", ("unit/test_opening.py",)),
    Mutant("coach/script.py", "if instant(by_s) <= scene.phase.end_s:", "if by_s:", ("unit/test_opening.py",)),
    Mutant("coach/opening.py", "if need.casefold() not in listed", "if need", ("unit/test_opening.py",)),
    Mutant("coach/script.py", "TEN_SECONDS_FROM_S = 25.0", "TEN_SECONDS_FROM_S = 24.0", SCRIPT),
    Mutant("coach/script.py", "words_a_minute, Rank.TEN_SECONDS)", "words_a_minute, Rank.STEP)", SCRIPT),
    Mutant("coach/in_work.py", "WAY_OUT_FROM_S = 18.0", "WAY_OUT_FROM_S = 8.0", SCRIPT),
    Mutant("coach/in_work.py", "plan.explain is not Explain.ALL or", "plan.explain is Explain.NOTHING or", SCRIPT),
    Mutant("coach/in_work.py", "reps < 2 * SIDED_REPS:", "reps < SIDED_REPS:", SCRIPT),
    Mutant("coach/announcement.py", "REST_FROM_S = 6.0", "REST_FROM_S = 3.0", SCRIPT),
    Mutant("coach/in_work.py", "SHARE = 1 / 3", "SHARE = 1 / 2", SCRIPT),
    Mutant("coach/in_work.py", "FIX_AFTER = 2", "FIX_AFTER = 1", SCRIPT),
    Mutant("coach/fitting.py", "EXPECTED_FROM = Rank.STEP", "EXPECTED_FROM = Rank.DOSE", ("unit/test_fitting.py",)),
    Mutant("coach/in_work.py", "QUIET_S = 3.0", "QUIET_S = 1.0", SCRIPT),
    Mutant("coach/in_work.py", "LONG_HOLD_S = 30.0", "LONG_HOLD_S = 20.0", SCRIPT),
    Mutant("coach/in_work.py", "HALF_FROM_S = 40.0", "HALF_FROM_S = 30.0", SCRIPT),
    Mutant("coach/scene.py", "COUNTDOWN_FROM_S = 5.0", "COUNTDOWN_FROM_S = 5.5", ("unit/test_cues.py",)),
    Mutant("coach/scene.py", "HALFWAY_FROM_S = 20.0", "HALFWAY_FROM_S = 20.5", ("unit/test_cues.py",)),
    # The conductor
    Mutant("conductor.py", "HORIZON_S / 2", "HORIZON_S / 100", ("unit/test_conductor.py",)),
    Mutant("conductor.py", "MOST_WAKE_S = 1.5", "MOST_WAKE_S = 5.0", ("unit/test_conductor.py",)),
    # The engine
    Mutant("engine/alternatives.py", "MOST_OFFERED = 12", "MOST_OFFERED = 13", ("unit/test_alternatives.py",)),
    Mutant(
        "engine/alternatives.py", "timed_s(plan) <= block.every_s", "timed_s(plan) < block.every_s",
        ("unit/test_alternatives.py",),
    ),
    Mutant("engine/alternatives.py", "and self.loud <= other.loud", "", ("unit/test_alternatives.py",)),
    Mutant("engine/session.py", "BACK_WINDOW_S = 3.0", "BACK_WINDOW_S = 4.0", SESSION),
    Mutant("engine/session.py", "LEAST_LEFT_S = 3.0", "LEAST_LEFT_S = 2.0", SESSION),
    Mutant("engine/clock.py", "STOPPED_S = 3.0", "STOPPED_S = 4.0", SESSION),
    Mutant("coach/coach.py", "LATE_S = 0.25", "LATE_S = 0.5", ("unit/test_session.py", "unit/test_conductor.py")),
    Mutant("engine/build.py", "LEAST_WORK_S = 1.0", "LEAST_WORK_S = 0.5", ("unit/test_clocked_blocks.py",)),
    Mutant("engine/build.py", "MAX_REPS_ESTIMATE_S = 30.0", "MAX_REPS_ESTIMATE_S = 20.0", ("unit/test_build.py",)),
    Mutant(
        "engine/build.py", "coming.round > last.slot.round", "coming.round >= last.slot.round", ("unit/test_build.py",)
    ),
    Mutant("engine/build.py", "and left.slot.block == coming.block", "", SCRIPT),
    Mutant("engine/summary.py", "sum(count == amraps[block]", "sum(count >= 1", ("unit/test_clocked_blocks.py",)),
    Mutant("engine/session.py", "elif clock is not None and phase.is_on_one_side", "elif clock is None", CLOCKS),
    Mutant("engine/session.py", "clock.moved(at_s - phase.end_s if is_over else by_s)", "clock.moved(by_s)", CLOCKS),
    Mutant("engine/session.py", "if back and is_on else", "if False else", CLOCKS),
    Mutant("engine/build.py", "phase.length_s - min(phase.extended_s, 0.0)", "phase.length_s", CLOCKS),
    Mutant("coach/cue.py", "EVENT = 3", "EVENT = 0", ("unit/test_cues.py",)),
    Mutant("coach/cue.py", "SOUND = 1\n    PHRASE = 2", "SOUND = 2\n    PHRASE = 1", ("unit/test_cues.py",)),
    Mutant("coach/cue_track.py", "c.at_s >= self._heard_s", "c.at_s > self._heard_s", CLOCKS),
    # The ladder
    Mutant("ladder/counting.py", "A_WEEK = timedelta(days=7)", "A_WEEK = timedelta(days=6)", PROPOSALS),
    Mutant("ladder/counting.py", "min(1 + falls, MOST_WEEKS)", "1", PROPOSALS),
    Mutant("ladder/counting.py", "MOST_WEEKS = 6", "MOST_WEEKS = 7", PROPOSALS),
    Mutant("ladder/proposals.py", "A_SEASON = timedelta(days=90)", "A_SEASON = timedelta(days=89)", PROPOSALS),
    Mutant("ladder/cautions.py", "CLEAN_SESSIONS = 2", "CLEAN_SESSIONS = 1", ("unit/test_cautions.py", *PROPOSALS)),
    Mutant("ladder/proposals.py", "LATER_SESSIONS = 2", "LATER_SESSIONS = 1", PROPOSALS),
    Mutant("ladder/counting.py", "_replace(effort=Effort.EASY)", "_replace(effort=Effort.RIGHT)", PROPOSALS),
    Mutant("ladder/practice.py", "self.hurt or self.effort is Effort.HARD", "self.effort is Effort.HARD", PROPOSALS),
    Mutant("ladder/practice.py", "float(int(seconds + 0.5))", "float(int(seconds))", PROPOSALS),
    Mutant("ladder/growth.py", "/ (2 if plan.sides.are_two else 1)", "", ("unit/test_growth.py",)),
    # When to nudge
    Mutant("today/nudges.py", "QUIET_S = 600.0", "QUIET_S = 540.0", NUDGES),
    Mutant("today/nudges.py", "return self._may_be_due and not seen.locked", "return self._may_be_due", NUDGES),
    Mutant("today/nudges.py", "not before.locked and not self._away", "not before.locked", NUDGES),
    Mutant("today/nudges.py", "if ended_s <= self._begun_s:", "if False:", NUDGES),
    Mutant("today/nudges.py", "or until_s > self._due_s:", "or True:", NUDGES),
    Mutant("today/nudge_plan.py", "HOUR_S / len(self.marks) / 2", "HOUR_S / 2", NUDGES),
    # The reader of routines
    Mutant("routine/durations.py", "seconds - 1e-6", "seconds + 1e-6", ("unit/test_durations.py",)),
    Mutant("routine/durations.py", "[0-5][0-9](?:", "[0-9][0-9](?:", ("unit/test_durations.py",)),
    Mutant("routine/reader.py", '"rounds", 1)', '"rounds", 2)', ("unit/test_reader.py",)),
    Mutant("routine/reader.py", 'values.get("every", 2)', 'values.get("every", 3)', ("unit/test_reader.py",)),
    Mutant(
        "routine/resolve.py", "if whole is not None:\n            break", "", ("unit/test_reader_coach.py",)
    ),
    # The journal
    Mutant("history/journal_reader.py", 'and record.get("how") == "finished"', "", JOURNAL),
    Mutant("today/pick.py", "REST_DAYS = 1", "REST_DAYS = 0", ("unit/test_pick.py",)),
    Mutant("today/pick.py", "NEW_UNTIL = 3", "NEW_UNTIL = 2", ("unit/test_pick.py",)),
    Mutant("today/pick.py", "each.id != done[0].routine", "each.id != done[-1].routine", ("unit/test_pick.py",)),
    Mutant("today/due.py", "if at < hours[1]:", "if at <= hours[1]:", ("unit/test_due.py",)),
    Mutant("today/goal.py", "if first <= day <= today and", "if first < day <= today and", ("unit/test_goal.py",)),
    Mutant("today/goal.py", "COUNTS_FROM_S = 10.0", "COUNTS_FROM_S = 11.0", ("unit/test_history_days.py",)),
    Mutant("history/running_file.py", '.rfind(b"\\n") + 1)', '.rfind(b"\\n"))', JOURNAL),
    Mutant("history/journal.py", "self._over = [], [], 0, False", "self._over = [], [], 1, False", JOURNAL),
)  # fmt: skip


def mutated(mutant: Mutant, root: Path) -> str:
    """Return the content of the mutant's file below `root` with its change.

    Raises LookupError unless the text occurs once.
    """
    content = (root / "tui" / mutant.file).read_text("utf-8")
    if (count := content.count(mutant.old)) != 1:
        raise LookupError(f"tui/{mutant.file} has {mutant.old!r} {count} times, not once")
    return content.replace(mutant.old, mutant.new)


def outcome(mutant: Mutant, copy: Path) -> str:
    """Return what became of the mutant in `copy`, a copy of the checkout that is left as it was."""
    try:
        content = mutated(mutant, copy)
    except (LookupError, OSError) as error:
        return f"not found: {error}"
    path = copy / "tui" / mutant.file
    before = path.read_bytes()
    path.write_text(content, encoding="utf-8")
    tests = [f"tests/{name}" for name in mutant.tests]
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
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
