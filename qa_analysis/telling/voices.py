"""What practitioners and families were asked, the outcome of it, and the barriers."""

from collections.abc import Sequence

import pandas as pd
from pandas import DataFrame

from qa_analysis.english import counted
from qa_analysis.measures.figure import TOO_FEW, Figure, figure_of, figures_of
from qa_analysis.month.month import Month
from qa_analysis.telling.blocks import Html, absent, bullets, page, paragraph, table
from qa_analysis.telling.wording import (
    TOO_FEW_TO_SHOW,
    all_cycles,
    cases,
    difference_of,
    last_cycles,
    percent,
    percent_of,
    share_of,
    were,
)

THEY_DIFFER = (
    "Families who speak with us may differ from those who do not. Their views, and the grades of their audits, may not "
    "be those of all families."
)
ASKED_BY = {"method": "How they were asked", "respondent": "Who was asked"}


def voices(month: Month) -> Html:
    """Conversations with key workers, the outcome of contact with families, and what those audited thought of it."""
    sentences = _conversations(month)
    if "family_feedback" not in month.supplied:
        by_form = _contacts(month) if month.figure("family_contact_attempted") or month.figure("family_engaged") else []
        return page(bullets([*sentences, *by_form]), absent("Families' feedback"), *_survey(month))
    asked = asked_table(month)
    return page(
        bullets([*sentences, *_contacts(month), *_barriers(month), *_grades(month)]),
        *(
            []
            if asked.empty
            else [table(asked, f"Contacts in which the family spoke with the auditor, {all_cycles(month)}")]
        ),
        paragraph(THEY_DIFFER, kind="note"),
        *_survey(month),
    )


def asked_table(month: Month) -> DataFrame:
    """How often a contact led to a conversation, by how and by whom families were asked. One row per group."""
    rows = [
        [f"{words}: {row['group']}", share_of(figure_of(row))]
        for by, words in ASKED_BY.items()
        for _, row in month.figures("family_contact_engaged", by=by, period=month.year).iterrows()
    ]
    return pd.DataFrame(rows, columns=["Contacts", "Spoke with the auditor"])


def _conversations(month: Month) -> list[str]:
    """In how many audits the key worker and the auditor spoke, and how."""
    held = month.figure("key_worker_conversation_held")
    sentences = [
        f"The key worker and the auditor spoke in {share_of(held, 'audit')}."
        if held
        else "Whether the key worker and the auditor spoke is not recorded."
    ]
    modes = _listed(month, "key_worker_conversations", "key_worker_conversation_mode")
    return [*sentences, f"How they spoke: {modes}."] if modes else sentences


def _contacts(month: Month) -> list[str]:
    """The month's contacts with families, their outcomes and views."""
    tried, engaged = month.figure("family_contact_attempted"), month.figure("family_engaged")
    if tried is None and engaged is None:
        return ["No contact with a family carries its date, so none can be counted."]
    said = []
    if tried:
        said.append(f"A family member was contacted in {share_of(tried, 'audit')}.")
    if engaged:
        said.append(f"A family member spoke with the auditor in {share_of(engaged, 'audit')}.")
    if outcomes := _listed(month, "family_contacts", "outcome"):
        said.append(f"Outcome of contact with families: {outcomes}.")
    if views := _listed(month, "family_views", "views"):
        said.append(f"Views of those who spoke with us: {views}.")
    return said


def _barriers(month: Month) -> list[str]:
    """Why some declined, and the barriers that others met, over the year."""
    said = []
    if reasons := _listed(month, "family_declined", "barrier", period=month.year):
        said.append(f"Why families declined, {last_cycles(month).removeprefix('the ')}: {reasons}.")
    if met := _listed(month, "family_barriers", "barrier", period=month.year):
        said.append(f"Barriers recorded, all contacts of {last_cycles(month)}: {met}.")
    found = month.figures("family_contact_engaged", by="barrier", period=month.year)
    listed = [f"{row['group']} {share_of(figure_of(row))}" for _, row in found.iterrows()]
    return [*said, f"Families who spoke with the auditor, by barrier: {', '.join(listed)}."] if listed else said


def _grades(month: Month) -> list[str]:
    """How audits were graded where a family engaged and where none did, with the difference."""
    sides = [
        month.figure("good_or_better", by="family", group=group, period=month.year)
        for group in ("engaged", "not engaged")
    ]
    gap = month.figure("family_grade_difference", period=month.year)
    if not (sides[0] and sides[1] and gap) or gap.value != gap.value:
        return []
    if min(side.denominator for side in sides if side) < month.rules.verdict_from:
        return ["Grades where a family engaged and where none did: too few audits to compare."]
    clear = "" if gap.lower > 0 or gap.upper < 0 else "; no clear difference"
    return [
        f"Over {all_cycles(month)} {percent_of(sides[0], 'headline audit')} in which a family engaged {were(sides[0])} "
        f"graded good or better{cases(sides[0])}, against {percent(sides[1].value)} of the others{cases(sides[1])}: a "
        f"difference of {difference_of(gap)}{clear}."
    ]


def _survey(month: Month) -> Sequence[Html]:
    """What those audited thought of the audit."""
    if "survey_responses" not in month.supplied:
        return [absent("Feedback on the audit process")]
    rows = month.held.of("survey_agree")
    if rows.empty:
        return [paragraph("No answers to the survey after audits had been received by this date.")]
    shown = pd.DataFrame(
        {
            "Those audited were asked": rows["group"],
            "Agree": [_agree(figure) for figure in figures_of(rows)],
        }
    )
    note = "No figure is given by team or role: in a small one it would show who answered what."
    return [table(shown, f"Feedback on the audit process, wave {rows['period'].iloc[0]}"), paragraph(note, kind="note")]


def _agree(figure: Figure) -> str:
    if figure.is_withheld:
        return TOO_FEW_TO_SHOW
    return f"{counted(figure.denominator, 'answer')}, {TOO_FEW}" if figure.verdict == TOO_FEW else share_of(figure)


def _listed(month: Month, measure: str, by: str, *, period: str | None = None) -> str:
    """The groups of a measure in one line: "face to face 30, video 6"."""
    found = month.figures(measure, by=by, period=period).sort_values("value", ascending=False, kind="stable")
    return ", ".join(f"{row['group']} {row['value']:.0f}" for _, row in found.iterrows())
