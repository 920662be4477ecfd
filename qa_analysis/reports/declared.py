"""What a report says of itself, once: everything else that has to know of it is made from this."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from qa_analysis.council import Council
from qa_analysis.dates import parse_month
from qa_analysis.forms.excel.workbook import Book
from qa_analysis.framework import Rules
from qa_analysis.measures.family import Family
from qa_analysis.month.month import Month
from qa_analysis.month.named import Named
from qa_analysis.telling.blocks import Html

NEWSLETTER: Final = "{newsletter}"  # within a title or a question: what the council calls its own


class Audience(StrEnum):
    """Who may read a report; what it may show follows from this and from nothing in the report."""

    MANAGERS = "managers"  # tier B: aggregates, no identifier of a child, family or worker
    EVERYONE = "everyone"  # tier C: service-wide, small counts protected


class Recipient(StrEnum):
    """Whom the framework names as a recipient of reports: posts and bodies, never a person."""

    SMT_MEETING = "SMT performance meeting"
    MANAGEMENT_TEAM = "Children's Services management team"
    LEADERSHIP_TEAM = "Senior Leadership Team"
    IMPROVEMENT_TEAM = "Practice Improvement Team"
    SERVICES = "Service Managers"
    INVOLVED = "Those involved in the audits"
    WORKFORCE = "Workforce"
    BOARD_MANAGER = "LSCP Board Manager"
    PARTNERSHIP = "Local Children's Safeguarding Partnership"
    SUBGROUP = "Performance and Quality Assurance subgroup"
    CORPORATE_PARENTING = "Corporate Parenting Board"
    MEMBERS = "Elected members"

    @property
    def is_outside(self) -> bool:
        """Whether it is outside Children's Services, and so receives shared editions alone."""
        return self in _OUTSIDE


_OUTSIDE: Final = frozenset(
    (
        Recipient.BOARD_MANAGER,
        Recipient.PARTNERSHIP,
        Recipient.SUBGROUP,
        Recipient.CORPORATE_PARENTING,
        Recipient.MEMBERS,
    )
)


class Place(StrEnum):
    """Of what a report is made once each; the word is the parameter of its notebook too."""

    SERVICE = "service"
    TEAM = "team"

    @property
    def folder(self) -> str:
        """The folder of a month in which its editions lie."""
        return f"{self}s"


@dataclass(frozen=True)
class Cadence:
    """How often a report falls due: the words for it, and the calendar months of the audit cycles it is made in."""

    words: str
    months: tuple[int, ...]

    def holds_in(self, month: str) -> bool:
        """Whether a report of this cadence falls due with the audit cycle of a month."""
        return int(parse_month(month)[5:]) in self.months


MONTHLY: Final = Cadence("every month", tuple(range(1, 13)))


def quarterly(*months: int) -> Cadence:
    """Four times a year, in these calendar months."""
    return _cadence("every quarter", months, times=4)


def half_yearly(*months: int) -> Cadence:
    """Twice a year, in these calendar months."""
    return _cadence("every half-year", months, times=2)


def yearly(month: int) -> Cadence:
    """Once a year, in this calendar month."""
    return _cadence("every year", (month,), times=1)


def _cadence(words: str, months: tuple[int, ...], *, times: int) -> Cadence:
    if len(set(months)) != times or not set(months) <= set(MONTHLY.months):
        raise ValueError(f"{words}: give {times} different months from 1 to 12, not {months}")
    return Cadence(words, tuple(sorted(months)))


@dataclass(frozen=True)
class RestrictedList:
    """Workbooks for named people alone (tier A): for whom they are, how they are made, and of which datasets."""

    audience: str
    build: Callable[[Named], Iterable[Book]]
    needs: tuple[str, ...] = ()  # without these it is not made


@dataclass(frozen=True)
class Report:
    """One report. Its folder, its notebook and its published name are one name.

    `families` are the families of figures that stand behind it; none named: every family. Without the datasets it
    `needs` it is not made, and the run says so. With `each` it is made once for each service, or team, that the month
    knows. `summary` is what other reports show of it, and the month's front page too, under the heading
    `on_front_page`. `recipients` are those whom the framework names for it, and `presented_by` the post that presents
    it to the first of them. `place` orders lists of reports: lower first, then by name.

    Raises:
        ValueError: a report for managers names a recipient outside Children's Services.
    """

    name: str
    title: str
    question: str
    audience: Audience = Audience.MANAGERS
    every: Cadence = MONTHLY
    each: Place | None = None
    needs: tuple[str, ...] = ()
    families: tuple[Family, ...] = ()
    restricted: tuple[RestrictedList, ...] = ()
    summary: Callable[[Month], Html] | None = None
    on_front_page: str = ""
    recipients: tuple[Recipient, ...] = ()
    presented_by: str = ""
    place: int = 50

    def __post_init__(self) -> None:
        if wrong := [one for one in self.recipients if one.is_outside and not self.is_shared]:
            raise ValueError(f"{self.name} is for managers and may not go to the {wrong[0]}")

    def titled(self, council: Council) -> str:
        """Its title in a council's own words."""
        return self.title.replace(NEWSLETTER, council.newsletter)

    @property
    def folder(self) -> str:
        """The name of its folder of code and of its notebook: its own, as Python writes names."""
        return self.name.replace("-", "_")

    @property
    def places_in(self) -> str:
        """The folder of a month in which its editions of places lie: that of services is the page of that name."""
        return "" if self.each is None else self.each.folder if self.name == self.each else self.name

    @property
    def notebook(self) -> str:
        """The file of its notebook."""
        return f"{self.folder}.ipynb"

    @property
    def falls_due(self) -> str:
        """How often it falls due, and of what: "every month, for each service"."""
        return f"{self.every.words}, for each {self.each}" if self.each else self.every.words

    def is_due(self, cycle: str, rules: Rules) -> bool:
        """Whether it falls due with a cycle: in one of the months that the cycle stands for."""
        return any(self.every.holds_in(month) for month in rules.months_of(cycle))

    @property
    def is_shared(self) -> bool:
        """Whether everyone may read it."""
        return self.audience is Audience.EVERYONE
