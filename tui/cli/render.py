"""`gluteus render`: a whole workout as one sound file, or a file for each routine, to use away from the terminal."""

from __future__ import annotations

import os
import shutil
import signal
from array import array
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import FrameType, SimpleNamespace
from typing import IO, NamedTuple, NoReturn

from tui.audio.cue_feed import levels, scheduled
from tui.audio.encoders import FRAME_BYTES, KINDS, check_encoder
from tui.audio.frame_map import RATE
from tui.audio.render import MOST_BYTES
from tui.audio.render import render as render_sound
from tui.audio.sample_store import SampleStore
from tui.audio.sound_files import load_sounds
from tui.audio.spawn import voice_setup
from tui.audio.voices.speaker import Speaker
from tui.bundled import bundled
from tui.cli.context import as_done, chosen, load_user
from tui.cli.interruptible_sleep import ENDINGS, SIGNALLED, handling
from tui.cli.output import Misuse, Trouble, complain, say
from tui.coach.cued_timeline import CuedTimeline, cued_timeline
from tui.engine.model import Choices
from tui.engine.timeline import Timeline
from tui.files.atomic import reason
from tui.routine.durations import spoken
from tui.routine.model import Routine
from tui.user_data import UserData

SPARE_S = 10.0
"""Seconds for the last sound and words, with a margin."""

COMPRESSED = 4
"""The least compression factor compared with WAV; that of FLAC is about five."""


def render(args: SimpleNamespace) -> int:
    """Write the file, or all files, at full volume, as a music player has its own; mute has no effect."""
    if args.all is not None:
        return _render_all(args)
    if args.routine is None or args.out is None:
        raise Misuse("render needs a routine and the file to write, or --all and a folder.\nSee: gluteus render --help")
    if args.format:
        raise Misuse("--format is for --all: the name of the file says its kind.")
    out = Path(args.out)
    if out.suffix.lower() not in KINDS:
        raise Misuse(f"render writes WAV, FLAC and Ogg files: name it {out.stem or 'workout'}.wav")
    check_encoder(out.suffix.lower())
    user = load_user()
    routine, choices = chosen(user, args)
    with _renderer(user, force=args.force) as renderer:
        timeline = renderer.write(args.out, routine, choices)
        if count := len({phase.number for phase in timeline.phases if phase.is_open}):
            sets, each = ("1 set is", "it") if count == 1 else (f"{count} sets are", "each")
            say(f"{sets} open until done: here {each} lasts as long as estimated (see gluteus show).")
        renderer.report_voice()
    return 0


def _render_all(args: SimpleNamespace) -> int:
    """Write a file for each routine into a folder; existing ones are kept unless forced. Return 1 if one is broken."""
    if args.routine is not None or args.progression:
        raise Misuse("--all renders every routine as you do it: leave out NAME, OUT and --progression.")
    folder, suffix, code = Path(args.all), f".{args.format or 'wav'}", 0
    check_encoder(suffix)
    user = load_user()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Trouble(f"{folder} cannot be made: {reason(error)}.") from None
    with _renderer(user, force=args.force) as renderer:
        for entry in sorted(user.library.entries, key=lambda entry: entry.id):
            out = folder / f"{entry.id}{suffix}"
            if entry.routine is None:
                complain(f"{entry.problems[0]}")
                code = 1
            elif out.exists() and not args.force:
                say(f"{out}: exists already (--force overwrites it).")
            else:
                renderer.write(str(out), *as_done(user, entry.routine))
        renderer.report_voice()
    return code


