"""One test for many cases, as pytest's overhead for a test is larger than most of the cases."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from functools import update_wrapper
from inspect import signature
from pathlib import Path
from tempfile import mkdtemp

import pytest

Test = Callable[..., None]


def for_each(names: str | tuple[str, ...], cases: Iterable[object]) -> Callable[[Test], Test]:
    """Return a decorator like `pytest.mark.parametrize`, for a test whose fixtures do not change with its cases.

    Each case has a home, a `tmp_path`, a `capsys` and a `monkeypatch` as if it were alone. All cases are tried; the
    test fails with the errors of those that failed, each with a note of its case.
    """
    keys = (names,) if isinstance(names, str) else names
    values = [dict(zip(keys, [case] if isinstance(names, str) else tuple_of(case), strict=True)) for case in cases]

    def decorate(test: Test) -> Test:
        def test_all(*instance: object, **others: object) -> None:
            failures, begin = list[Exception](), _Beginning(others)
            for case in values:
                with begin as fixtures:
                    try:
                        test(*instance, **fixtures, **case)
                    except Exception as error:
                        error.add_note(f"with {case}")
                        failures.append(error)
            if failures:
                raise ExceptionGroup(f"{len(failures)} of {len(values)} cases", failures)

        own = signature(test)
        others = [parameter for name, parameter in own.parameters.items() if name not in keys]
        vars(update_wrapper(test_all, test)).update(__signature__=own.replace(parameters=others))
        del vars(test_all)["__wrapped__"]  # pytest would ask it for its parameters
        return test_all

    return decorate


class _Beginning:
    """The fixtures of a test, as each case finds them. A home that a fixture has filled is that of all cases."""

    def __init__(self, fixtures: Mapping[str, object]) -> None:
        self._fixtures = dict(fixtures)
        self._home = self._first = Path(os.environ["GLUTEUS_HOME"])
        self._filled = _has_content(self._home)

    def __enter__(self) -> Mapping[str, object]:
        self._patch = pytest.MonkeyPatch()
        if not self._filled and _has_content(self._home):
            self._home = Path(mkdtemp(dir=self._first))
        if self._home is not self._first:
            self._patch.setenv("GLUTEUS_HOME", str(self._home))
            self._patch.setenv("TMPDIR", str(self._home / "temporary"))
        own = {"tmp_path": self._home, "monkeypatch": self._patch}
        return {name: own.get(name, fixture) for name, fixture in self._fixtures.items()}

    def __exit__(self, *_: object) -> None:
        self._patch.undo()
        if isinstance(capsys := self._fixtures.get("capsys"), pytest.CaptureFixture):
            capsys.readouterr()


def _has_content(folder: Path) -> bool:
    return bool(os.listdir(folder))


def sweep(names: str | tuple[str, ...], cases: Iterable[object], one_in: int) -> Callable[[Test], Test]:
    """Return `for_each` of one case in every few, and of all cases under the marker `slow`; no fixtures."""
    every = list(cases)

    def decorate(test: Test) -> Test:
        some, all_ = for_each(names, every[::one_in])(test), for_each(names, every)(test)
        whole = pytest.param(all_, marks=pytest.mark.slow)

        @pytest.mark.parametrize("tried", [some, whole], ids=["some", "all"])
        def test_some_or_all(tried: Test) -> None:
            tried()

        return test_some_or_all

    return decorate


def tuple_of(case: object) -> tuple[object, ...]:
    """Return a case of several names, which is a tuple or a list."""
    assert isinstance(case, tuple | list), case
    return tuple(case)
