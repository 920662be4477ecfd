"""The pages of councils beside each other: the region's names nobody, and each council's own names it alone."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

import pandas as pd

from qa_analysis.dates import month_name, span_name
from qa_analysis.english import at_first, counted, in_a_sentence, in_letters, listed, with_minus
from qa_analysis.forms.html.page import page_of
from qa_analysis.framework import usual_words
from qa_analysis.region.compared.comparison import FEW_COUNCILS, FEWEST, Comparison, Dot, Kind
from qa_analysis.region.compared.picture import funnel_picture
from qa_analysis.stats.estimate import Estimate
from qa_analysis.telling.blocks import Html, bullets, chart, heading, message, page, paragraph, table

ANOTHER: Final = "another council"
INSIDE, ABOVE, BELOW = "within the limits", "above the limits", "below the limits"
VERDICTS: Final[Mapping[str, str]] = {"": INSIDE, "above": ABOVE, "below": BELOW}
READING: Final = (
    "The band is where a council would lie if it differed from the region by no more than chance and the usual "
    "differences between councils. A council outside it is a reason to ask why: councils differ in their children, in "
    "what they choose to audit and in how they record. Nobody is ranked.",
    "Every figure is made of counts that each council rounded before they left it. Counts below its threshold are not "
    "given, so that a council without enough cases has no dot. Figures of councils with few, or almost all, are words "
    "and have no dot either: the region's value leaves those councils out.",
    "The likely range takes councils, not cases, as what chance would choose.",
)


def region_edition(month: str, told: Iterable[Comparison], not_told: Iterable[str], councils: int) -> str:
    """The region's page as text: no council is named."""
    return _page(month, tuple(told), tuple(not_told), councils, "")


def council_edition(
    month: str, told: Iterable[Comparison], not_told: Iterable[str], councils: int, council: str
) -> str:
    """One council's page as text: it is named, and all others are dots."""
    return _page(month, tuple(told), tuple(not_told), councils, council)


def _page(month: str, told: tuple[Comparison, ...], not_told: tuple[str, ...], councils: int, council: str) -> str:
    title = f"Councils of the region compared: audit cycle {month_name(month)}"
    body = page(
        heading(title, level=1),
        message(paragraph(_lead(told, councils, council), kind="lead")),
        *_overview(told, council),
        *_not_told(not_told),
        heading("How to read this", level=2),
        bullets([*READING, *_few(told)]),
        *(piece for one in told for piece in _section(one, council)),
    )
    return page_of(body, title=title, council=replace(usual_words(), name=council or "the region"))


def _lead(told: tuple[Comparison, ...], councils: int, council: str) -> str:
    said = f"{at_first(in_letters(councils))} councils are compared on {counted(len(told), 'question')}."
    if council:
        lies = [
            f"{in_a_sentence(one.subject.title)} ({VERDICTS[dot.verdict]})"
            for one in told
            if (dot := one.of(council)) and dot.verdict
        ]
        if not any(one.of(council) for one in told):
            return f"{said} {council} has too few cases for any of them, or a word instead of a figure."
        return f"{said} {council} lies outside the limits for {listed(lies)}." if lies else (
            f"{said} {council} lies within the limits wherever it has a figure."
        )  # fmt: skip
    outside = sum(bool(one.outside) for one in told)
    return f"{said} On {outside or 'none'} of them a council lies outside the limits."


def _overview(told: tuple[Comparison, ...], council: str) -> Iterable[Html]:
    if not told:
        return
    own = [council] if council else []
    rows = [
        [
            one.subject.title,
            *(_own(one, name) for name in own),
            _value(one.region.value, one.subject.kind),
            _range(one.region, one.subject.kind),
            f"{len(one.dots)}",
            f"{len(one.outside)}",
        ]
        for one in told
    ]
    columns = ["Figure", *own, "Region", "Likely range", "Councils with a figure", "Outside the limits"]
    yield heading("The region at a glance", level=2)
    yield table(
        pd.DataFrame(rows, columns=columns), "Figures of the region, with 95% confidence intervals",
        numbers=columns[1 + len(own) :],
    )  # fmt: skip


def _not_told(titles: tuple[str, ...]) -> Iterable[Html]:
    if titles:
        yield paragraph(
            f"Not compared, because fewer than {in_letters(FEWEST)} councils have a figure that can be shown: "
            f"{listed([in_a_sentence(title) for title in titles])}.",
            kind="note",
        )


def _few(told: tuple[Comparison, ...]) -> Iterable[str]:
    if any(len(one.dots) < FEW_COUNCILS for one in told):
        yield (
            f"There are fewer than {in_letters(FEW_COUNCILS)} councils: how far councils usually differ is hardly "
            "known from so few, so the likely ranges and the limits are rough."
        )


def _section(one: Comparison, council: str) -> Iterable[Html]:
    kind, title = one.subject.kind, one.subject.title
    region = f"{_value(one.region.value, kind)} (likely range {_range(one.region, kind)})"
    tally = counted(len(one.outside), "council") if one.outside else "no council"
    yield heading(f"{title}: {_value(one.region.value, kind)} in the region, {tally} outside the limits", level=2)
    yield paragraph(f"{at_first(one.subject.counts)}, {span_name(one.period)}. All councils together: {region}.")
    if council and one.of(council) is None:
        yield paragraph(f"{council} has no figure here.")
    yield chart(
        funnel_picture(one, council),
        alt=f"{title}: a dot a council by its cases, with the limits; the table beneath has the same figures.",
        caption=_caption(one, council),
    )
    columns = ["Council", "Value", at_first(one.subject.cases), "Against the limits"]
    rows = [
        [_name(dot, council), _value(dot.value, kind), _cases(dot, kind), VERDICTS[dot.verdict]] for dot in one.dots
    ]
    yield table(pd.DataFrame(rows, columns=columns), f"{title}: councils from high to low", numbers=columns[1:3])


def _caption(one: Comparison, council: str) -> str:
    shapes = "Circles lie within the limits, squares outside"
    own = f"; the large orange mark is {council}" if council and one.of(council) else ""
    wide = "" if one.between == 0 else " The limits allow for councils differing by more than chance."
    without = [f"{counted(tally, 'council')} ({word})" for word, tally in one.without.items()]
    none = f" No dot: {listed(without)}." if without else ""
    return f"{shapes}{own}. Dashed: the region. Cases are rounded.{wide}{none}"


def _name(dot: Dot, council: str) -> str:
    return dot.council if council and dot.council == council else ANOTHER


def _own(one: Comparison, council: str) -> str:
    dot = one.of(council)
    return f"{_value(dot.value, one.subject.kind)}, {VERDICTS[dot.verdict]}" if dot else "no figure"


def _value(value: float, kind: Kind) -> str:
    """A value as it is told: a whole percentage, percentage points with their sign, or a rate with one decimal."""
    if kind == "rate":
        return f"{value:.1f}"
    if kind == "net":
        return with_minus(f"{100 * value:+.0f}") + " percentage points"
    return f"{100 * value:.0f}%"


def _range(estimate: Estimate, kind: Kind) -> str:
    return f"{_value(estimate.lower, kind)} to {_value(estimate.upper, kind)}"


def _cases(dot: Dot, kind: Kind) -> str:
    return f"{dot.cases:,.1f}" if kind == "rate" else f"{dot.cases:,.0f}"