class Renderer(NamedTuple):
    """Writes workouts of `user` as sound files. With `force` it overwrites files."""

    user: UserData
    speaker: Speaker
    sounds: Mapping[str, array[int]]
    force: bool

    def write(self, name: str, routine: Routine, choices: Choices) -> CuedTimeline:
        """Write the file `name` with all enabled cues, report it, and return the workout. Raises Trouble."""
        settings, out = self.user.settings, Path(name)
        timeline = cued_timeline(routine._replace(quiet=False), choices, self.user.coaching_for_render)
        cues = (scheduled(cue, lambda at_s: at_s) for cue in timeline.cues if settings.wants(cue))
        items = [item for item in cues if item is not None]
        full, suffix = levels(settings)._replace(overall=1.0, muted=False), out.suffix.lower()
        with whole_file(out, force=self.force, size=_size(timeline, suffix)) as file:
            samples, total_s = SampleStore(self.sounds), timeline.total_s
            length_s = render_sound(file, items, samples, full, self.speaker.speak, total_s, suffix)
        say(f"{name}: {timeline.title}, {spoken(length_s)}.")
        return timeline

    def report_voice(self) -> None:
        """Print the note and the advice on the voice, if any."""
        if self.user.settings.voice.mode != "off":
            about = self.speaker.about()
            for line in filter(None, (about.note, about.advice)):
                say(line)


@contextmanager
def _renderer(user: UserData, *, force: bool) -> Iterator[Renderer]:
    """Yield a renderer, report the user's sound files that cannot be used, and close the voice at the end.

    The first signal that requests an exit raises SystemExit, so that no unfinished file stays behind; a second one must
    not interrupt the clean-up.
    """

    def end(number: int, _: FrameType | None) -> NoReturn:
        for other in ENDINGS:
            signal.signal(other, signal.SIG_IGN)
        raise SystemExit(SIGNALLED + number)

    with handling(ENDINGS, end), closing(Speaker(voice_setup(user.settings, user.places))) as speaker:
        sounds, notes = load_sounds(user.places.sounds, bundled("sounds"))
        for note in notes:
            complain(note)
        yield Renderer(user, speaker, sounds, force)


def _size(timeline: Timeline, suffix: str) -> int:
    """Estimate the size of the file in bytes. Raises Trouble if it is too long for its kind."""
    size = round((timeline.total_s + SPARE_S) * RATE) * FRAME_BYTES
    if suffix != ".wav":
        return size // COMPRESSED
    if size > MOST_BYTES:
        raise Trouble(f"{timeline.title} would be longer than a WAV file can be.\nTake a shorter routine.")
    return size


@contextmanager
def whole_file(path: Path, *, force: bool, size: int) -> Iterator[IO[bytes]]:
    """Yield a file to write, of about `size` bytes, that gets its name once it is complete. Raises Trouble."""
    target = Path(os.path.realpath(path))
    try:
        _check(path, target, force, size)
        temporary = target.with_name(f".gluteus-{os.getpid()}-{os.urandom(6).hex()}.tmp")
        try:
            with open(temporary, "x+b") as file:
                yield file
            _rename(temporary, target, force)
        finally:
            with suppress(OSError):
                temporary.unlink()
    except FileExistsError:
        raise Trouble(f"{path} exists already.\nTo overwrite it: --force") from None
    except OSError as error:
        raise Trouble(f"{path} cannot be written: {reason(error)}.") from None


def _rename(temporary: Path, target: Path, force: bool) -> None:
    """Give a file its name. Raises FileExistsError if another appeared meanwhile, unless `force`; or OSError."""
    if not force:
        target.touch(exist_ok=False)
    try:
        temporary.replace(target)
    except BaseException:
        if not force:
            target.unlink(missing_ok=True)  # the empty file that reserved the name
        raise


def _check(path: Path, target: Path, force: bool, size: int) -> None:
    """Check in advance that the file can be written. Raises Trouble or OSError."""
    if target.exists() and not target.is_file():
        raise Trouble(f"{path} cannot be written: it is not a regular file.")
    if target.exists() and not force:
        raise FileExistsError
    free = shutil.disk_usage(target.parent).free
    if free < size:
        raise Trouble(
            f"{path} needs {size / 1e6:.0f} MB, and {free / 1e6:.0f} MB are free.\nMake room, or name another folder."
        )
