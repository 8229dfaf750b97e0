"""The plot of an exercise over time."""

from datetime import date, timedelta

from tests.for_each import for_each
from tui.history.performed import Course, CoursePoint
from tui.screens.history.plot import plot, progressions

DAY = date(2026, 3, 1)


def points(count: int, *names: str) -> tuple[CoursePoint, ...]:
    return tuple(
        CoursePoint(DAY + timedelta(days=number), 40.0 + number, name.lower(), name)
        for number in range(count)
        for name in [names[number * len(names) // count] if names else ""]
    )


def test_it_has_axes_and_a_mark_for_each_progression() -> None:
    course = Course(points(20, "Two legs", "One leg"), "s")
    assert progressions(course) == (("1", "Two legs"), ("2", "One leg"))
    lines = plot(course, 80, 20).plain.split("\n")
    assert len([line for line in lines if line]) == 20
    assert max(map(len, lines)) <= 80
    body = "\n".join(line.partition("┤")[2] or line.partition("│")[2] for line in lines[:-2])
    assert (body.count("1"), body.count("2")) == (10, 10)
    assert "└" in lines[-2]
    assert "1 Mar" in lines[-1]
    assert "20 Mar" in lines[-1]
    assert any(line.startswith("1:0") for line in lines)  # seconds are written as on a clock


def test_reps_are_numbers_and_without_a_ladder_each_point_is_a_dot() -> None:
    course = Course(points(5), "reps")
    shown = plot(course, 60, 12).plain
    assert shown.count("•") == 5
    assert ":" not in shown
    assert progressions(course) == ()


def test_the_marks_are_those_of_the_whole_course_even_if_few_points_are_shown() -> None:
    course = Course(points(300, "A", "B", "C", "D"), "s")
    shown = plot(course, 40, 10).plain
    assert "4" in shown.split("\n")[0] + shown.split("\n")[1]


@for_each("size", [(0, 0), (5, 3), (16, 4), (15, 9)])
def test_without_space_the_plot_is_empty(size: tuple[int, int]) -> None:
    assert plot(Course(points(5), "s"), *size).plain == ""


@for_each("count", [1, 2])
@for_each("size", [(16, 5), (40, 8), (200, 60)])
def test_one_point_is_enough(count: int, size: tuple[int, int]) -> None:
    shown = plot(Course(points(count), "s"), *size).plain
    assert "•" in shown
    assert max(map(len, shown.split("\n"))) <= size[0]


def test_names_of_a_file_are_no_markup_and_the_same_day_may_come_twice() -> None:
    point = CoursePoint(DAY, 40.0, "x", "[/nope]")
    assert "1" in plot(Course((point, point), "s"), 40, 10).plain
