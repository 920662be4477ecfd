"""Which audits share one kind of finding alone, or none: for the Quality Assurance Manager alone (tier A)."""

from collections.abc import Iterator

import pandas as pd
from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.forms.excel.workbook import Book, Sheet
from qa_analysis.measures.themes.both_kinds import BOTH, shared
from qa_analysis.month.named import Named

FILE = "findings-for-the-quality-assurance-manager.xlsx"
WIDTHS = {"Audit": 18, "Findings": 22}


def balance_list(named: Named) -> Iterator[Book]:
    """One workbook with the month's audits that do not share both what is good and what is to be developed."""
    found = one_sided(named.tables)
    if not found.empty:
        title = "Audits of the month without both strengths and areas for development"
        yield Book(FILE, title, (Sheet("Only one kind", title, found, widths=WIDTHS),))


def one_sided(tables: Tables) -> DataFrame:
    """The month's audits with one kind of finding, or none. One row per audit."""
    sides = shared(tables, (tables.month,))
    some = sides[sides != BOTH].sort_index()
    return pd.DataFrame({"Audit": some.index, "Findings": some.to_numpy()})
