"""Attempts of the loopback tests: a fault fails, a busy machine does not."""

from __future__ import annotations

import pytest

from tests.loopback import peace


class Watched:
    """An attempt without sound; each is disturbed as given."""

    disturbances: list[str]

    def end(self) -> str:
        return self.disturbances.pop(0)


def outcome(monkeypatch: pytest.MonkeyPatch, disturbances: list[str], right: list[bool]) -> str:
    """Return how it ends if attempts are disturbed as `disturbances`, and the sound is `right` or not."""
    monkeypatch.setattr(peace, "Attempt", Watched)
    monkeypatch.setattr(Watched, "disturbances", disturbances, raising=False)

    def judged(_: peace.Attempt) -> str:
        assert right.pop(0)
        return "right"

    try:
        return peace.in_peace(judged)
    except AssertionError:
        return "wrong"
    except pytest.skip.Exception as reason:
        return str(reason)


def test_a_failure_on_a_quiet_machine_fails_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    disturbances, right = ["", ""], [False, True]
    assert outcome(monkeypatch, disturbances, right) == "wrong"
    assert right == [True]


def test_a_success_counts_on_a_busy_machine_too(monkeypatch: pytest.MonkeyPatch) -> None:
    assert outcome(monkeypatch, ["busy"], [True]) == "right"


def test_a_failure_on_a_busy_machine_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    assert outcome(monkeypatch, ["busy", "busy", ""], [False, False, True]) == "right"
    assert outcome(monkeypatch, ["busy", "busy", ""], [False, False, False]) == "wrong"


def test_a_machine_that_is_always_busy_skips_the_test_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    disturbances = [f"held up for {number} ms" for number in range(peace.ATTEMPTS)]
    reason = outcome(monkeypatch, list(disturbances), [False] * peace.ATTEMPTS)
    assert all(each in reason for each in disturbances)
