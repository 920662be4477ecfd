"""Which audits share one kind of finding alone, or none: for the Quality Assurance Manager alone (tier A)."""

from pathlib import Path

import pandas as pd
from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.measures.balance import BOTH, shared
from qa_analysis.report.workbook import write_workbook

FILE = "findings-for-the-quality-assurance-manager.xlsx"
WIDTHS = {"Audit": 18, "Findings": 22}


def write_balance_list(tables: Tables, folder: Path) -> None:
    """One workbook with the month's audits that do not share both what is good and what is to be developed."""
    found = one_sided(tables)
    if found.empty:
        return
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    title = "Audits of the month without both strengths and areas for development"
    write_workbook(folder / FILE, {"One kind alone": (title, found)}, widths=WIDTHS)


def one_sided(tables: Tables) -> DataFrame:
    """The month's audits with one kind of finding, or none. One row per audit."""
    sides = shared(tables, (tables.month,))
    some = sides[sides != BOTH].sort_index()
    return pd.DataFrame({"Audit": some.index, "Findings": some.to_numpy()})
