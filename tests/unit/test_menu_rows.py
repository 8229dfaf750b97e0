"""A routine in the menu: its row, its preview and its small timeline, at any width."""

from textual.content import Content

from tests.for_each import for_each
from tui.library.overview import CardProblem, ExerciseCard, RoutineCard
from tui.screens.menu.routine_list import news
from tui.screens.menu.rows import acts
from tui.widgets.routine_text import BARS, RoutineRow, facts, preview, strip

SPANS = (("prepare", 10.0), ("work", 60.0), ("switch", 5.0), ("work", 60.0), ("rest", 30.0), ("work", 60.0))
CARD = RoutineCard(
    "bridges", "/somewhere/bridges.toml", False, title="Bridges", summary="From two legs to one.", tags=("floor",),
    needs=("mat",), total_s=225.0, sets=2, spans=SPANS,
    parts=(ExerciseCard("Reverse bridge", "10 reps", ("Two legs", "Feet together", "Staggered", "Single leg"), 2),),
)  # fmt: skip
BROKEN = RoutineCard("own", "/somewhere/own.toml", False, (CardProblem("own.toml", 3, 1, "rest needs its quotes"),))


def lines(content: Content) -> list[str]:
    return content.plain.split("\n")


def test_the_strip_is_to_scale_and_its_kinds_differ_without_colour() -> None:
    drawn = strip(SPANS, 45).plain
    assert len(drawn) == 45 and set(drawn) == set(BARS.values())
    assert drawn.count(BARS["work"]) == 36, "four fifths of the time"


@for_each("card", [CARD, BROKEN])
@for_each("height", [1, 2])
@for_each("width", [12, 20, 40, 60, 100])
def test_a_row_has_its_width_and_names_the_routine(card: RoutineCard, height: int, width: int) -> None:
    shown = RoutineRow(card, "3 days ago").lines(width, height, is_current=True)
    assert len(lines(shown)) == height
    assert all(Content(line).cell_length <= width for line in lines(shown))
    assert ("own" if card.problems else "Bridges") in lines(shown)[0]


def test_a_row_says_when_it_was_done_if_there_is_space() -> None:
    row = RoutineRow(CARD, "3 days ago")
    assert "3 days ago" in row.lines(60, 2).plain and "3 days ago" in row.lines(60, 1).plain
    assert "3 days ago" not in row.lines(30, 2).plain and "4 min" in row.lines(30, 2).plain


def test_a_broken_file_shows_its_problem_in_row_and_preview() -> None:
    assert lines(RoutineRow(BROKEN).lines(50, 2))[1].strip() == "line 3: rest needs its quotes"
    shown = preview(RoutineRow(BROKEN), 50).plain
    assert "Press e to edit it here, or E to open it in your editor." in shown
    assert "own.toml" in shown and "line 3" in shown
    assert facts(RoutineRow(BROKEN), 50) is None


@for_each("width", [24, 40, 80])
def test_the_preview_holds_length_work_and_the_ladder_with_the_place_on_it(width: int) -> None:
    shown = lines(preview(RoutineRow(CARD), width))
    assert all(Content(line.rstrip()).cell_length <= width for line in shown if line != CARD.summary)
    whole = "\n".join(shown)
    assert "3:45" in shown[0] and "3:00 of work in 2 sets" in whole
    assert "● Staggered" in whole and "○ Single leg" in whole and whole.count("●") == 1


def test_the_preview_says_if_a_dose_is_far_from_that_of_the_ladder() -> None:
    differs = "single leg: 40 s a side here, its ladder says 20 s"
    card = CARD._replace(parts=(CARD.parts[0]._replace(differs=differs),))
    assert differs in " ".join(preview(RoutineRow(card), 80).plain.split())
    assert "its ladder says" not in preview(RoutineRow(CARD), 80).plain


def test_only_known_facts_are_shown() -> None:
    bundled = CARD._replace(bundled=True)
    shown = facts(RoutineRow(bundled, "yesterday"), 40)
    assert shown is not None and [line.split()[-1] for line in lines(shown)] == ["mat", "floor", "yesterday"]
    own = facts(RoutineRow(CARD._replace(tags=(), needs=())), 40)
    assert own is not None and own.plain.split() == ["yours", "bridges.toml"]
    assert facts(RoutineRow(bundled._replace(tags=(), needs=())), 40) is None


def test_only_commands_that_do_something_with_the_row_are_offered() -> None:
    actions = ("start", "progressions", "rehearse", "edit", "new")

    def offered(row: RoutineRow | None) -> list[str]:
        return [action for action in actions if acts(action, row)]

    no_ladder = CARD._replace(parts=(ExerciseCard("Stretch", "30 s", (), 0),))
    assert offered(RoutineRow(CARD)) == list(actions)
    assert offered(RoutineRow(no_ladder)) == ["start", "rehearse", "edit", "new"]
    assert offered(RoutineRow(BROKEN)) == ["start", "edit", "new"]
    assert offered(None) == ["new"]


OTHER = RoutineCard("other", "/somewhere/other.toml", False, title="Other")
BUNDLED = RoutineCard("tabata", "/bundled/tabata.toml", True, title="Tabata")


@for_each(
    ("before", "after", "words"),
    [
        ((CARD, BUNDLED), (CARD._replace(stamp="another"), BUNDLED._replace(total_s=1.0)), ""),
        ((CARD,), (CARD, OTHER), "New: Other."),
        ((CARD, OTHER), (CARD,), "Other is gone."),
        ((CARD,), (CARD._replace(total_s=1.0),), "Bridges has changed."),
        ((OTHER._replace(id="own"),), (BROKEN,), "own.toml is not ready: line 3. Press end to see it."),
        ((BROKEN,), (OTHER._replace(id="own"),), "Other is ready."),
        ((CARD,), (OTHER,), "2 of your routines have changed."),
    ],
)
def test_what_has_changed_is_named(before: tuple[RoutineCard], after: tuple[RoutineCard], words: str) -> None:
    assert news(before, after, "bridges") == words


def test_a_broken_file_under_the_cursor_need_not_be_looked_for() -> None:
    assert news((), (BROKEN,), "own") == "own.toml is not ready: line 3."
