"""The program stays frozen until its end, the history only while it is shown."""

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


FEW = """
import gc
from tui.garbage import freeze_program

freeze_program()
runs = []
gc.callbacks.append(lambda phase, info: runs.append(phase))
answers = [[number] for number in range(5000)]
print(runs)
"""


def test_a_few_answers_to_keys_run_no_collection() -> None:
    result = subprocess.run([sys.executable, "-c", FEW], capture_output=True, text=True, check=False)
    assert result.stdout.strip() == "[]", result.stderr


@pytest.mark.parametrize("program", [True, False])
def test_reading_the_history_leaves_a_frozen_program_frozen(program: bool) -> None:
    command = [sys.executable, "-c", ASK.format(program=program)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.stdout.split() == [str(program)] * 3, result.stderr
