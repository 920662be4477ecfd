"""The pictures of the Senior Management Team report: what is written on them is where no line can cross it."""

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import pytest
from matplotlib.figure import Figure as Picture
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Bbox
from pictures import ODD, assert_printable, graded, written
from small import month, tables

from qa_analysis.dates import months_between
from qa_analysis.month.month import Month
from qa_analysis.reports.smt_report import report
from qa_analysis.reports.smt_report.charts import coverage_matrix, good_over_time, grade_mix, six_areas


def test_the_label_of_the_usual_range_stands_beside_the_axes_whatever_the_grades() -> None:
    for last in (0, 10, 20):
        picture = good_over_time(graded(8, 9, 8, 7, 9, 8, 9, 7, 8, 9, 8, 9, last))
        picture.canvas.draw()
        axes = picture.axes[0]
        [label] = [text for text in axes.texts if isinstance(text, Annotation) and "usual" in text.get_text()]
        box, whole = label.get_window_extent(), picture.bbox
        assert box.x0 > axes.get_window_extent().x1
        assert box.x1 <= whole.x1 and box.y1 <= whole.y1


@pytest.mark.parametrize("last", ["2022-12", "2023-01", "2023-06", "2023-12", "2024-06", "2024-11"])
@pytest.mark.parametrize("good", [0, 10, 20])
def test_the_months_in_which_auditing_changed_are_named_above_the_axes_where_no_line_goes(last: str, good: int) -> None:
    picture = good_over_time(graded(*[good] * 24, last=last))
    picture.canvas.draw()
    axes = picture.axes[0]
    labels = [text for text in axes.texts if isinstance(text, Annotation) and "usual" not in text.get_text()]
    boxes = [Text.get_window_extent(label) for label in labels]
    assert len(boxes) == 1 + (last > "2022-12")
    rim = 3.5 * picture.dpi / 72  # half a dot
    assert all(box.y0 >= axes.get_window_extent().y1 + rim for box in boxes)
    assert all(picture.bbox.contains(*corner) for box in boxes for corner in box.corners())
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))
    leaders = [label.arrow_patch.get_window_extent() for label in labels if label.arrow_patch]
    assert len(leaders) == len(boxes)
    assert not any(inner(box).overlaps(leader) for box in boxes for leader in leaders)


@pytest.mark.parametrize("draw", [good_over_time, six_areas, grade_mix])
def test_a_control_character_in_a_name_of_the_rules_is_not_drawn(draw: Callable[[Month], Picture]) -> None:
    cycles = [cycle for cycle in months_between("2022-07", "2023-06") for _ in range(20)]
    usual = tables(audits=[{"cycle_month": cycle, "audited_on": f"{cycle}-15"} for cycle in cycles])
    rules = replace(
        usual.rules,
        breaks={cycle: f"{ODD} {cycle}" for cycle in usual.rules.breaks},
        key_areas={area: f"{ODD} {area}" for area in usual.rules.key_areas},
    )
    assert_printable(written(draw(replace(month(replace(usual, rules=rules)), rules=rules))))


def test_a_control_character_in_the_name_of_a_service_is_not_drawn() -> None:
    assert_printable(written(coverage_matrix(month(tables(audits=[{"service_area": ODD}])))))


def test_a_month_without_a_headline_audit_has_no_picture_of_the_areas() -> None:
    usual, nominated = (month(tables(audits=[{"selection_route": route}])) for route in ("random", "nominated"))
    assert report.pictures(usual).markup.count("<img") == report.pictures(nominated).markup.count("<img") + 1


def inner(box: Bbox) -> Bbox:
    """A box without its rim, which may be touched."""
    return box.padded(-1)
