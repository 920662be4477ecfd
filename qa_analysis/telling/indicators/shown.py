"""Watched figures on a page: their table, and the small pictures in the same order."""

from collections.abc import Iterable, Iterator
from typing import Final

from qa_analysis.month.month import Month
from qa_analysis.telling.blocks import Html, chart, table
from qa_analysis.telling.charts_of_travel import SHAPES
from qa_analysis.telling.indicators.charts import small_pictures
from qa_analysis.telling.indicators.tables import indicators_table
from qa_analysis.telling.indicators.watched import Watched
from qa_analysis.telling.indicators.words import alt_of

DATASET: Final = "indicators"
CALLED: Final = "Performance indicators"
NO_LOOK: Final = 9
TOGETHER: Final = 6  # small pictures in one: more would be too small on paper


def to_look_at(every: Iterable[Watched]) -> list[Watched]:
    """The figures that need a look: getting worse, target missed, unusual where neither way is better, or missing."""
    return sorted((one for one in every if one.urgency < NO_LOOK), key=lambda one: one.urgency)


def others(every: Iterable[Watched]) -> list[Watched]:
    """All other figures, in the order of their codes."""
    return [one for one in every if one.urgency == NO_LOOK]


def told(month: Month, some: list[Watched], caption: str) -> Iterator[Html]:
    """The table of some figures, and their small pictures in the same order."""
    yield table(indicators_table(month, some), caption)
    yield from pictures(month, some)


def pictures(month: Month, some: list[Watched]) -> Iterator[Html]:
    """The small pictures of some figures, those that have any month."""
    drawn = [one for one in some if one.newest is not None]
    for begin in range(0, len(drawn), TOGETHER):
        part = drawn[begin : begin + TOGETHER]
        yield chart(
            small_pictures(month, part),
            alt=f"Small charts of two years. {alt_of(part)}. The values are in measures.csv, measure "
            f"{' and '.join(dict.fromkeys(one.months[-1].measure for one in part))}.",
            caption="Each on its own scale, in the order of the table. Band: usual range; dashed: its centre; dotted "
            f"across: target; dotted upright: a break. Marks: {SHAPES}; hollow: provisional, or under five cases.",
        )
