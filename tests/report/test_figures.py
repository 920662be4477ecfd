"""The pictures: what is written on them is where no line can cross it."""

from matplotlib import pyplot as plt
from matplotlib.text import Annotation
from small import month, tables

from qa_analysis.dates import months_after
from qa_analysis.report.figures import good_over_time
from qa_analysis.report.month import Month
from qa_analysis.report.wording import run_chart_title

GOOD, POOR = {"overall_grade": "good"}, {"overall_grade": "requires improvement"}


def graded(*good: int, each: int = 20) -> Month:
    """So many good audits of each cycle's twenty, the last cycle being June 2023."""
    audits = []
    for back, size in enumerate(reversed(good)):
        cycle = months_after("2023-06", -back)
        when = {"cycle_month": cycle, "audited_on": f"{cycle}-15"}
        audits += [{**(GOOD if place < size else POOR), **when} for place in range(each)]
    return month(tables(audits=audits))


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
