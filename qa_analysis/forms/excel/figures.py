"""The figures behind a report as an accessible workbook, in the form the Government Analysis Function recommends.

Cover, contents, notes, the report's own tables, definitions, then a worksheet and a table for each family of figures
(measures/family.py).
"""

import io
from collections.abc import Iterable, Sequence
from typing import Final

import pandas as pd
from pandas import DataFrame

from qa_analysis.dates import day_name, month_name
from qa_analysis.english import at_first
from qa_analysis.forms.excel.told import told_tables
from qa_analysis.forms.excel.workbook import Sheet, write_workbook
from qa_analysis.framework import Rules
from qa_analysis.measures.catalogue import declared, families
from qa_analysis.measures.family import Family
from qa_analysis.measures.figure import dimensions, parts
from qa_analysis.month.month import Month
from qa_analysis.month.shared import SharedMonth

CONTACT: Final = "Quality Assurance Manager"  # a post of the framework; a council may call it otherwise
NOT_AVAILABLE, NOT_APPLICABLE = "[x]", "[z]"  # the Analysis Function's symbols
NOTES: Final = (
    (NOT_AVAILABLE, "Not available: the figure could not be calculated. The column Note says why."),
    (NOT_APPLICABLE, "Not applicable: a count has no interval, and is no part of a whole."),
    ("Number and Out of", "A share is the number divided by out of. Both are given, so that anyone can check it."),
    ("Lower and Upper", "The 95% confidence interval of the value. The column Method says how it was calculated."),
    ("Too few to say", "The value rests on too few cases to be used on its own."),
    ("Period", "One audit cycle, or the first and the last of several."),
    (
        "Twelve cycles",
        "The year that ends with the cycle; where the council has not audited for so long, all its cycles.",
    ),
    ("Rounding", "Values are exact, and displayed rounded. Reports show whole percentages."),
    ("By and Group", "What the figures are divided by, and the part that this row is about."),
)
NOTES_SHARED: Final = (
    (NOT_AVAILABLE, "Not given: too few or nearly all, so that nobody can be identified. The column Note says which."),
    (
        NOT_APPLICABLE,
        "Not applicable: a rounded figure is given without an interval, and a count is no part of a whole.",
    ),
    ("Number and Out of", "Both are rounded counts. The share is calculated from them and rounded again."),
    ("Rounding", "The column Method says how counts are rounded and which are not given."),
    ("Period", "The first and the last of three audit cycles together."),
    ("By and Group", "What the figures are divided by, and the part that this row is about."),
)
PERCENT, WHOLE, TWO, THREE = "0%", "#,##0", "0.00", "0.000"
FORMATS: Final = {
    "share": PERCENT, "difference of shares": PERCENT, "probability": PERCENT, "coefficient": TWO, "grades": TWO,
    "ratio": TWO, "value": "#,##0.0#", "log-odds": TWO,
    "p-value": THREE, "days": "0.#", "calendar days": "0.#",
}  # fmt: skip
COLUMNS: Final = {
    "Measure": 34, "Period": 19, "Population": 28, "By": 18, "Group": 34, "Number": 10, "Out of": 10, "Value": 10,
    "Lower": 10, "Upper": 10, "Unit": 14, "Method": 28, "Note": 28,
}  # fmt: skip
SOURCE: Final = (
    "Source: the council's audit records and related extracts. The report's section on method lists every extract. The "
    "same figures are in tables/measures.csv."
)
SOURCE_SHARED: Final = "Source: the council's audit records and related extracts."
WHAT: Final = "Management information: aggregates, no identifier of a child, family or worker. Nobody is ranked."
WHAT_SHARED: Final = "Service-wide, counts rounded and small ones left out."
EVERYTHING: Final = "all together"
NOTHING: Final = "none"


def to_excel(month: Month, wanted: Sequence[Family], *, title: str, page: str = "") -> bytes:
    """The tables of a report's page, and the figures of some families (none named: of every one), as a workbook.

    The same month and page give the same bytes.
    """
    of_measure = month.measures["measure"].map(lambda name: declared()[name].family)
    figures = {family: month.measures[of_measure == family] for family in wanted or families()}
    figures = {family: table for family, table in figures.items() if len(table)}
    told = [_family(month, family, table) for family, table in figures.items()]
    made = [
        _notes(month, NOTES_SHARED if isinstance(month, SharedMonth) else NOTES),
        *told_tables(page),
        _definitions(table["measure"] for table in figures.values()),
        *told,
    ]
    file = io.BytesIO()
    sheets = [_cover(month, title, len(made) + 2), _contents(made), *made]
    write_workbook(
        file,
        sheets,
        title=f"{title}: the figures",
        council=at_first(month.rules.council.name),
        marking=_marking(month),
        dated=month.as_at,
    )
    return file.getvalue()


def _marking(month: Month) -> str:
    return month.rules.council.marked("shared" if isinstance(month, SharedMonth) else "month")


