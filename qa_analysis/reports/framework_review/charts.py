"""The pictures of the annual review: how each promise went, cycle by cycle."""

from matplotlib.figure import Figure as Picture
from pandas import DataFrame

from qa_analysis.english import in_a_sentence
from qa_analysis.measures.framework_review.kept import MEASURES, PROMISE
from qa_analysis.measures.framework_review.promise import KEPT
from qa_analysis.measures.framework_review.promises import PROMISES
from qa_analysis.month.month import Month
from qa_analysis.telling import charts

FROM = 3  # cycles with enough cases: from so many on there is a course to see
TOGETHER = 9  # small pictures in one


def drawn(month: Month) -> list[list[str]]:
    """The promises whose course tells something, some at a time, in the order of the framework."""
    codes = [one.code for one in PROMISES if one.code in _with_a_course(month)]
    return [codes[begin : begin + TOGETHER] for begin in range(0, len(codes), TOGETHER)]


def not_drawn(month: Month) -> list[str]:
    """The promises that have cases and no picture: always kept, or of too few cases in most cycles."""
    held = set(_of_cycles(month)["group"])
    return [in_a_sentence(one.title) for one in PROMISES if one.code in held - _with_a_course(month)]


def _with_a_course(month: Month) -> set[str]:
    found = _of_cycles(month)
    enough = found[found["denominator"] >= month.rules.percentage_from]
    groups = enough.groupby("group")["value"]
    return {str(code) for code, values in groups if len(values) >= FROM and values.min() < 1}


def _of_cycles(month: Month) -> DataFrame:
    found = month.over_time(MEASURES[KEPT], by=PROMISE, periods=month.cycles)
    return found[found["denominator"] > 0]


def over_cycles(month: Month, codes: list[str]) -> Picture:
    """How often was each promise kept, cycle by cycle? One small picture each."""
    found = _of_cycles(month)
    return charts.lines(
        found[found["group"].isin(codes)],
        titles={one.code: one.title for one in PROMISES},
        groups=codes,
        cycles=month.cycles,
        axis="Kept (% of all cases)",
    )


def good_or_better(month: Month) -> Picture:
    """How did the share of audits graded good or better go, cycle by cycle?"""
    return charts.lines(
        month.over_time("good_or_better", periods=month.cycles),
        titles={"": "Headline audits"},
        cycles=month.cycles,
        axis="Good or better (%)",
    )
