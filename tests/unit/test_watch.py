"""Changes are looked for in a thread, and acted on in the event loop."""

import asyncio
from collections.abc import Iterator
from contextvars import ContextVar

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


async def test_a_change_is_acted_on_in_the_context_of_the_beginning() -> None:
    app: ContextVar[str] = ContextVar("app", default="none, as in the thread")
    app.set("the app")
    seen = asyncio.get_running_loop().create_future()

    def act() -> None:
        if not seen.done():
            seen.set_result(app.get())

    watch = Watch(lambda: True, act, 0.001)
    app.set("another one")
    async with asyncio.timeout(PATIENCE_S):
        assert await seen == "the app"
    watch.end()
