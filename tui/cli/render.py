"""`gluteus render`: a whole workout as one WAV file, to use away from the terminal."""

from __future__ import annotations

import os
import shutil
import signal
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, NoReturn

from tui.audio.frame_map import RATE
from tui.audio.render import FRAME_BYTES, MOST_BYTES
from tui.audio.render import render as render_sound
from tui.audio.sample_store import SampleStore
from tui.audio.sound_files import load_sounds
from tui.audio.spawn import voice_setup
from tui.audio.voices.speaker import Speaker
from tui.bundled import bundled
from tui.cli.context import chosen, load_user
from tui.cli.interruptible_sleep import ENDINGS, SIGNALLED
from tui.cli.output import Misuse, Trouble, complain, say
from tui.coach.cued_timeline import CuedTimeline, cued_timeline
from tui.conductor import levels, scheduled
from tui.engine.laid_out import Timeline
from tui.files.atomic import reason
from tui.routine.durations import spoken
from tui.user_data import UserData

SPARE_S = 10.0
"""Seconds for the last sound and words, on the safe side."""


def render(args: Namespace) -> int:
    """Write the file at full volume, as a music player has its own; mute has no effect."""
    out = Path(args.out)
    if out.suffix.lower() != ".wav":
        raise Misuse(f"render writes WAV files: name it {out.stem or 'workout'}.wav")
    user = load_user()
    routine, choices = chosen(user, args)
    timeline = cued_timeline(routine._replace(quiet=False), choices, user.coaching_aloud)
    with _ended_by_signals():
        speaker = Speaker(voice_setup(user.settings, user.places))
        try:
            with whole_file(out, force=args.force, size=_size(timeline)) as file:
                length_s = _write(file, user, timeline, speaker)
            _report(args.out, user, timeline, speaker, length_s)
        finally:
            speaker.close()
    return 0


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Raise SystemExit at a signal that ends the program, so that no unfinished file stays behind.

    Only the first signal does: a second one must not interrupt the clean-up. Signals that the parent process ignored
    stay ignored.
    """
    heard = [number for number in ENDINGS if signal.getsignal(number) is not signal.SIG_IGN]

    def end(number: int, frame: object) -> NoReturn:
        for each in heard:
            signal.signal(each, signal.SIG_IGN)
        raise SystemExit(SIGNALLED + number)

    before = {number: signal.signal(number, end) for number in heard}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _size(timeline: Timeline) -> int:
    """Return about how many bytes the file has."""
    return round((timeline.total_s + SPARE_S) * RATE) * FRAME_BYTES


def _write(file: IO[bytes], user: UserData, timeline: CuedTimeline, speaker: Speaker) -> float:
    """Write all cues that are turned on, and return the length in seconds."""
    settings = user.settings
    sounds, notes = load_sounds(user.places.sounds, bundled("sounds"))
    for note in notes:
        complain(note)
    wanted = [scheduled(cue, lambda at_s: at_s) for cue in timeline.cues if settings.wants(cue)]
    full = levels(settings)._replace(overall=1.0, muted=False)
    items = [item for item in wanted if item is not None]
    return render_sound(file, items, SampleStore(sounds), full, speaker.speak, timeline.total_s)


def _report(name: str, user: UserData, timeline: Timeline, speaker: Speaker, length_s: float) -> None:
    """Print what the file contains, and its limits."""
    say(f"{name}: {timeline.title}, {spoken(length_s)}.")
    if count := len({phase.number for phase in timeline.phases if phase.is_open}):
        sets, each = ("1 set is", "it") if count == 1 else (f"{count} sets are", "each")
        say(f"{sets} open until done: here {each} lasts as long as estimated (see gluteus show).")
    if user.settings.voice.mode == "off":
        return
    about = speaker.about()
    for line in filter(None, (about.note, about.advice)):
        say(line)


@contextmanager
def whole_file(path: Path, *, force: bool, size: int) -> Iterator[IO[bytes]]:
    """Yield a file to write, of about `size` bytes, that gets its name once it is complete. Raises Trouble."""
    target = Path(os.path.realpath(path))
    if size > MOST_BYTES:
        raise Trouble(f"{path} would be longer than a WAV file can be.\nTake a shorter routine.")
    try:
        _check(path, target, force, size)
        temporary = target.with_name(f".gluteus-{os.getpid()}-{os.urandom(6).hex()}.tmp")
        try:
            with open(temporary, "xb") as file:
                yield file
            _rename(temporary, target, force)
        finally:
            with suppress(OSError):
                temporary.unlink()
    except FileExistsError:
        raise Trouble(f"{path} is there already.\nTo overwrite it: --force") from None
    except OSError as error:
        raise Trouble(f"{path} cannot be written: {reason(error)}.") from None


def _rename(temporary: Path, target: Path, force: bool) -> None:
    """Give a file its name. Raises FileExistsError if another appeared meanwhile, unless `force`; or OSError."""
    if not force:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    try:
        temporary.replace(target)
    except BaseException:
        if not force:
            target.unlink(missing_ok=True)  # the empty file that held the name
        raise


def _check(path: Path, target: Path, force: bool, size: int) -> None:
    """Check before the work that the file can be written. Raises Trouble or OSError."""
    if target.exists() and not target.is_file():
        raise Trouble(f"{path} cannot be written: it is not a regular file.")
    if target.exists() and not force:
        raise FileExistsError
    free = shutil.disk_usage(target.parent).free
    if free < size:
        raise Trouble(
            f"{path} needs {size / 1e6:.0f} MB, and {free / 1e6:.0f} MB are free.\nMake room, or name another folder."
        )
