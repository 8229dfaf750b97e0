"""The full-screen program is frozen, and the collector then runs only after many new objects."""

import subprocess
import sys

FEW = """
import gc
from tui.garbage import freeze_program

gc.disable()  # as the program is until then
freeze_program()
runs = []
gc.callbacks.append(lambda phase, info: runs.append(phase))
answers = [[number] for number in range(5000)]
print(runs, gc.isenabled(), gc.get_freeze_count() > 1000)
"""


def test_a_few_answers_to_keys_run_no_collection() -> None:
    result = subprocess.run([sys.executable, "-c", FEW], capture_output=True, text=True, check=False)
    assert result.stdout.strip() == "[] True True", result.stderr
