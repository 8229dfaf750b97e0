"""One test for many cases: what pytest does around each test costs more than most of the cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import update_wrapper
from inspect import signature
from pathlib import Path

import pytest

Test = Callable[..., None]


def for_each(names: str | tuple[str, ...], cases: Iterable[object]) -> Callable[[Test], Test]:
    """Return a decorator like `pytest.mark.parametrize`, for a test whose cases leave nothing behind for each other.

    If the test takes `tmp_path`, each case has a folder of its own, which is its home too. All cases are tried; the
    test fails with the errors of those that failed, each with a note of its case.
    """
    keys = (names,) if isinstance(names, str) else names
    values = [dict(zip(keys, [case] if isinstance(names, str) else tuple_of(case), strict=True)) for case in cases]

    def decorate(test: Test) -> Test:
        def test_all(*instance: object, **others: object) -> None:
            failures = list[Exception]()
            for number, case in enumerate(values):
                try:
                    with _in_its_own_folder(others, number) as own:
                        test(*instance, **own, **case)
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


@contextmanager
def _in_its_own_folder(fixtures: Mapping[str, object], case: int) -> Iterator[Mapping[str, object]]:
    """Give a case an empty folder, if its test takes one; yield its fixtures."""
    if "tmp_path" not in fixtures:
        yield fixtures
        return
    folder = Path(str(fixtures["tmp_path"])) / f"case-{case}"
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GLUTEUS_HOME", str(folder))
        patch.setenv("TMPDIR", str(folder / "temporary"))
        yield {**fixtures, "tmp_path": folder}


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
