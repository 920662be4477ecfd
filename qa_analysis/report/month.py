"""One month, ready to be told: the figures, the quality of the data, what SMT decided, and where it all came from.

Everything here may be published at tier B: no identifier of a person is in it, and no free text but the quotations,
which were approved one by one and masked, and are for tier B alone (docs/decisions/012).
"""

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
from pandas import DataFrame

from qa_analysis.dates import months_after, parse_month
from qa_analysis.errors import WrongUse
from qa_analysis.framework import Rules, rules_for

TABLES = ("measures", "quality", "decisions", "extracts", "restated", "quotations")


@dataclass(frozen=True)
class Figure:
    """One row of the measures: a count, or a share with its interval and the cases it rests on."""

    value: float
    lower: float
    upper: float
    numerator: int
    denominator: int
    note: str


@dataclass(frozen=True)
class Month:
    """What a notebook tells. `measures` has one row per figure; `quality` one row per issue; and so on."""

    month: str
    as_at: date
    rules: Rules
    supplied: tuple[str, ...]
    measures: DataFrame
    quality: DataFrame
    decisions: DataFrame
    extracts: DataFrame
    restated: DataFrame
    quotations: DataFrame

    def figure(
        self, measure: str, *, by: str = "", group: str = "", period: str | None = None, population: str | None = None
    ) -> Figure | None:
        """One figure; None where there is none."""
        rows = self.figures(measure, by=by, period=period, population=population)
        rows = rows[rows["group"] == group]
        return figure_of(rows.iloc[0]) if len(rows) else None

    def figures(
        self, measure: str, *, by: str = "", period: str | None = None, population: str | None = None
    ) -> DataFrame:
        """The figures of one measure and dimension. One row per group (and population where none is named)."""
        table = self.measures
        chosen = (table["measure"] == measure) & (table["by"] == by) & (table["period"] == (period or self.month))
        if population is not None:
            chosen &= table["population"] == population
        return table[chosen]

    def over_time(self, measure: str, *, by: str = "", periods: Sequence[str] | None = None) -> DataFrame:
        """The figures of one measure and dimension in several periods, or in all. One row per period and group."""
        table = self.measures
        chosen = table[(table["measure"] == measure) & (table["by"] == by)]
        return chosen if periods is None else chosen[chosen["period"].isin(periods)]

    def count(
        self, measure: str, *, by: str = "", group: str = "", period: str | None = None, population: str | None = None
    ) -> int:
        """A count; 0 where there is no such figure."""
        found = self.figure(measure, by=by, group=group, period=period, population=population)
        return int(found.value) if found else 0

    @property
    def year(self) -> str:
        """The year of cycles that ends with the month, as the measures write it."""
        return f"{months_after(self.month, 1 - self.rules.rolling_cycles)}/{self.month}"


def open_month(month: str, *, data: str = "", tables: str = "", as_at: str = "") -> Month:
    """A month for a notebook: from its published tables, or else made from a folder of extracts.

    A month made here uses a key that is kept nowhere: nothing a notebook shows depends on it.

    Raises:
        WrongUse: neither folder is given, or the tables are another month's.
    """
    if tables:
        found = read_month(Path(tables))
        if found.month != parse_month(str(month)):
            raise WrongUse(f"The tables in {Path(tables).name!r} are of {found.month}, not {month}.")
        return found
    if not data:
        raise WrongUse("Give the folder of extracts: -p data FOLDER (or, for a published month, -p tables FOLDER).")
    from qa_analysis.data.identity import new_key  # reading and checking takes seconds to load,
    from qa_analysis.report.prepare import prepare  # and a published month needs neither

    day = date.fromisoformat(as_at) if as_at else None
    prepared = prepare(Path(data), str(month), as_at=day, key=new_key())
    with tempfile.TemporaryDirectory(prefix="qa-") as scratch:
        write_month(prepared.month, Path(scratch))
        return read_month(Path(scratch))


def write_month(month: Month, folder: Path) -> None:
    """The month as CSV files that open in Excel, and what they are about as month.json."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in TABLES:
        write_csv(getattr(month, name), folder / f"{name}.csv")
    about = {"month": month.month, "as_at": month.as_at.isoformat(), "supplied": list(month.supplied)}
    (folder / "month.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")


def read_month(folder: Path) -> Month:
    """A month that was written before."""
    about: Mapping[str, object] = json.loads((folder / "month.json").read_text(encoding="utf-8"))
    tables = {name: _read_csv(folder / f"{name}.csv") for name in TABLES}
    return Month(
        month=str(about["month"]),
        as_at=date.fromisoformat(str(about["as_at"])),
        rules=rules_for(str(about["month"])),
        supplied=tuple(map(str, about["supplied"])),  # type: ignore[call-overload]
        **tables,
    )


def read_measures(folder: Path) -> DataFrame:
    """The figures alone of a month that was written before, by whatever version. One row per figure."""
    return _read_csv(folder / "measures.csv")


def write_csv(table: DataFrame, path: Path) -> None:
    """A CSV no spreadsheet takes for formulas: text that starts like one gets an apostrophe (OWASP ASVS 1.2.10)."""
    texts = table.select_dtypes(exclude="number").columns
    safe = table.assign(**{name: table[name].map(_not_a_formula, na_action="ignore") for name in texts})
    safe.to_csv(path, index=False, encoding="utf-8", lineterminator="\n", float_format="%.10g")


def _read_csv(path: Path) -> DataFrame:
    """The table as it was written: blanks are blank text, numbers are numbers, apostrophes are gone."""
    table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    numbers = {name: pd.to_numeric(table[name]) for name in NUMBERS if name in table}
    texts = {str(name): table[name].str.replace(_GUARDED, r"\1", regex=True) for name in table if name not in numbers}
    return table.assign(**texts, **numbers)


NUMBERS = ("numerator", "denominator", "value", "lower", "upper", "row", "rows_in", "rows_loaded", "rows_listed")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_GUARDED = r"^'([=+\-@\t\r＝＋－＠])"


def _not_a_formula(value: object) -> object:
    """The text with an apostrophe before a start that a spreadsheet would calculate; control characters removed."""
    if not isinstance(value, str):
        return value
    text = "".join(letter for letter in value if letter.isprintable())
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def figure_of(row: pd.Series) -> Figure:
    """One row of the measures as a figure."""
    return Figure(
        value=float(row["value"]),
        lower=float(row["lower"]),
        upper=float(row["upper"]),
        numerator=0 if pd.isna(row["numerator"]) else int(row["numerator"]),
        denominator=0 if pd.isna(row["denominator"]) else int(row["denominator"]),
        note="" if pd.isna(row["note"]) else str(row["note"]),
    )
