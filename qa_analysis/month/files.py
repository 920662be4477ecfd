"""A month as CSV files that open in Excel, written and read again."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import pandas as pd
from pandas import DataFrame

from qa_analysis.council import own_of
from qa_analysis.framework import Rules, rules_for
from qa_analysis.measures.figure import COLUMNS
from qa_analysis.month.figures import Written
from qa_analysis.month.month import CAUSES, CYCLES_PUBLISHED, NARRATIVES, ROWS_RESTATED, SETTLING, Month

TABLES = (
    "measures", "quality", "decisions", "extracts", "restated", "quotations", "restated_rows", "settling",
    "narratives", "cycles_published",
)  # fmt: skip
LATER_TABLES: Final = {  # which an earlier version did not write
    "restated_rows": ROWS_RESTATED, "settling": SETTLING, "narratives": NARRATIVES,
    "cycles_published": CYCLES_PUBLISHED,
}  # fmt: skip


def write_month(month: Month, folder: Path) -> None:
    """The month as CSV files that open in Excel, and what they are about as month.json."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in TABLES:
        write_csv(getattr(month, name), folder / f"{name}.csv")
    about = {
        "month": month.month,
        "as_at": month.as_at.isoformat(),
        "supplied": list(month.supplied),
        "first_cycle": month.rules.first_cycle,
        "council": month.rules.own.written(),
        "compared": list(month.compared),
    }
    (folder / "month.json").write_text(json.dumps(about, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def read_month(folder: Path) -> Month:
    """A month that was written before."""
    about: Mapping[str, Any] = json.loads((folder / "month.json").read_text(encoding="utf-8"))
    others = {name: _read_table(folder, name) for name in TABLES if name != "measures" and _is_there(folder, name)}
    return Month(
        month=str(about["month"]),
        as_at=date.fromisoformat(str(about["as_at"])),
        rules=_rules(about),
        supplied=tuple(map(str, about["supplied"])),
        held=Written(read_measures(folder)),
        compared=tuple(map(str, about.get("compared", ()))),
        **others,  # type: ignore[arg-type]
    )


def _is_there(folder: Path, name: str) -> bool:
    return name not in LATER_TABLES or (folder / f"{name}.csv").is_file()


def _read_table(folder: Path, name: str) -> DataFrame:
    """A table of the month; a column that an earlier version did not write is blank."""
    table = _read_csv(folder / f"{name}.csv")
    return table.reindex(columns=LATER_TABLES[name], fill_value="") if name in LATER_TABLES else table


def _rules(about: Mapping[str, Any]) -> Rules:
    """The rules that the month was made by; a month of an earlier version kept neither settings nor first cycle."""
    month, first = str(about["month"]), about.get("first_cycle")
    rules = rules_for(month, own=own_of(about.get("council", {})))
    return rules.since(first, month) if first else rules


def read_measures(folder: Path) -> DataFrame:
    """The figures alone of a month that was written before, by whatever version. One row per figure.

    A column that an earlier version did not write is blank; one that is written no longer is left out.
    """
    return _read_csv(folder / "measures.csv").reindex(columns=list(COLUMNS), fill_value="")


def write_csv(table: DataFrame, path: Path) -> None:
    """A CSV no spreadsheet takes for formulas: text that starts like one gets an apostrophe (OWASP ASVS 1.2.10)."""
    texts = list(table.select_dtypes(exclude="number").columns) if len(table) else []
    safe = table.assign(**{name: table[name].map(_not_a_formula, na_action="ignore") for name in texts})
    safe.to_csv(path, index=False, encoding="utf-8", lineterminator="\n", float_format="%.10g")


def _read_csv(path: Path) -> DataFrame:
    """The table as it was written: blanks are blank text, numbers are numbers, apostrophes are gone."""
    table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    numbers = {name: pd.to_numeric(table[name]) for name in NUMBERS if name in table}
    guarded = [name for name in table if name not in numbers and table[name].str.startswith("'").any()]
    texts = {str(name): table[name].map(_unguarded) for name in guarded}
    return table.assign(**texts, **numbers)


NO_NUMBERS = ("published_in", "dataset", "measure", "group", "status")
NUMBERS = (
    "numerator",
    "denominator",
    "value",
    "lower",
    "upper",
    "row",
    "rows_in",
    "rows_loaded",
    "rows_listed",
    "rows_set_aside",
    "rows_not_chosen",
    "then",
    "now",
    "numerator_then",
    "numerator_now",
    "denominator_then",
    "denominator_now",
    *(f"by_{cause}" for cause in CAUSES),
    *(name for name in (*ROWS_RESTATED, *SETTLING) if name not in NO_NUMBERS),
)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_GUARDED = tuple(f"'{start}" for start in _FORMULA_STARTS)


def _not_a_formula(value: object) -> object:
    """The text with an apostrophe before a start that a spreadsheet would calculate; control characters removed."""
    if not isinstance(value, str):
        return value
    text = value if value.isprintable() else "".join(letter for letter in value if letter.isprintable())
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _unguarded(text: str) -> str:
    """The text as it was before it got its apostrophe."""
    return text[1:] if text.startswith(_GUARDED) else text
