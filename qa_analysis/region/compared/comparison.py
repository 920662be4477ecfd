"""Councils beside each other in one month: the region's value, and which councils lie outside what chance would do.

Every verdict is decided here and nowhere else. What is told is made of the parts of `counts`, which are rounded.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal

import numpy as np
from pandas import DataFrame

from qa_analysis.english import in_a_sentence
from qa_analysis.framework import Rules
from qa_analysis.region.compared.counts import (
    ALERTS,
    CHILDREN,
    LOWERED,
    UPHELD,
    WORDS,
    Part,
    Published,
    of_alerts,
    of_lowered_less_raised,
    of_share,
)
from qa_analysis.stats.direction.over_dispersed import additive_funnel, clustered_ratio
from qa_analysis.stats.estimate import Estimate

FEWEST: Final = 4  # councils with a figure: of three, the region's value less two would tell of the third
FEW_COUNCILS: Final = 10  # under so many the range and the limits rest on very little
OTHER_PERIOD: Final = "of another period"
Kind = Literal["share", "net", "rate"]
Verdict = Literal["above", "below", ""]
_ENDS: Final[Mapping[Kind, tuple[float, float]]] = {"share": (0, 1), "net": (-1, 1), "rate": (0, float("inf"))}
MEASURES: Final = (
    "shared_good_or_better", "shared_promise_kept", "shared_actions_in_time", UPHELD, LOWERED, ALERTS, CHILDREN,
)  # fmt: skip


@dataclass(frozen=True)
class Subject:
    """One question that councils are compared on: its name, what is counted of what, and where a council's part is."""

    name: str
    title: str
    counts: str
    cases: str
    kind: Kind
    part: Callable[[Published], Part | str]


@dataclass(frozen=True)
class Dot:
    """One council in a comparison. Only its own edition says which it is."""

    council: str
    value: float
    cases: float
    lower: float
    upper: float
    verdict: Verdict


@dataclass(frozen=True)
class Comparison:
    """One subject told: the region's value with its range, the councils' dots by value, and how many have none and why.

    `spread`, `rounding` and `between` are the variances from which limits at any number of cases follow.
    """

    subject: Subject
    period: str
    region: Estimate
    dots: tuple[Dot, ...]
    without: Mapping[str, int]
    spread: float
    rounding: float
    between: float

    @property
    def outside(self) -> tuple[Dot, ...]:
        """The councils outside the limits."""
        return tuple(dot for dot in self.dots if dot.verdict)

    @property
    def ends(self) -> tuple[float, float]:
        """Between which numbers every value lies."""
        return _ENDS[self.subject.kind]

    def of(self, council: str) -> Dot | None:
        """A council's own dot, where it has one."""
        return next((dot for dot in self.dots if dot.council == council), None)


def subjects(rules: Rules) -> tuple[Subject, ...]:
    """Every subject, in the order in which it is told."""
    return (
        _good_or_better("", "Good or better", "audits graded good or better"),
        *(
            _good_or_better(area, f"{title}: good or better", f"audits graded good or better, {in_a_sentence(title)}")
            for area, title in rules.key_areas.items()
        ),
        Subject(
            "grades-upheld", "Grades upheld", "audits selected at random whose overall grade the panel upheld",
            "moderated audits selected at random", "share",
            partial(of_share, measure="shared_promise_kept", by="promise", group="grades-upheld"),
        ),
        Subject(
            "lowered-less-raised", "Grades lowered, less grades raised",
            "audits selected at random whose overall grade the panel lowered, less those whose grade it raised; above "
            "zero auditors grade more generously than the panel",
            "moderated audits selected at random", "net", of_lowered_less_raised,
        ),
        Subject(
            "audits-in-their-cycle", "Audits done within their cycle", "audits done within their cycle", "audits",
            "share", partial(of_share, measure="shared_promise_kept", by="promise", group="audits-in-their-cycle"),
        ),
        Subject(
            "actions-in-time", "Actions done in forty days", "actions completed by their 40th day", "actions", "share",
            partial(of_share, measure="shared_actions_in_time"),
        ),
        Subject(
            "alerts", "Practice alerts per 100 children a month",
            "practice alerts, formal and informal, to every hundred children cared for or on a child protection plan, "
            "a month", "hundreds of children, times months", "rate", of_alerts,
        ),
    )  # fmt: skip


def compared(subject: Subject, councils: Iterable[Published]) -> Comparison | None:
    """The councils beside each other on one subject; nothing where fewer than four have a figure of one period."""
    answers = {one.council: subject.part(one) for one in councils}
    held = {council: part for council, part in answers.items() if isinstance(part, Part)}
    period = _commonest([part.period for part in held.values()])
    parts = {council: part for council, part in held.items() if part.period == period}
    if len(parts) < FEWEST:
        return None
    without = Counter(part for part in answers.values() if isinstance(part, str))
    without.update({OTHER_PERIOD: len(held) - len(parts)})
    ordered = {word: without[word] for word in (*WORDS, OTHER_PERIOD) if without[word]}
    return _judged(subject, period, parts, ordered)


def _judged(subject: Subject, period: str, parts: Mapping[str, Part], without: Mapping[str, int]) -> Comparison:
    x, n, moved = (np.array([getattr(part, name) for part in parts.values()]) for name in ("x", "n", "moved"))
    region = clustered_ratio(x, n)
    centre = region.value
    spread = centre if subject.kind == "rate" else max(float(moved.sum() / n.sum()) - centre**2, 0.0)
    rounding = np.array([part.rounding[0] + (centre + part.shift) ** 2 * part.rounding[1] for part in parts.values()])
    found = additive_funnel(x, n, spread=spread, rounding=rounding)
    low, high = _ENDS[subject.kind]
    within = Estimate(centre, max(region.lower, low), min(region.upper, high), region.n, method=region.method)
    return Comparison(
        subject, period, within, _dots(found.assign(council=[*parts], n=n)), without, spread, float(rounding.max()),
        float(found["between"].iloc[0]),
    )  # fmt: skip


def _dots(found: DataFrame) -> tuple[Dot, ...]:
    """The councils by their value, then by their cases: never by name, so that the order tells nobody's."""
    ordered = found.sort_values(["y", "n"], ascending=False, kind="stable")
    columns = ("council", "y", "n", "lower", "upper", "outside")
    return tuple(Dot(*row) for row in zip(*(ordered[name].tolist() for name in columns), strict=True))


def _commonest(periods: Sequence[str]) -> str:
    tally = Counter(periods)
    return max(tally, key=lambda period: (tally[period], period), default="")


def _good_or_better(area: str, title: str, counts: str) -> Subject:
    name, by = "-".join(filter(None, ("good-or-better", area.replace("_", "-")))), "key_area" if area else ""
    return Subject(
        name,
        title,
        counts,
        "graded audits",
        "share",
        partial(of_share, measure="shared_good_or_better", by=by, group=area),
    )
