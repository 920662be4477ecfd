"""What had been published by a day, and which of its figures were told otherwise later. Nothing is measured here.

A publication counts from the day it was published on. Every file that a figure is taken from, and every file that is
listed, is held against the digests of its manifest first: what was changed afterwards was not what was known.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Final

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.dates import day_name, month_name, parse_month
from qa_analysis.disclosure.places import RESTRICTED
from qa_analysis.errors import Changed, WrongUse
from qa_analysis.measures.figure import NOT_RECORDED
from qa_analysis.month.files import read_measures
from qa_analysis.month.restatements import FIGURE, kinds
from qa_analysis.publishing.inspection.order import SECTIONS, Section, Shown
from qa_analysis.publishing.publish import Publication, digests, publications, revision_of, verify

MEASURES: Final = "tables/measures.csv"
NUMBERS: Final = ("numerator", "denominator", "value", "lower", "upper")
SAID: Final = ("unit", "note", "verdict")
_LETTERS_OF_MONTH: Final = len("2023-06")


@dataclass(frozen=True)
class Known:
    """What had been published by a day of a cycle and of those before it; `held` is everything there is, oldest first.

    Two publications of one day stand in the order of the time they were published at.
    """

    outputs: Path
    month: str
    day: date
    held: tuple[Publication, ...]

    def edition(self, report: str) -> Publication | None:
        """Where a report was read on that day: the newest cycle that had it, in the newest revision by then."""
        found = [one for one in self._by_then if report in one.reports and one.month <= self.month]
        return max(found, key=lambda one: (one.month, one.published), default=None)

    def publication(self, folder: str) -> Publication:
        """The publication of a folder."""
        return next(one for one in self.held if one.folder == folder)

    @cached_property
    def editions(self) -> dict[str, Publication]:
        """Each report asked for that had been published by then, with where it was read."""
        asked = dict.fromkeys(name for section in SECTIONS for name in section.reports)
        return {name: one for name in asked if (one := self.edition(name)) is not None}

    @cached_property
    def used(self) -> tuple[Publication, ...]:
        """The publications that anything is taken from, oldest first."""
        folders = {one.folder for one in self.editions.values()}
        return tuple(one for one in self.held if one.folder in folders)

    @cached_property
    def files(self) -> DataFrame:
        """The files of these publications that managers may read, with their digests. One row per file.

        Not even the names of files in restricted/ are among them: lists are called by whom they are for.
        """
        rows = [
            (one.folder, name, digest)
            for one in self.used
            for name, digest in digests(self.outputs / one.folder).items()
            if _is_open(name)
        ]
        return pd.DataFrame(rows, columns=["published_in", "file", "sha256"])

    def figures(self, section: Section) -> DataFrame:
        """The figures of a section as they were known, each with its report and edition. One row per figure.

        With the first publication after it that told it otherwise (`changed_in`, blank where none did), and what the
        newest of them says (`value_now` and so on).
        """
        known = [shown for shown in section.shown if shown.report in self.editions]
        found = [self._told(shown, self.editions[shown.report]) for shown in known]
        held = [one for one in found if len(one)]
        return self._with_later(pd.concat(held, ignore_index=True)) if held else NONE

    def missing(self, section: Section) -> tuple[str, ...]:
        """The reports of a section that nobody had published by then."""
        return tuple(name for name in section.reports if name not in self.editions)

    @cached_property
    def _by_then(self) -> tuple[Publication, ...]:
        return tuple(one for one in self.held if one.published.date() <= self.day)

    @cached_property
    def compared(self) -> tuple[Publication, ...]:
        """Those whose figures are read: the oldest used, and all that came after it and may tell of it again."""
        return self.held[self.held.index(self.used[0]) :] if self.used else ()

    @cached_property
    def _tables(self) -> dict[str, DataFrame]:
        """The figures asked for, by publication."""
        asked = {shown.measure for section in SECTIONS for shown in section.shown}
        tables = {one.folder: read_measures(self.outputs / one.folder / "tables") for one in self.compared}
        return {folder: table[table["measure"].isin(asked)] for folder, table in tables.items()}

    def _told(self, shown: Shown, source: Publication) -> DataFrame:
        """The newest figures of a measure in one edition: of its shortest and of its longest period that end last."""
        table = self._tables[source.folder]
        rows = table[(table["measure"] == shown.measure) & (table["by"] == shown.by)]
        if shown.populations:
            rows = rows[rows["population"].isin(shown.populations)]
        ends = rows["period"].str[-_LETTERS_OF_MONTH:]
        rows = rows[ends == ends.max()]
        rows = rows[rows["period"].isin([rows["period"].min(), rows["period"].max()]) & ~_is_empty(rows)]
        return _most(rows, shown.most).assign(report=shown.report, published_in=source.folder)

    def _with_later(self, figures: DataFrame) -> DataFrame:
        figures = figures.rename_axis("place").reset_index()
        told = pd.concat([NONE, *(self._told_again(figures, one) for one in self.held)], ignore_index=True)
        changed = told[told["kind"].ne("")]
        first = changed.drop_duplicates("place").set_index("place")["told_in"]
        newest = told[told["place"].isin(changed["place"])].drop_duplicates("place", keep="last").set_index("place")
        now = newest[["told_in", *(f"{name}_now" for name in (*NUMBERS, *SAID))]]
        return figures.set_index("place").assign(changed_in=first).join(now).fillna({"changed_in": "", "told_in": ""})

    def _told_again(self, figures: DataFrame, one: Publication) -> DataFrame:
        """The figures that a publication after their own tells once more. One row per figure.

        A revision of the same cycle tells all of them, also those that it no longer has.
        """
        before = [each for each in self.held[: self.held.index(one)] if each.folder in self._tables]
        mine = figures[figures["published_in"].isin([each.folder for each in before])]
        if mine.empty:
            return NONE
        both = mine.merge(self._tables[one.folder], how="left", on=FIGURE, suffixes=("_then", "_now"), indicator=True)
        same = both["published_in"].isin([each.folder for each in before if each.month == one.month])
        both = both[both["_merge"].eq("both") | same]
        return both.assign(kind=kinds(both), told_in=one.folder)


NONE: Final = DataFrame(columns=["place", "kind", "told_in", *(f"{name}_now" for name in (*NUMBERS, *SAID))])


def known(outputs: Path, month: str, day: date) -> Known:
    """What had been published by a day of a cycle, once it is certain that nothing of it was changed since.

    Raises:
        WrongUse: the cycle had not been published by then, or the month is none.
        Changed: a folder that looks like a published one cannot be read, or a file is not as it was published.
    """
    parse_month(month)
    held = publications(outputs) if outputs.is_dir() else ()
    _refuse_unreadable(outputs, held)
    found = Known(outputs, month, day, tuple(sorted(held, key=lambda one: one.published)))
    _refuse_unknown(found)
    _refuse_changed(found)
    return found


def _refuse_unreadable(outputs: Path, held: Sequence[Publication]) -> None:
    """Stop where a folder might hold the edition that was read on the day, and nobody can tell."""
    read = {one.folder for one in held}
    named = (path.name for path in (outputs.iterdir() if outputs.is_dir() else ()) if revision_of(path.name))
    if unread := sorted(name for name in named if name not in read):
        raise Changed(
            f"{outputs / unread[0]}: its manifest cannot be read, so nobody can say for certain what was known on "
            "a day. Take the folder from a backup, or move it elsewhere."
        )


def _refuse_unknown(found: Known) -> None:
    """Stop where the cycle had not been published by the day; the day of its first publication is named."""
    days = [one.published.date() for one in found.held if one.month == found.month]
    if not days:
        raise WrongUse(f"{month_name(found.month)} is not published in {found.outputs}. Name a month that is.")
    if min(days) > found.day:
        raise WrongUse(
            f"{month_name(found.month)} had not been published by {day_name(found.day)}: it first was on "
            f"{day_name(min(days))}. Give that day or a later one, --on {min(days)}, or an earlier month."
        )


def _refuse_changed(found: Known) -> None:
    """Stop where a file is not as it was published: of what is listed any, of what came later the figures."""
    for one in found.compared:
        of = _is_open if one in found.used else _is_measures
        problems = verify(found.outputs / one.folder, of=of)
        if MEASURES not in digests(found.outputs / one.folder):
            problems = (f"{MEASURES} is not in the manifest",)
        if problems:
            raise Changed(
                f"{found.outputs / one.folder}: {problems[0]}. No inspection pack is made of what is not as it was "
                "published. Take the folder from a backup."
            )


def _is_open(name: str) -> bool:
    """Whether managers may read a file, by its name from the month's folder."""
    return PurePosixPath(name).parts[0] != RESTRICTED


def _is_measures(name: str) -> bool:
    return name == MEASURES


def _is_empty(rows: DataFrame) -> "Series[bool]":
    """Whether a figure says that nothing is without a value, which no reader misses."""
    return rows["group"].eq(NOT_RECORDED) & rows["numerator"].fillna(rows["value"]).eq(0)


def _most(rows: DataFrame, most: int) -> DataFrame:
    """The largest shares of the longest period, so many of each kind; every row where none are asked for.

    The kind is what the group ends with: theme and polarity.
    """
    if not most or rows.empty:
        return rows
    longest = rows[rows["period"] == rows["period"].min()].sort_values("value", ascending=False, kind="stable")
    largest: DataFrame = longest.groupby(longest["group"].str.rpartition("+")[2], sort=False).head(most)
    return largest
