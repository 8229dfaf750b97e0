"""What is frozen stays so: the program to its end, a workout while it is on."""

import subprocess
import sys

import pytest

ASK = """
import gc, weakref
from tui.garbage import freeze_program, freeze_workout, thaw_workout

class Thing: pass

def circle():
    thing = Thing()
    thing.itself = thing
    return weakref.ref(thing)

base = gc.get_freeze_count()  # Python 3.12 freezes some objects by itself
if {program}:
    freeze_program()
program = gc.get_freeze_count()
freeze_workout()
left = circle()
gc.freeze()
assert gc.get_freeze_count() > program
assert left() is not None
thaw_workout()
gc.collect()
assert left() is None
print(program > base, gc.get_freeze_count() > base)
"""


@pytest.mark.parametrize("program", [True, False])
def test_the_end_of_a_workout_frees_what_is_left_of_it_and_keeps_the_program_frozen(program: bool) -> None:
    command = [sys.executable, "-c", ASK.format(program=program)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.stdout.split() == [str(program), str(program)], result.stderr
