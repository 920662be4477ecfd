"""Audits whose answers and findings contradict each other: for the Quality Assurance Manager alone (tier A)."""

from collections.abc import Iterator
from typing import Final

from pandas import DataFrame

from qa_analysis.english import at_first
from qa_analysis.forms.excel.workbook import Book, Sheet
from qa_analysis.measures.prompts.against_findings import differing
from qa_analysis.month.named import Named

FILE: Final = "answers-against-findings.xlsx"
WIDTHS = {"Audit": 18, "Auditor": 30, "Prompt": 60, "What differs": 44}


def differing_list(named: Named) -> Iterator[Book]:
    """The year's audits with an answer that a finding of theirs contradicts, newest first. One row per prompt."""
    found = differing(named.tables).sort_values(
        ["cycle_month", "audit_id", "prompt_code"], ascending=[False, True, True]
    )
    if found.empty:
        return
    prompts = named.tables.rules.prompts
    table = DataFrame(
        {
            "Cycle": found["cycle_month"],
            "Audit": found["audit_id"],
            "Auditor": [named.person(who) for who in found["auditor_id"]],
            "Prompt": [f"{code} {prompts[code]}" for code in found["prompt_code"]],
            "What differs": found["how"].map(at_first),
        }
    ).reset_index(drop=True)
    title = "Audits whose answers and findings differ"
    lines = ("To talk over with the auditor: a finding may be of one thing while the whole was answered.",)
    yield Book(FILE, title, (Sheet("Differ", title, table, widths=WIDTHS, lines=lines),))
