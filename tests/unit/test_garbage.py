"""The program stays frozen to its end, and the history only while it is shown."""

import subprocess
import sys

import pytest

ASK = """
import gc
from tui.garbage import freeze_history, freeze_program, thaw_history

gc.disable()
base = gc.get_freeze_count()  # Python 3.12 freezes some objects by itself
if {program}:
    freeze_program()
program = gc.get_freeze_count()
history = [[number] for number in range(1000)]
freeze_history()
assert gc.get_freeze_count() > program + 1000
del history
thaw_history()
print(program > base, gc.get_freeze_count() > base, gc.isenabled())
"""


@pytest.mark.parametrize("program", [True, False])
def test_reading_the_history_leaves_a_frozen_program_frozen(program: bool) -> None:
    command = [sys.executable, "-c", ASK.format(program=program)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.stdout.split() == [str(program)] * 3, result.stderr
