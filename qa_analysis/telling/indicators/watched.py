"""Each figure that is watched, as the month's figures have it: newest month, target, signal and since when."""

from collections.abc import Iterator
from dataclasses import dataclass

from qa_analysis.dates import month_name
from qa_analysis.measures.figure import Figure, figures_of, joined
from qa_analysis.measures.performance.direction import INDICATORS, OWN
from qa_analysis.measures.performance.figures import BY, NOT_THIS_MONTH, SIGNALS, Names
from qa_analysis.month.month import Month
from qa_analysis.month.settling import months_provisional

WORSE, MISSED = "getting worse", "consistently missed"
UNCLEAR = ("higher than usual", "lower than usual")


@dataclass(frozen=True)
class Watched:
    """One line of the table, and everything a picture of it needs."""

    names: Names
    about: Figure
    months: tuple[Figure, ...]
    direction: Figure | None
    target: Figure | None
    pooling: Figure | None
    provisional: int = 1  # so many of the newest months may still change

    @property
    def group(self) -> str:
        """What the figures of the line are of."""
        return joined(self.about.group)

    @property
    def name(self) -> str:
        """What the line is called."""
        return self.about.note

    @property
    def place(self) -> str:
        """The service or team; nothing for the whole."""
        return self.about.group[1] if len(self.about.group) > 1 else ""

    @property
    def signal(self) -> str:
        """What the newest month says, in a word."""
        return self.direction.verdict if self.direction else NOT_THIS_MONTH

    @property
    def has_signal(self) -> bool:
        """Whether the newest month lies within a signal."""
        return self.signal in SIGNALS

    @property
    def urgency(self) -> int:
        """Where it comes among those that need a look; 9 where it needs none."""
        is_missed = self.target is not None and self.target.verdict == MISSED
        holds = (self.signal == WORSE, is_missed and self.signal != "improving", self.signal in UNCLEAR,
                 self.signal == NOT_THIS_MONTH)  # fmt: skip
        return next((place for place, one in enumerate(holds) if one), 9)

    @property
    def newest(self) -> Figure | None:
        """The newest month that has a figure."""
        return next((one for one in reversed(self.months) if one.is_given), None)

    @property
    def since(self) -> str:
        """Since when the signal holds, in words."""
        if self.direction is None or not self.has_signal:
            return ""
        return month_name(self.direction.period.partition("/")[0])


def whole(month: Month) -> list[Watched]:
    """The indicators and the suite's own figures of the whole, in the order of their codes. One per figure."""
    return [*_watched(month, INDICATORS, BY), *_watched(month, OWN, BY)]


def by_place(month: Month) -> list[Watched]:
    """The indicators of each service and team, in the order of their codes. One per figure and place."""
    return [one for place in ("service_area", "team") for one in _watched(month, INDICATORS, f"{BY}+{place}")]


def _watched(month: Month, names: Names, by: str) -> Iterator[Watched]:
    held = {
        measure: _by_group(month, measure, by)
        for measure in (names.months, names.direction, names.pooling, *_kinds(names), *_kinds(names, "_target"))
    }
    for group, (about,) in held[names.months].items():
        points = [one for kind in _kinds(names) for one in held[kind].get(group, [])]
        targets = [one for kind in _kinds(names, "_target") for one in held[kind].get(group, [])]
        single = {name: next(iter(held[name].get(group, [])), None) for name in (names.direction, names.pooling)}
        yield Watched(
            names, about, tuple(sorted(points, key=lambda one: one.period)), single[names.direction],
            targets[0] if targets else None, single[names.pooling], _provisional(month, names, about),
        )  # fmt: skip


def _provisional(month: Month, names: Names, about: Figure) -> int:
    """How many of the newest months may still change: the suite's own figures settle as the measure that they are."""
    if names is OWN:
        return months_provisional(month, joined(about.group))
    return months_provisional(month, names.share, joined(about.group))


def _kinds(names: Names, more: str = "") -> tuple[str, ...]:
    """The measures of the months, or of the targets: shares, and what is none; the suite's own are shares alone."""
    kinds = (names.share, names.value) if names is INDICATORS else (names.share,)
    return tuple(f"{kind}{more}" for kind in kinds) if not more or names is INDICATORS else ()


def _by_group(month: Month, measure: str, by: str) -> dict[str, list[Figure]]:
    found: dict[str, list[Figure]] = {}
    for figure in figures_of(month.over_time(measure, by=by)):
        found.setdefault(joined(figure.group), []).append(figure)
    return found
