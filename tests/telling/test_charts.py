"""The kit of pictures: what a figure looks like without a word said about it, and what it says where it cannot."""

import ast
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.colors import same_color, to_rgb
from matplotlib.figure import Figure as Picture
from nbclient import NotebookClient
from pictures import ODD, assert_printable, counts, names, over_cycles, shares, written

from qa_analysis.errors import WrongUse
from qa_analysis.telling import charts
from qa_analysis.telling.chart_style import DARK, SEGMENTS, ink_on

TWO = over_cycles(shares(("North", 0.5), ("South", 0.7)), shares(("North", 0.4), ("South", 0.9), denominator=12))
FLOW = over_cycles(counts(("in", 3), ("out", 1), ("held", 7)), counts(("in", 2), ("out", 4), ("held", 5)))
BY_GRADE = counts(("North+good", 3), ("North+poor", 1), ("South+good", 2), by="team+grade")
CURVE = shares(("9", 0.6), ("0", 0.1), ("10", 0.8), by="day")
EVERY = {
    charts.dots: shares((ODD, 0.5)), charts.bars: counts((ODD, 5)), charts.lines: shares((ODD, 0.5)),
    charts.stacked: counts((f"{ODD}+good", 3), by="team+grade"), charts.columns: counts((ODD, 5)),
    charts.grid: counts((f"{ODD}+good", 3), by="team+grade"), charts.run_chart: shares(("", 0.5), by=""),
    charts.steps: CURVE, charts.travel: shares((ODD, 0.5)),
}  # fmt: skip


def drawn(picture: Picture) -> Axes:
    """The only axes of a picture, drawn."""
    picture.canvas.draw()
    [axes] = picture.axes
    return axes


def marks(axes: Axes) -> list[list[tuple[float, float]]]:
    """Where the marks of each side are: value and place. One list per side that has any."""
    sides = [container.lines[0].get_xydata() for container in axes.containers]
    return [[(round(x, 3), round(y, 3)) for x, y in side] for side in sides if len(side)]


def test_a_share_alone_names_its_axis_and_its_groups_with_their_n() -> None:
    axes = drawn(charts.dots(shares(("North", 0.5), ("South", 0.7))))
    assert axes.get_xlabel() == "Seen alone (%, with 95% confidence interval)"
    assert axes.get_xlim() == (0, 100)
    assert names(axes.get_yticklabels()) == ["North  n=10", "South  n=10"]
    assert axes.get_legend() is None


def test_the_first_group_is_at_the_top_with_its_interval_around_it() -> None:
    axes = drawn(charts.dots(shares(("North", 0.5), ("South", 0.7))))
    assert marks(axes) == [[(50, 0), (70, 1)]]
    assert axes.yaxis_inverted()
    [(_, _, [intervals])] = axes.containers
    assert [[round(x) for x, _ in ends] for ends in intervals.get_segments()] == [[40, 60], [60, 80]]


def test_a_difference_is_in_points_with_nought_marked() -> None:
    change = shares(("North", -0.2), unit="difference of shares").assign(lower=-0.3, upper=0.1)
    axes = drawn(charts.dots(change))
    assert axes.get_xlabel() == "Seen alone (percentage points, with 95% confidence interval)"
    assert marks(axes) == [[(-20, 0)]]
    assert list(axes.lines[-1].get_xdata()) == [0, 0]


def test_two_periods_stand_beside_each_other_and_are_told_by_shape_and_name() -> None:
    axes = drawn(charts.dots(TWO))
    assert marks(axes) == [[(50, -0.14), (70, 0.86)], [(40, 0.14), (90, 1.14)]]
    assert [container.lines[0].get_marker() for container in axes.containers] == ["o", "s"]
    legend = axes.get_legend()
    assert legend is not None and names(legend.get_texts()) == ["April 2023", "May 2023"]
    assert names(axes.get_yticklabels()) == ["North  n=10, 12", "South  n=10, 12"]


