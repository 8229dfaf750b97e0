"""CSV files in an import: which program wrote them, and what can be imported instead."""

from __future__ import annotations

import csv

_PROGRAMS = (
    ("Gluteus (history --csv)", {"id", "routine", "started_at"}),
    ("Gluteus (history --csv --sets)", {"session", "routine", "started_at"}),
    ("Strong", {"Workout Name", "Exercise Name", "Set Order"}),
    ("Hevy", {"title", "start_time", "exercise_title"}),
    ("FitNotes", {"Date", "Exercise", "Category", "Reps"}),
)
"""The columns that only an export of this program has all of."""


def csv_advice(data: bytes) -> str:
    """Return one line on a CSV file: what it is and what to do."""
    program = csv_program(data)
    if program is None:
        return "CSV is not imported; convert it to JSON with the keys of gluteus history --json"
    if program.startswith("Gluteus"):
        return f"it is the CSV of {program}, which is for spreadsheets; import the output of gluteus history --json"
    return (
        f"it is the CSV of {program}, which has repetitions but no times of each set; export FIT from there if it can, "
        "or convert it to JSON with the keys of gluteus history --json"
    )


def csv_program(data: bytes) -> str | None:
    """Return the program that wrote a CSV file, by the columns that its first line names; None if unknown."""
    head = data[:4096].decode("utf-8-sig", errors="replace").partition("\n")[0].rstrip("\r")
    try:
        columns = {name.strip() for name in next(csv.reader([head], delimiter=max(",;\t", key=head.count)), [])}
    except csv.Error:
        return None
    return next((program for program, own in _PROGRAMS if own <= columns), None)
