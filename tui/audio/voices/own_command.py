"""The user's own speech program: it reads the text on its input, and writes a WAV file.

There are many natural voices, most of them large, and each has its own program. Any of them can be used: the setting
`voice.command` names the program and its arguments, with {file} in the place of the file to write.
"""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from tui.audio.voices.engine import NoVoice, Speech
from tui.audio.voices.programs import ANSWER_S, speech_from_wav
from tui.plain_text import plain_text
from tui.routine.values import FILE_PLACE

BIGGEST_BYTES = 50_000_000
LAST_WORDS_BYTES = 4_000


class OwnCommand:
    """Called once for each phrase."""

    def __init__(self, command: str, language: str) -> None:
        """Find the program. Raises NoVoice."""
        self._words = [os.path.expanduser(word) for word in shlex.split(command)]
        program = shutil.which(self._words[0])
        if program is None:
            raise NoVoice(f"{plain_text(self._words[0])} is not installed")
        self._words[0] = program
        self.name = plain_text(Path(program).name)
        self.key = f"{self.name} {command}"
        self.voices = {language: language}

    def speak(self, text: str, voice: str, speed: int) -> Speech:
        """Let the program say `text`. Its own arguments select the voice and the speed. Raises NoVoice."""
        with tempfile.TemporaryDirectory(prefix="gluteus-") as folder:
            file, errors = Path(folder) / "phrase.wav", Path(folder) / "errors"
            try:
                self._run([word.replace(FILE_PLACE, str(file)) for word in self._words], text, errors)
                if file.stat().st_size > BIGGEST_BYTES:
                    raise NoVoice(f"it wrote more than {BIGGEST_BYTES // 1_000_000} MB")
                return speech_from_wav(file.read_bytes())
            except FileNotFoundError:
                raise NoVoice(_last_error(errors) or "it wrote no file") from None
            except OSError as error:
                raise NoVoice(f"{error.strerror or error}") from None

    def _run(self, command: Sequence[str], text: str, errors: Path) -> None:
        """Run the program to its end. Raises NoVoice or OSError. Main thread only.

        It gets its own process group, so that its child processes end with it, and no pipe for output, which a leftover
        child could keep open. A SIGTERM waits until the process is known, or the process would be left running.
        """
        asked_to_end: list[int] = []
        before = signal.signal(signal.SIGTERM, lambda number, frame: asked_to_end.append(number))
        process: subprocess.Popen[bytes] | None = None
        try:
            with errors.open("wb") as log:
                process = subprocess.Popen(
                    command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=log, start_new_session=True
                )
            signal.signal(signal.SIGTERM, before)
            if asked_to_end:
                sys.exit()
            process.communicate(text.encode(), timeout=ANSWER_S)
        except subprocess.TimeoutExpired:
            raise NoVoice(f"it does not end within {ANSWER_S:.0f} s") from None
        finally:
            signal.signal(signal.SIGTERM, before)
            if process and process.returncode is None:
                _kill(process)
        if process.returncode != 0:
            raise NoVoice(_last_error(errors) or f"exit code {process.returncode}")


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a program and its child processes."""
    if hasattr(os, "killpg"):
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()


def _last_error(errors: Path) -> str:
    with errors.open("rb") as file:
        file.seek(max(0, errors.stat().st_size - LAST_WORDS_BYTES))
        lines = file.read().decode(errors="replace").strip().splitlines()
    return plain_text(lines[-1].strip())[:200] if lines else ""
