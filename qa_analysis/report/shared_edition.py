"""The month as everyone may read it: the rows of the shared edition and nothing else, held to on the page as well."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd
from bs4 import BeautifulSoup
from pandas import DataFrame

from qa_analysis.counted import agreeing, counted
from qa_analysis.dates import months_after
from qa_analysis.errors import DisclosureFailed
from qa_analysis.framework import Rules
from qa_analysis.measures.shared import ALMOST_ALL, FEW, SHARED
from qa_analysis.measures.theme_audits import period_of
from qa_analysis.measures.windows import POOLED_CYCLES
from qa_analysis.report.month import Month, open_month

TIER: Final = "C"
FOLDER: Final = "shared"  # of a published month
MONTHS: Final = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE: Final = re.compile(rf"(?:\d{{1,2}} )?(?:{MONTHS})(?: \d{{4}})?")
NUMBER: Final = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


@dataclass(frozen=True)
class Told:
    """One figure of the edition: a rounded count or a share in whole steps; nan where a note stands for it."""

    value: float
    numerator: float
    denominator: float
    note: str

    @property
    def is_given(self) -> bool:
        """Whether there is a number to print."""
        return self.value == self.value

    @property
    def is_said(self) -> bool:
        """Whether there is a number or a word for it: all but what rests on too few."""
        return self.is_given or self.note in (FEW, ALMOST_ALL)

    @property
    def place(self) -> float:
        """Where it stands among others: the share, with few below and almost all above every one."""
        return self.value if self.is_given else float(self.note == ALMOST_ALL)


@dataclass(frozen=True)
class SharedMonth(Month):
    """A month that holds the figures of the shared edition alone, and no table besides.

    Raises:
        DisclosureFailed: a figure of another population was put into it.
    """

    def __post_init__(self) -> None:
        if strays := sorted(set(self.measures.loc[self.measures["population"] != SHARED, "measure"])):
            raise DisclosureFailed(
                f'A report that everyone may read was given "{strays[0]}", which is no figure of the {SHARED}. '
                "Take it from qa_analysis/measures/shared.py, or leave it out."
            )

    @property
    def now(self) -> str:
        """The cycles the edition is about, as the measures write them."""
        return self._pooled(self.month)

    @property
    def then(self) -> str:
        """The same number of cycles six months before."""
        return self._pooled(months_after(self.month, -self.rules.revisit_months))

    def told(self, measure: str, *, by: str = "", group: str = "", period: str | None = None) -> Told | None:
        """One figure of the edition; None where there is none."""
        found = self.figures(measure, by=by, period=period or self.now, population=SHARED)
        found = found[found["group"] == group]
        return told_of(found.iloc[0]) if len(found) else None

    @staticmethod
    def _pooled(last: str) -> str:
        return period_of((months_after(last, 1 - POOLED_CYCLES), last))


def told_of(row: pd.Series) -> Told:
    """One row of the measures as it may be told."""
    return Told(float(row["value"]), float(row["numerator"]), float(row["denominator"]), str(row["note"]))


def shared_of(month: Month) -> SharedMonth:
    """A month with everything left out that not everyone may read."""
    held = {name: getattr(month, name) for name in Month.__dataclass_fields__}
    tables = {name: table.iloc[:0] for name, table in held.items() if isinstance(table, DataFrame)}
    figures = month.measures[month.measures["population"] == SHARED]
    return SharedMonth(**{**held, **tables, "measures": figures})


def open_shared(month: str, *, data: str = "", tables: str = "", as_at: str = "") -> SharedMonth:
    """A month for a notebook that everyone may read; where it comes from as for `open_month`."""
    return shared_of(open_month(month, data=data, tables=tables, as_at=as_at))


def is_shared(report: str, rules: Rules) -> bool:
    """Whether a report is of the tier that everyone may read."""
    return rules.tiers.get(report) == TIER


def place_of(report: str, rules: Rules) -> str:
    """Where in a month's folder a report lies: what everyone may read in a folder that may be sent on as it is."""
    return f"{FOLDER}/" if is_shared(report, rules) else ""


def refuse_unshared(html: Path, month: SharedMonth) -> None:
    """Stop where a page that everyone may read prints a number that is no figure of the edition.

    Raises:
        DisclosureFailed: naming the page, never the number.
    """
    strays = unshared(html.read_text(encoding="utf-8"), month)
    if strays:
        raise DisclosureFailed(
            f"{html.name} prints {counted(len(strays), 'number')} that {agreeing(len(strays), 'is', 'are')} no figure "
            f"of the {SHARED}; nothing was published. Bind each to a row of that population, or say it in words."
        )


def unshared(html: str, month: SharedMonth) -> list[str]:
    """The numbers of a page that are no figure of the shared edition, no rule and no date."""
    main = BeautifulSoup(html, "html.parser").select_one("main")
    text = DATE.sub("", main.get_text(" ") if main else "")
    known = _printable(month)
    return [number for number in NUMBER.findall(text) if number not in known]


def _printable(month: SharedMonth) -> set[str]:
    """Every number that a page of the edition may print."""
    figures, rules = month.measures, month.rules
    counts = figures.loc[figures["unit"] != "share", "value"]
    whole = pd.concat([counts, figures["numerator"], figures["denominator"]]).dropna()
    shares = figures.loc[figures["unit"] == "share", "value"].dropna()
    fixed = (rules.action_days, rules.shared_edition.nearest, rules.version)
    return {f"{number:,.0f}" for number in whole} | {f"{100 * share:.0f}" for share in shares} | set(map(str, fixed))