def _cover(month: Month, title: str, sheets: int) -> Sheet:
    is_shared = isinstance(month, SharedMonth)
    lines = (
        f"{at_first(month.rules.council.name)} · Children’s services",
        f"The figures behind the report, audit cycle {month_name(month.month)}.",
        f"Data as at {day_name(month.as_at)}.",
        f"This workbook has {sheets} worksheets. Each has at most one table, which begins under its title.",
        SOURCE_SHARED if is_shared else SOURCE,
        f"Rules of version {month.rules.version} of the Quality Assurance framework.",
        f"{_marking(month)}. {WHAT_SHARED if is_shared else WHAT}",
        f"Questions: {month.rules.council.post(CONTACT)}.",
    )
    return Sheet("Cover", f"{title}: the figures", lines=lines, widths={"": 100})


def _contents(sheets: Iterable[Sheet]) -> Sheet:
    table = pd.DataFrame(
        [(sheet.name, sheet.title, 0 if sheet.table is None else len(sheet.table)) for sheet in sheets],
        columns=["Worksheet", "What it holds", "Rows"],
    )
    widths = {"Worksheet": 22, "What it holds": 90, "Rows": 8}
    return Sheet("Contents", "Contents", table, widths=widths, links="Worksheet")


def _notes(month: Month, notes: tuple[tuple[str, str], ...]) -> Sheet:
    table = pd.DataFrame(notes, columns=["Word or symbol", "What it means"])
    return Sheet(
        "Notes", f"Notes, {month_name(month.month)}", table, widths={"Word or symbol": 22, "What it means": 90}
    )


def _definitions(measures: Iterable["pd.Series[str]"]) -> Sheet:
    """What each measure counts, in its own words. One row per measure."""
    names = dict.fromkeys(name for column in measures for name in column)
    rows = [(one.title, one.name, one.counts, one.limits or NOTHING) for one in map(declared().__getitem__, names)]
    table = pd.DataFrame(rows, columns=["Measure", "Name in measures.csv", "What it counts", "Limitations"])
    widths = {"Measure": 34, "Name in measures.csv": 34, "What it counts": 80, "Limitations": 50}
    return Sheet("Definitions", "What each measure counts", table, widths=widths)


def _family(month: Month, family: Family, figures: DataFrame) -> Sheet:
    """The figures of one family. One row per figure, in the order of measures.csv."""
    is_known = figures["value"].notna()
    table = pd.DataFrame(
        {
            "Measure": figures["measure"].map(lambda name: declared()[name].title),
            "Period": figures["period"].str.replace("/", " to "),
            "Population": figures["population"].replace("", NOTHING),
            "By": [_words(by) for by in figures["by"]],
            "Group": [
                group_words(month.rules, by, group) for by, group in zip(figures["by"], figures["group"], strict=True)
            ],
            "Number": _or_symbol(figures["numerator"], NOT_APPLICABLE),
            "Out of": _or_symbol(figures["denominator"], NOT_APPLICABLE),
            "Value": _or_symbol(figures["value"], NOT_AVAILABLE),
            **{
                column: _or_symbol(figures[column.lower()], NOT_APPLICABLE).mask(~is_known, NOT_AVAILABLE)
                for column in ("Lower", "Upper")
            },
            **{column: figures[column.lower()].replace("", NOTHING) for column in ("Unit", "Method", "Note")},
        }
    )
    by_unit = [FORMATS.get(unit, WHOLE) for unit in figures["unit"]]
    formats = {"Number": [WHOLE] * len(table), "Out of": [WHOLE] * len(table)} | dict.fromkeys(
        ("Value", "Lower", "Upper"), by_unit
    )
    symbols = f"{NOT_AVAILABLE} not available, {NOT_APPLICABLE} not applicable: see Notes."
    title = f"{family.name}, {month_name(month.month)}: {family.about}"
    return Sheet(family.name, title, table, (symbols,), COLUMNS, formats)


def _or_symbol(numbers: "pd.Series[float]", symbol: str) -> pd.Series:
    return numbers.astype("object").where(numbers.notna(), symbol)


def _words(by: str) -> str:
    return by.replace("_", " ").replace("+", " and ") or EVERYTHING


def group_words(rules: Rules, by: str, group: str) -> str:
    """The group in words: a key area's title, a prompt by its side. "assessment+good" is "Assessment, good"."""
    names, held = dimensions(by), parts(by, group)
    if not group or len(names) != len(held):
        return group or EVERYTHING
    found_as = dict(zip(names, held, strict=True)).get("polarity", "development")  # pairs, and what answers a theme
    return ", ".join(_part(rules, dimension, part, found_as) for dimension, part in zip(names, held, strict=True))


def _part(rules: Rules, dimension: str, part: str, found_as: str) -> str:
    if dimension == "key_area":
        return rules.key_areas.get(part, part)
    if dimension == "theme_code" and part in rules.codebook:
        return f"{part} {rules.codebook[part].called(found_as)}"
    return part
