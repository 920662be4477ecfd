"""The pictures: what is written on them is where no line can cross it."""

import warnings
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.figure import Figure as Picture
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Bbox
from small import month, tables

from qa_analysis.dates import months_after
from qa_analysis.measures.figure import frame_of, share
from qa_analysis.month.month import Month
from qa_analysis.questions.pictures import bars, dots
from qa_analysis.reports.close_the_loop.charts import changes
from qa_analysis.telling.charts import (
    auditors_or_panel,
    coverage_matrix,
    good_over_time,
    grade_mix,
    six_areas,
    time_to_complete,
)
from qa_analysis.telling.wording import run_chart_title

GOOD, POOR = {"overall_grade": "good"}, {"overall_grade": "requires improvement"}


def graded(*good: int, each: int = 20, last: str = "2023-06") -> Month:
    """So many good audits of each cycle's twenty, up to the last cycle."""
    audits = []
    for back, size in enumerate(reversed(good)):
        cycle = months_after(last, -back)
        when = {"cycle_month": cycle, "audited_on": f"{cycle}-15"}
        audits += [{**(GOOD if place < size else POOR), **when} for place in range(each)]
    return month(tables(last, audits=audits))


def test_the_label_of_the_usual_range_stands_beside_the_axes_whatever_the_grades() -> None:
    for last in (0, 10, 20):
        picture = good_over_time(graded(8, 9, 8, 7, 9, 8, 9, 7, 8, 9, 8, 9, last))
        picture.canvas.draw()
        axes = picture.axes[0]
        [label] = [text for text in axes.texts if isinstance(text, Annotation) and "usual" in text.get_text()]
        box, whole = label.get_window_extent(), picture.bbox
        assert box.x0 > axes.get_window_extent().x1
        assert box.x1 <= whole.x1 and box.y1 <= whole.y1
        plt.close(picture)


def test_the_title_of_the_run_chart_is_in_plain_words() -> None:
    steady = (8, 9, 8, 7, 9, 8, 9, 7, 8, 9, 8, 9)
    assert run_chart_title(graded(*steady, 18)) == "Better overall grades this month than chance would explain"
    assert run_chart_title(graded(*steady, 0)) == "Worse overall grades this month than chance would explain"
    assert run_chart_title(graded(*steady, 8)) == (
        "No change in overall grades this month beyond what chance would explain"
    )


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
    plt.close(picture)


def test_the_last_day_in_time_is_named_above_the_axes() -> None:
    done = {"agreed_on": "2023-04-01", "completed_on": "2023-04-02"}
    picture = time_to_complete(month(tables(audits=[{}], actions=[done] * 9 + [{"agreed_on": "2023-04-01"}])))
    picture.canvas.draw()
    [label] = picture.axes[0].texts
    assert label.get_text() == "day 40"
    assert label.get_window_extent().y0 >= picture.axes[0].get_window_extent().y1
    plt.close(picture)


ODD = "a\x00b\u202ec\u200fd\u2028e\ufefff\tg"


def written(picture: Picture) -> set[str]:
    """Every text of a picture, with those a drawing adds; whatever a font cannot draw is an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        picture.canvas.draw()
    said = {text.get_text() for text in picture.findobj(Text) if isinstance(text, Text)}
    plt.close(picture)
    return said


@pytest.mark.parametrize("draw", [good_over_time, six_areas, grade_mix, auditors_or_panel, changes])
def test_a_control_character_in_a_name_of_the_rules_is_not_drawn(draw: Callable[[Month], Picture]) -> None:
    usual = graded(*[8] * 12)
    rules = replace(
        usual.rules,
        breaks={cycle: f"{ODD} {cycle}" for cycle in usual.rules.breaks},
        key_areas={area: f"{ODD} {area}" for area in usual.rules.key_areas},
    )
    said = written(draw(replace(usual, rules=rules)))
    assert any("abcdefg" in text for text in said)
    assert all(letter.isprintable() or letter == "\n" for text in said for letter in text)


def test_a_control_character_in_the_name_of_a_service_is_not_drawn() -> None:
    assert "abcdefg" in written(coverage_matrix(month(tables(audits=[{"service_area": ODD}]))))


@pytest.mark.parametrize("draw", [bars, dots])
def test_groups_whose_names_begin_alike_stay_apart(draw: Callable[..., Picture]) -> None:
    groups = [f"{'a' * 80} {number}" for number in range(3)]
    labels = {"period": "2023-06", "population": "headline routes", "by": "team", "few": 5}
    figures = [share("good_or_better", part, 9, group=group, **labels) for part, group in enumerate(groups, start=2)]
    picture = draw(frame_of(figures, as_at=pd.Timestamp("2023-07-10")), {})
    picture.canvas.draw()
    assert len(picture.axes[0].get_yticks()) == 3
    plt.close(picture)


def inner(box: Bbox) -> Bbox:
    """A box without its rim, which may be touched."""
    return box.padded(-1)