def test_the_last_dimension_can_be_the_two_sides() -> None:
    sided = shares(("North+now", 0.5), ("North+then", 0.4), by="team+side")
    axes = drawn(charts.dots(sided, sides="side", names={"then": "last year", "now": "this year"}))
    assert names(axes.get_yticklabels()) == ["North  n=10"]
    legend = axes.get_legend()
    assert legend is not None and names(legend.get_texts()) == ["last year", "this year"]
    with pytest.raises(WrongUse, match=r"They are split by team\+side\."):
        charts.dots(sided, sides="grade")


def test_titles_name_groups_and_what_they_are_split_by() -> None:
    axes = drawn(charts.dots(shares(("n+x", 0.5), by="team+kind"), titles={"n": "North", "x": "new"}, with_n=False))
    assert names(axes.get_yticklabels()) == ["North (new)"]


def test_a_plus_in_a_name_is_no_second_dimension() -> None:
    axes = drawn(charts.bars(counts(("North + East", 5))))
    assert names(axes.get_yticklabels()) == ["North + East"]


def test_groups_are_those_asked_for_in_that_order_and_one_without_a_figure_keeps_its_place() -> None:
    axes = drawn(
        charts.dots(shares(("North", 0.5), ("South", 0.7), ("West", np.nan)), groups=["West", "East", "South"])
    )
    assert names(axes.get_yticklabels()) == ["West  n=10", "East", "South  n=10"]
    assert marks(axes) == [[(70, 2)]]


def test_a_muted_row_is_grey_and_has_its_words_beside_it() -> None:
    axes = drawn(charts.dots(shares(("North", 0.5), ("South", 0.7)), muted=["North"], beside={"North": "no change"}))
    coloured, grey = axes.containers
    assert list(grey.lines[0].get_ydata()) == [0] and list(coloured.lines[0].get_ydata()) == [1]
    [words] = axes.texts
    assert (words.get_text(), words.xy[1]) == ("no change", 0)


def test_groups_whose_names_begin_alike_stay_apart() -> None:
    long = [f"{'a' * 80} {number}" for number in range(3)]
    for picture in (charts.dots(shares(*((name, 0.5) for name in long))), charts.bars(counts(*((n, 5) for n in long)))):
        assert len(drawn(picture).get_yticks()) == 3


@pytest.mark.parametrize("draw", EVERY)
def test_no_figure_is_said_in_a_sentence(draw: Callable[..., Picture]) -> None:
    with pytest.raises(WrongUse) as refusal:
        draw(EVERY[draw].iloc[:0])
    assert str(refusal.value) == "There is no figure to draw. Look at this.figures(...) first."


def test_what_cannot_be_drawn_is_said_with_what_to_do() -> None:
    other, mixed = pd.DataFrame({"team": ["North"]}), pd.concat([shares(("North", 0.5)), counts(("North", 5))])
    populations = pd.concat([shares(("North", 0.5), population=name) for name in "ab"])
    for draw, figures, said in (
        (charts.dots, other, "This table holds no figures, it lacks measure, "),
        (charts.dots, mixed, 'they differ in unit ("share", "visits")'),
        (charts.dots, over_cycles(*[shares(("North", 0.5))] * 4), "4 marks in a row are too many to distinguish"),
        (charts.bars, populations, 'they differ in population ("a", "b"). Choose one'),
        (charts.bars, TWO, 'they differ in period ("2023-04", "2023-05")'),
        (charts.run_chart, TWO, "they differ in group."),
        (charts.run_chart, shares(("", 0.5), period="2023-01/2023-06"), "None of these figures is of a single cycle"),
        (charts.grid, shares(("North", 0.5)), "a share needs its interval and its n. Draw it with charts.dots"),
        (charts.columns, TWO, "a share needs its interval and its n. Draw it with charts.lines"),
        (charts.columns, counts(*((name, 1) for name in "abcd")), "4 bars in one cycle are too many to distinguish"),
        (
            charts.stacked,
            counts(*((name, 1) for name in "abcdefg")),
            "7 segments in one bar are too many to distinguish",
        ),
        (charts.steps, shares(("North", 0.5)), "groups that are numbers"),
    ):
        with pytest.raises(WrongUse) as refusal:
            draw(figures)
        assert said in str(refusal.value)


