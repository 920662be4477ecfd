"""What the head of the unit must know, in a few claims, and what there is to decide, each with its evidence."""

from collections.abc import Callable
from typing import Final

import pandas as pd

from qa_analysis.dates import day_name, months_after
from qa_analysis.english import listed
from qa_analysis.month.month import Month
from qa_analysis.reports.safeguarding_unit.alert_words import IN_SHORT, answer_sentences, raised_sentences
from qa_analysis.reports.safeguarding_unit.words import (
    MANY,
    children_sentences,
    conference_sentences,
    number,
    participation_sentences,
    partner_sentences,
    received_sentences,
    under_half,
    under_half_sentence,
)
from qa_analysis.telling.blocks import Html, paragraph, table

DATASETS: Final = {  # what each part rests on, and what it is called where it was not supplied
    "caseload": "open records", "conferences": "conferences and reviews", "practice_alerts": "practice alerts",
    "partner_contributions": "partners' contributions", "complaints_compliments": "complaints and compliments",
}  # fmt: skip
UNIT_MANAGER, BOARD_MANAGER = "Safeguarding and Review Service Manager", "Safeguarding Partnership's Board Manager"
TO_FILL = "\u2003" * 3  # a cell to be written in
Candidate = tuple[str, str, str]  # decision, evidence, proposed owner


def headlines(month: Month) -> list[str]:
    """The month in a few claims; nothing of what was not supplied."""
    parts: dict[str, Callable[[Month], list[str]]] = {
        "caseload": _children, "conferences": _conferences, "practice_alerts": _alerts,
        "partner_contributions": _partners, "complaints_compliments": _received,
    }  # fmt: skip
    return [sentence for dataset, told in parts.items() if _is_supplied(month, dataset) for sentence in told(month)]


def _is_supplied(month: Month, dataset: str) -> bool:
    """Whether a part can be told; partners' contributions are known by the conferences they are to."""
    return dataset in month.supplied and (dataset != "partner_contributions" or "conferences" in month.supplied)


def not_supplied(month: Month) -> str:
    """What could not be told, in one line; nothing where all was supplied."""
    lacking = [name for dataset, name in DATASETS.items() if not _is_supplied(month, dataset)]
    return f"Not supplied this month: {listed(lacking)}." if lacking else ""


def _children(month: Month) -> list[str]:
    return children_sentences(month)[:1]


def _conferences(month: Month) -> list[str]:
    return [" ".join(conference_sentences(month)[:2]), *participation_sentences(month)[:1]]


def _alerts(month: Month) -> list[str]:
    return [f"{' '.join(raised_sentences(month))} {IN_SHORT}", " ".join(answer_sentences(month)[:2])]


def _partners(month: Month) -> list[str]:
    return [" ".join(partner_sentences(month))]


def _received(month: Month) -> list[str]:
    return received_sentences(month)[:1]


def asked(month: Month) -> Html:
    """What the figures call for a decision on, as a table to complete."""
    rows = [row for row in (candidate(month) for candidate in CANDIDATES) if row]
    if not rows:
        return paragraph("The figures of this month call for no decision of their own.")
    due = day_name(month.rules.as_at(months_after(month.month, 1)))
    shown = pd.DataFrame(
        [[*row, TO_FILL] for row in rows], columns=["Decision", "Evidence", "Proposed owner", "Agreed"]
    )
    return table(shown, f"To complete; proposed date for each: {due}")


def conferences_overdue(month: Month) -> Candidate | None:
    """A day for each conference or review that has not been held."""
    every = month.figure("conferences_overdue")
    if every is None or not every.value > 0:
        return None
    return f"Set a day for each of the overdue {MANY}", conference_sentences(month)[1], UNIT_MANAGER


def alerts_overdue(month: Month) -> Candidate | None:
    """An answer to each alert that is overdue for one."""
    late = month.figure("alerts_overdue")
    if late is None or not late.value > 0:
        return None
    evidence = f"On {day_name(month.as_at)} {number(late, 'answer was', 'answers were')} overdue."
    return "Obtain the overdue answers to practice alerts; each Team Manager has a list", evidence, "Service Managers"


def partners_under_half(month: Month) -> Candidate | None:
    """What to raise with an agency that clearly came, or reported, for under half of its invitations."""
    found = under_half(month)
    if not found:
        return None
    names = listed(list(dict.fromkeys(figure.group[0] for figure in found)))
    return f"Raise with the partnership: {names}", under_half_sentence(month), BOARD_MANAGER


def teams_without_link(month: Month) -> Candidate | None:
    """A link officer for each team that has none."""
    teams = sorted(month.figures("teams_without_link", by="link_team")["group"])
    if not teams:
        return None
    evidence = f"No officer in post is recorded as the link of {listed(teams)}."
    return "Name a link officer for each team without one", evidence, UNIT_MANAGER


CANDIDATES: Final[tuple[Callable[[Month], Candidate | None], ...]] = (
    conferences_overdue, alerts_overdue, partners_under_half, teams_without_link,
)  # fmt: skip


def in_short(month: Month) -> list[str]:
    """The unit in two lines at most, for the Senior Management Team's report and the month's front page."""
    said = []
    if "conferences" in month.supplied:
        said.append(" ".join(conference_sentences(month)[:2]))
    if "practice_alerts" in month.supplied:
        said.append(f"{raised_sentences(month)[0]} {answer_sentences(month)[1]}")
    return said
