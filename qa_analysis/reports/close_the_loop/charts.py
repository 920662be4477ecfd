"""The picture of closing the loop: how far each grade moved, and how sure that is."""

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.figure import Figure as Picture

from qa_analysis.measures.closing_the_loop.verdicts import WORTH_TELLING
from qa_analysis.measures.populations import LEAD
from qa_analysis.month.month import Month
from qa_analysis.reports.close_the_loop.tables import graded_areas
from qa_analysis.telling.charts import DARK, GREY, ORANGE, style, wrapped


def changes(month: Month) -> Picture:
    """Which grades moved since six months ago? A dot with its interval per grade, and the verdict in words."""
    style()
    areas = graded_areas(month)
    picture, axes = plt.subplots(figsize=(9, 4.8))
    for place, (_, by, group) in enumerate(areas):
        change = month.figure("loop_difference", by=by, group=group, population=LEAD)
        said = month.figure("loop_verdict", by=by, group=group, population=LEAD)
        if change is None or said is None or not change.is_given:
            continue
        colour = DARK if said.verdict in WORTH_TELLING else GREY
        spread = np.array([[change.value - change.lower], [change.upper - change.value]]) * 100
        axes.errorbar(100 * change.value, place, xerr=spread, fmt="o", color=colour, capsize=3, markersize=7)
        axes.annotate(
            said.verdict + ("*" if said.reasons else ""), (1.01, place),
            xycoords=("axes fraction", "data"), va="center", fontsize=9,
        )  # fmt: skip
    axes.axvline(0, color=ORANGE, linestyle=":", linewidth=1.5)
    axes.set_yticks(range(len(areas)), [wrapped(title) for title, _, _ in areas])
    axes.invert_yaxis()
    axes.set(xlabel="Change of the share good or better, in points, with 95 % interval (right of nought is better)")
    return picture