def test_a_count_has_a_plain_axis_and_its_number_at_the_bar() -> None:
    axes = drawn(charts.bars(counts(("North", 1204), ("South", 2.5), unit="days")))
    assert axes.get_xlabel() == "Visits made (days)"
    assert names(axes.texts) == ["1,204", "2.5"]
    assert names(axes.get_yticklabels()) == ["North", "South"]
    assert [bar.get_width() for bar in axes.patches] == [1204, 2.5]


def test_a_unit_that_the_name_holds_is_not_said_twice() -> None:
    assert drawn(charts.bars(counts(("North", 5)))).get_xlabel() == "Visits made"


def test_a_bar_of_a_share_has_its_interval_and_its_n() -> None:
    axes = drawn(charts.bars(shares(("North", 0.5))))
    assert names(axes.texts) == ["50%"]
    assert names(axes.get_yticklabels()) == ["North  n=10"]
    assert len([container for container in axes.containers if hasattr(container, "has_xerr")]) == 1


def test_segments_follow_each_other_and_nought_has_no_number() -> None:
    axes = drawn(charts.stacked(BY_GRADE))
    good, poor = ([(bar.get_x(), bar.get_width()) for bar in bars] for bars in axes.containers)
    assert (good, poor) == ([(0, 3), (0, 2)], [(3, 1), (2, 0)])
    assert names(axes.texts) == ["3", "2", "1", ""]
    legend = axes.get_legend()
    assert legend is not None and names(legend.get_texts()) == ["Good", "Poor"]
    assert names(axes.get_yticklabels()) == ["North", "South"]


def test_segments_of_several_cycles_stand_upright_in_the_order_of_time() -> None:
    april, may = (shares(("good", good), ("poor", 1 - good), by="grade") for good in (0.25, 0.75))
    axes = drawn(charts.stacked(over_cycles(april, may).sort_values("period", ascending=False, kind="stable")))
    assert names(axes.get_xticklabels()) == ["Apr\n23\nn=10", "May\n23\nn=10"]
    assert [[bar.get_height() for bar in bars] for bars in axes.containers] == [[25, 75], [75, 25]]
    assert {text.get_text(): text.xy[1] for text in axes.texts[-2:]} == {"Good": 37.5, "Poor": 87.5}
    assert axes.get_ylim() == (0, 100)


@pytest.mark.parametrize("colour", SEGMENTS)
def test_a_number_can_be_read_on_its_segment(colour: str) -> None:
    light, dark = sorted((luminance(colour), luminance(ink_on(colour))), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5  # WCAG 2.2, success criterion 1.4.3


def luminance(colour: str) -> float:
    parts = np.array(to_rgb(colour))
    return float(np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4) @ (0.2126, 0.7152, 0.0722))


def test_a_grid_is_blank_where_there_is_no_figure_and_named_after_its_dimensions() -> None:
    axes = drawn(charts.grid(BY_GRADE))
    assert (axes.get_ylabel(), axes.get_xlabel()) == ("Team", "Grade")
    assert (names(axes.get_yticklabels()), names(axes.get_xticklabels())) == (["North", "South"], ["good", "poor"])
    assert names(axes.texts) == ["3", "1", "2"]
    assert names(drawn(charts.grid(BY_GRADE, absent=0)).texts) == ["3", "1", "2", "0"]


def test_a_grid_of_one_dimension_has_the_cycles_across() -> None:
    year = counts(("in", 99), period="2022-06/2023-05")
    axes = drawn(charts.grid(pd.concat([year, FLOW])))
    assert names(axes.get_yticklabels()) == ["in", "out", "held"]
    assert names(axes.get_xticklabels()) == ["Apr\n23", "May\n23"]
    assert names(axes.texts) == ["3", "2", "1", "4", "7", "5"]


def test_a_grid_may_frame_its_diagonal_and_say_what_lies_on_either_side() -> None:
    axes = drawn(charts.grid(BY_GRADE, is_framed=True, corners=("above", "below")))
    assert [frame.get_xy() for frame in axes.patches] == [(0, 0), (1, 1)]
    assert names(axes.texts)[-2:] == ["above", "below"]


