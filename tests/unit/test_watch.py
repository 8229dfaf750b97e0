"""Changes are looked for in a thread, and acted on in the event loop."""

import asyncio
from collections.abc import Iterator

from tests.patience import PATIENCE_S
from tui.clocks import Watch


async def test_a_change_and_a_check_that_fails_are_acted_on_until_the_end() -> None:
    answers: Iterator[bool] = iter([False, True])  # and then it fails, with StopIteration
    checked, acted, both = list[bool](), list[int](), asyncio.Event()

    def has_changed() -> bool:
        checked.append(next(answers))
        return checked[-1]

    def act() -> None:
        acted.append(len(checked))
        if len(acted) == 2:
            both.set()

    watch = Watch(has_changed, act, 0.001)
    async with asyncio.timeout(PATIENCE_S):
        await both.wait()
    watch.end()
    assert checked == [False, True]
    assert acted[:2] == [2, 2]
