"""espeak-ng as a library, brought by the extra `voice`. It may crash on strange text, so it never runs in a process
that has anything to lose: see `process`."""

from __future__ import annotations

import ctypes
import functools
import importlib
import os
from array import array
from collections.abc import Mapping
from typing import Any

from tui.audio.voices.engine import NoVoice, Speech
from tui.plain_text import plain_text

SYNCHRONOUS, POSITION_CHARACTER, UTF8, RATE_PARAMETER, DONT_EXIT = 2, 1, 1, 1, 0x8000
"""From speak_lib.h. SYNCHRONOUS: `espeak_Synth` hands each piece to the callback, and returns at the end.
DONT_EXIT: missing data is an error to return, not a reason to end the process."""

_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class _ListedVoice(ctypes.Structure):
    """The library's description of a voice."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("languages", ctypes.c_void_p),
        ("identifier", ctypes.c_char_p),
        ("gender", ctypes.c_ubyte),
        ("age", ctypes.c_ubyte),
        ("variant", ctypes.c_ubyte),
        ("private", ctypes.c_ubyte),
        ("score", ctypes.c_int),
        ("spare", ctypes.c_void_p),
    )


class EspeakLibrary:
    """The library; a process can load it once."""

    def __init__(self) -> None:
        """Load it. Raises NoVoice."""
        try:
            loader = importlib.import_module("espeakng_loader")
            self._library: Any = ctypes.CDLL(loader.get_library_path())
            data = loader.get_data_path()
        except ImportError:
            raise NoVoice("the extra voice is not installed") from None
        except (OSError, RuntimeError) as error:
            raise NoVoice(f"espeak-ng library: {plain_text(str(error))}") from None
        self._pieces = bytearray()
        self._keep = _Callback(self._receive)
        self._rate = self._library.espeak_Initialize(SYNCHRONOUS, 0, os.fsencode(data), DONT_EXIT)
        if self._rate <= 0:
            raise NoVoice("espeak-ng library: its data cannot be read")
        self._library.espeak_SetSynthCallback(self._keep)
        self._library.espeak_Synth.argtypes = (
            ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint, ctypes.c_int, ctypes.c_uint, ctypes.c_uint,
            ctypes.c_void_p, ctypes.c_void_p,
        )  # fmt: skip
        self._library.espeak_Info.restype = ctypes.c_char_p
        self.name = self.key = f"espeak-ng {self._library.espeak_Info(None).decode()} (library)"
        self.voices = self._languages()

    def speak(self, text: str, voice: str, speed: int) -> Speech:
        """Say `text` at `speed` words a minute. Raises NoVoice."""
        self._pieces.clear()
        data = text.encode() + b"\0"
        failed = (
            self._library.espeak_SetVoiceByName(voice.encode())
            or self._library.espeak_SetParameter(RATE_PARAMETER, speed, 0)
            or self._library.espeak_Synth(data, len(data), 0, POSITION_CHARACTER, 0, UTF8, None, None)
        )
        if failed:
            raise NoVoice(f"espeak-ng library: error {failed}")
        return Speech(array("h", bytes(self._pieces)), self._rate)

    def _receive(self, samples: Any, count: int, events: Any) -> int:
        """Take the next samples from the library; return 0 to continue."""
        if samples and count > 0:
            self._pieces += ctypes.string_at(samples, 2 * count)
        return 0

    def _languages(self) -> Mapping[str, str]:
        """Return every language that has a voice; the library finds the voice by the language."""
        self._library.espeak_ListVoices.restype = ctypes.POINTER(ctypes.POINTER(_ListedVoice))
        listed, tags = self._library.espeak_ListVoices(None), {}
        index = 0
        while listed[index]:
            for tag in _tags(listed[index].contents.languages):
                tags[tag] = tag
            index += 1
        return tags


def _tags(address: int) -> list[str]:
    """Return a voice's languages: each is a byte of priority and a string, and a zero ends the list."""
    tags = []
    while ctypes.string_at(address, 1) != b"\0":
        tag = ctypes.string_at(address + 1)
        tags.append(tag.decode(errors="replace").lower())
        address += len(tag) + 2
    return tags


open_engine = functools.cache(EspeakLibrary)