def test_a_run_chart_is_hollow_under_five_and_its_line_passes_that_by() -> None:
    cycles = [shares(("", value), by="", denominator=size) for value, size in ((0.5, 9), (0.1, 4), (0.7, 5))]
    year = shares(("", 0.4), by="", period="2022-06/2023-05")
    axes = drawn(charts.run_chart(pd.concat([year, over_cycles(*cycles)])))
    assert names(axes.get_xticklabels()) == ["Apr\n23\nn=9", "May\n23\nn=4", "Jun\n23\nn=5"]
    assert [list(line.get_ydata()) for line in axes.lines] == [[50, 70]]
    full, hollow = axes.collections
    assert same_color(full.get_facecolor()[0], DARK) and same_color(hollow.get_facecolor()[0], "white")
    assert (len(full.get_offsets()), hollow.get_offsets().tolist()) == (2, [[1, 10]])
    assert (axes.get_ylabel(), axes.get_ylim()) == ("Seen alone (%)", (0, 100))


def test_limits_are_a_band_named_beside_the_axes_and_a_break_is_named_above_them() -> None:
    cycles = over_cycles(*[shares(("", value), by="") for value in (0.5, 0.6, 0.7)])
    axes = drawn(charts.run_chart(cycles, cycles.assign(lower=-0.2, upper=0.9), breaks={"2023-05": "new form"}))
    assert names(axes.texts) == ["usual\nrange", "new form"]
    before, after = [each.get_paths()[0].vertices for each in axes.collections if each.get_alpha()]
    assert before[:, 0].max() == after[:, 0].min() == 0.5  # no band goes across the break
    assert (after[:, 1].min(), after[:, 1].max()) == (0, 90)


def test_a_band_is_as_wide_as_each_cycles_cases_make_it_and_what_is_usual_is_a_line_to_the_break() -> None:
    cycles = over_cycles(*[shares(("", value), by="") for value in (0.5, 0.6, 0.7)])
    limits, centre = cycles.assign(lower=[0.3, 0.2, 0.1], upper=[0.7, 0.8, 0.9]), cycles.assign(value=[0.5, 0.65, 0.65])
    axes = drawn(charts.run_chart(cycles, limits, centre=centre, breaks={"2023-05": "new form"}))
    after = [each.get_paths()[0].vertices for each in axes.collections if each.get_alpha()][1]
    assert {tuple(point) for point in after} >= {(0.5, 20), (1.5, 20), (1.5, 10), (1.5, 80), (1.5, 90), (2.5, 90)}
    levels = [line for line in axes.lines if line.get_linestyle() == "--"]
    assert [(list(line.get_xdata()), list(line.get_ydata())) for line in levels] == [
        ([-0.5, 0.5], [50, 50]), ([0.5, 2.5], [65, 65]),
    ]  # fmt: skip


def test_columns_stand_beside_each_other_and_one_group_can_be_a_line() -> None:
    axes = drawn(charts.columns(FLOW, groups=["in", "out"], line="held"))
    assert [[bar.get_height() for bar in bars] for bars in axes.containers] == [[3, 2], [1, 4]]
    assert [list(line.get_ydata()) for line in axes.lines] == [[7, 5]]
    assert names(axes.get_xticklabels()) == ["Apr\n23", "May\n23"]
    assert axes.get_ylabel() == "Visits made"


def test_lines_are_one_small_picture_a_group_on_a_scale_that_holds_them_all() -> None:
    low_first = over_cycles(counts(("North", 2), ("South", 80)), counts(("North", 3), ("South", 90)))
    picture = charts.lines(low_first)
    picture.canvas.draw()
    north, south = picture.axes
    assert (north.get_title(loc="left"), south.get_title(loc="left")) == ("North", "South")
    assert north.get_ylim() == south.get_ylim() and south.get_ylim()[1] >= 90
    assert list(south.lines[0].get_ydata()) == [80, 90]
    assert names(south.get_xticklabels()) == ["Apr\n23", "May\n23"]


