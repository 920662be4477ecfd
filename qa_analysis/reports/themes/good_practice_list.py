"""The good-practice register, to be searched: strengths approved for sharing, with their words (tier A)."""

from collections.abc import Iterator

from pandas import DataFrame

from qa_analysis.dates import days_written
from qa_analysis.forms.excel.workbook import Book, Sheet
from qa_analysis.measures.themes.good_practice import register
from qa_analysis.month.named import Named

FILE = "good-practice-register.xlsx"
TITLE = "Good-practice register: strengths of the year approved for sharing"
HOW = (
    "To search, choose Data and then Filter, or press Ctrl and F.",
    "Share only what is ready: consent recorded, and checked that nobody can be recognised. The names here are not.",
)
WIDTHS = {"What was done well": 80, "Prompt": 44, "Key area": 32, "Team": 24, "Service": 24, "Still to do": 36}
YES_NO = {True: "yes", False: "no"}


def register_book(named: Named) -> Iterator[Book]:
    """One workbook with the year's strengths approved for sharing, the newest first. One row per strength."""
    held = register(named.tables)
    if held is None or held.empty:
        return
    rules = named.tables.rules
    shown = DataFrame(
        {
            "Month": held["cycle_month"],
            "Key area": held["key_area"].map(lambda area: rules.key_areas.get(area, area), na_action="ignore"),
            "Prompt": held["theme_code"].map(lambda code: _called(named, code), na_action="ignore"),
            "What was done well": held["wording"].fillna(held["text"]),
            "Service": held["service_area"],
            "Team": held["team"],
            "Approved by": held["approved_by_role"],
            "Approved": days_written(held["approved_on"]),
            "Ready to share": held["is_ready"].map(YES_NO),
            "Still to do": held["lacking"],
            "Audit": held["audit_id"],
            "Finding": held["finding_id"],
        }
    )
    yield Book(FILE, TITLE, (Sheet("Good practice", TITLE, shown, lines=HOW, widths=WIDTHS),))


def _called(named: Named, code: str) -> str:
    theme = named.tables.rules.codebook.get(code)
    return f"{code} {theme.called('strength')}" if theme else code
