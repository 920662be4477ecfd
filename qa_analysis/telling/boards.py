"""What editions for boards and for the partnership both tell: whom they are for, and what agencies did.

Every number is a rounded one of the shared edition.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd
from pandas import DataFrame

from qa_analysis.english import at_first, listed
from qa_analysis.measures.figure import Figure, figures_of
from qa_analysis.measures.safeguarding_unit.partners import AGENCY, CAME, REPORTED
from qa_analysis.measures.shared_edition.unit import UNDER_HALF
from qa_analysis.month.shared import SharedMonth, is_said
from qa_analysis.telling.blocks import Html, absent, page, paragraph, table
from qa_analysis.telling.cover import cover_line
from qa_analysis.telling.shared_words import in_words, quarter

TOO_FEW: Final = "Too few to say"
CONTRIBUTIONS: Final = "Partners' attendance and reports"
DID: Final[Mapping[str, str]] = {
    CAME: "Agencies that came to clearly under half of the conferences and reviews to which they were invited",
    REPORTED: "Agencies that sent a report for clearly under half of them",
}


def board_cover(month: SharedMonth, *, whose: str, cycles: str, besides: str = "") -> Html:
    """Whom an edition is for, of which cycles, and how its figures are protected; `besides`: what else is not in it."""
    return page(
        cover_line(month, cycles=cycles),
        paragraph(f"For {whose}."),
        paragraph(
            f"Counts are rounded to the nearest {month.rules.shared_edition.nearest}, and small ones are left out, so "
            f"that no child, family or worker can be identified. {besides or 'No team is named.'}",
            kind="note",
        ),
    )


def told_of_partners(month: SharedMonth, measures: Mapping[str, str]) -> Html:
    """How often each agency did each of some things; a line where that was not supplied or no agency may be told of."""
    if not {"conferences", "partner_contributions"} <= set(month.supplied):
        return absent(CONTRIBUTIONS)
    shown = partners_table(month, measures)
    if shown.empty:
        return paragraph(
            "No agency was invited often enough to say how often it came without showing whose case it was."
        )
    return page(
        table(shown, f"Conferences and reviews held in {quarter(month.now)}, by agency"),
        paragraph("In alphabetical order and not ranked: agencies are invited to different conferences.", kind="note"),
    )


def partners_table(month: SharedMonth, measures: Mapping[str, str]) -> DataFrame:
    """What each agency did, a column for each title of `measures`. One row per agency, in alphabetical order."""
    found = {title: _by_agency(month, measure) for title, measure in measures.items()}
    names = sorted({name for held in found.values() for name in held}, key=str.casefold)
    rows = [[at_first(name), *(share_said(held.get(name)) for held in found.values())] for name in names]
    return pd.DataFrame(rows, columns=["Agency", *found])


def _by_agency(month: SharedMonth, measure: str) -> dict[str, Figure]:
    held = month.figures(measure, by=AGENCY, period=month.now)
    return {one.group[0]: one for one in figures_of(held)}


def share_said(found: Figure | None) -> str:
    """A rounded share in a cell, or that there are too few."""
    return at_first(in_words(found)) if found and is_said(found) else TOO_FEW


def under_half_sentences(month: SharedMonth) -> Sequence[str]:
    """The agencies that clearly came, or reported, for under half: "Agencies that …: GP."; nothing where none did."""
    found = figures_of(month.figures(UNDER_HALF, by=(AGENCY, "question"), period=month.now))
    named = {q: sorted({one.group[0] for one in found if one.group[1] == q}, key=str.casefold) for q in DID}
    return [f"{DID[question]}: {listed(names)}." for question, names in named.items() if names]
