"""The pack for the moderation panel: the third selected with the list, to be graded without the auditor's grade."""

import io
from typing import Final

from pandas import DataFrame

from qa_analysis.draw.drawing import Draw
from qa_analysis.english import at_first, listed
from qa_analysis.forms.excel.workbook import Sheet, write_workbook
from qa_analysis.framework import Rules

PACK_FILE: Final = "panel-pack.xlsx"
SHOWN: Final = {"child_id": "Record", "theme_code": "Theme", "service_area": "Service", "team": "Team"}
NARROW, WIDE = 16, 30  # characters: the page is printed
_TITLE: Final = "Audits to moderate"


def panel_pack(draw: Draw, rules: Rules) -> bytes:
    """The workbook: one row per audit to moderate, with room for the panel's own grades and no other's."""
    council, marking = at_first(rules.council.name), rules.council.marked("restricted")
    lines = (
        "Grade each audit before you have seen what its auditor gave: this pack leaves it out.",
        f"Grades: {listed(list(rules.grades), ' or ')}; of an area also not applicable.",
        "Where an audit is replaced, moderate its replacement.",
    )
    audits = to_grade(draw, rules)
    widths = {**dict.fromkeys(audits.columns, NARROW), "Reason": WIDE}
    sheet = Sheet("To moderate", _TITLE, audits, lines, widths=widths, marking=f"{council} · {marking}")
    held = io.BytesIO()
    write_workbook(held, [sheet], title=_TITLE, council=council, marking=marking)
    return held.getvalue()


def to_grade(draw: Draw, rules: Rules) -> DataFrame:
    """The audits to moderate, with a blank for each grade. One row per audit, by service and team."""
    third = draw.records[draw.records["is_moderated"]].sort_values(["service_area", "team", "child_id"])
    shown = (
        third[list(SHOWN)]
        .rename(columns=SHOWN)
        .assign(Theme=third["theme_code"].map(dict(rules.themes)).fillna(third["theme_code"]))
    )
    blanks = ("Audit reference", *rules.key_areas.values(), "Overall grade", "Reason")
    return shown.reset_index(drop=True).assign(**dict.fromkeys(blanks, ""))