def test_no_title_above_small_pictures_reaches_the_next_one() -> None:
    titles = {f"{number}": f"6.{number} Decisions tracked from month to month" for number in (1, 2, 3)}
    picture = charts.lines(over_cycles(counts(*((code, 2) for code in titles))), titles=titles)
    picture.canvas.draw()
    ends = [axes._left_title.get_window_extent().x1 for axes in picture.axes]  # where each title was drawn
    starts = [axes.get_window_extent().x0 for axes in picture.axes[1:]]
    assert len(starts) == 2
    assert all(end < start for end, start in zip(ends, starts, strict=False))


def test_the_number_of_cases_stands_where_the_last_points_do_not_cover_it() -> None:
    high, low = (over_cycles(*(shares((name, value)) for value in (0.5, 1 if name == "High" else 0.4)))
                 for name in ("High", "Low"))  # fmt: skip
    for figures, corner in ((high, 0), (low, 1)):
        picture = charts.lines(figures)
        picture.canvas.draw()
        [said] = picture.axes[0].texts
        assert said.get_text().startswith("n=") and said.xy == (1, corner)


def test_travel_is_one_small_picture_a_group_each_on_its_own_scale_with_its_range_and_its_target() -> None:
    low_first = over_cycles(counts(("North", 2), ("South", 80)), counts(("North", 3), ("South", 90)))
    picture = charts.travel(low_first.assign(lower=1, upper=95), targets={"South": 85}, breaks={"North": ["2023-05"]})
    picture.canvas.draw()
    north, south = picture.axes
    assert (north.get_title(loc="left"), south.get_title(loc="left")) == ("North", "South")
    assert [list(line.get_ydata()) for line in south.lines][-1] == [85, 85]
    assert [list(line.get_xdata()) for line in north.lines if list(line.get_xdata()) == [0.5, 0.5]]
    assert len(north.collections) == 2 and len(south.collections) == 1  # a range ends at a break


def test_a_curve_is_drawn_in_the_order_of_its_days_and_a_day_is_named_above_it() -> None:
    axes = drawn(charts.steps(CURVE, marked=9, marked_as="day 9"))
    value, lower, upper, _ = axes.lines
    assert list(value.get_xdata()) == [0, 9, 10] and list(value.get_ydata()) == [10, 60, 80]
    assert lower.get_ydata()[1] < 60 < upper.get_ydata()[1]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("Day", "Seen alone (%, with 95% confidence interval)")
    [label] = axes.texts
    assert label.get_text() == "day 9"
    assert label.get_window_extent().y0 >= axes.get_window_extent().y1


def test_two_pictures_can_share_one() -> None:
    _, (left, right) = plt.subplots(1, 2)
    assert charts.bars(counts(("North", 5)), axes=left) is charts.steps(CURVE, axes=right)
    assert names(left.get_yticklabels()) == ["North"] and right.get_xlabel() == "Day"
    plt.close()


@pytest.mark.parametrize("draw", [draw for draw in EVERY if draw not in (charts.run_chart, charts.steps)])
def test_a_control_character_in_the_name_of_a_group_is_not_drawn(draw: Callable[..., Picture]) -> None:
    assert_printable(written(draw(EVERY[draw])))
    assert_printable(written(draw(EVERY[draw].replace({ODD: "x", f"{ODD}+good": "x+good"}), titles={"x": ODD})))


@pytest.mark.slow
def test_a_picture_shows_itself_once_in_a_notebook() -> None:
    source = "from pictures import shares\nfrom qa_analysis.telling import charts\ncharts.dots(shares(('North', 0.5)))"
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(f"import sys\nsys.path[:] = {sys.path}\n{source}")]
    )
    NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
    shown = [output for output in notebook.cells[0].outputs if "image/png" in output.get("data", {})]
    assert len(shown) == 1


def test_the_kit_knows_no_month_and_no_measure() -> None:
    kit = [path for path in Path(charts.__file__).parent.glob("chart*.py")]
    imported = {
        node.module
        for path in kit
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom)
    }
    assert len(kit) == 6
    assert not [name for name in imported if name and name.startswith(("qa_analysis.month", "qa_analysis.measures"))]
