"""The states in which each command is allowed."""

from typing import get_args

from tests.for_each import for_each
from tests.sessions import T, three_stretches
from tests.workouts import names
from tui.engine import commands
from tui.engine.commands import Command, Scope
from tui.engine.model import Slot
from tui.engine.position import SessionState
from tui.engine.session import Session

COMMANDS: list[Command] = [
    commands.Start(), commands.Pause(), commands.Resume(), commands.Next(), commands.Done(), commands.Back(),
    commands.Extend(10.0), commands.Jump(Slot(0, 1, 0)), commands.LeaveOut("stretch"),
    commands.Revise(three_stretches()._replace(title="Another")), commands.Undo(), commands.Hurt(),
    commands.Swap(Slot(0, 0, 0), "stretch", None, Scope.TODAY, "hops"),
    commands.CountReps(Slot(0, 0, 0), None, 8), commands.Stop(),
]  # fmt: skip


def in_state(state: SessionState) -> Session:
    """Return a session in a state, at workout second 15 if it has not ended by itself."""
    session = Session(three_stretches())
    if state is not SessionState.READY:
        session.give(commands.Start(), T)
        session.poll(T + (15 if state is not SessionState.FINISHED else 999))
    if state is SessionState.PAUSED:
        session.give(commands.Pause(), T + 15)
    if state is SessionState.STOPPED:
        session.give(commands.Stop(), T + 15)
    assert session.state is state
    return session


@for_each("command", COMMANDS)
@for_each("state", SessionState)
def test_a_command_does_something_only_in_the_states_that_allow_it(command: Command, state: SessionState) -> None:
    session = in_state(state)
    happened = names(session.give(command, T + 15))
    works_always = not isinstance(
        command, commands.Done | commands.Undo | commands.CountReps
    )  # no set is open or in reps, nothing was changed
    assert bool(happened) is (state in commands.ALLOWED[type(command)] and works_always)
    if not happened:
        assert session.state is state


def test_every_command_has_its_states() -> None:
    assert set(commands.ALLOWED) == set(get_args(Command)) == {type(command) for command in COMMANDS}
