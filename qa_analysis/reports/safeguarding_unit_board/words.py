"""The board edition in plain sentences. Every number is a rounded one of the shared edition."""

from collections.abc import Mapping
from typing import Final

from qa_analysis.dates import month_name
from qa_analysis.english import at_first
from qa_analysis.measures.figure import Figure
from qa_analysis.measures.safeguarding_unit.alerts import FORMAL, INFORMAL, WAY
from qa_analysis.measures.safeguarding_unit.children import CARED_FOR, ON_A_PLAN, STATUS
from qa_analysis.measures.safeguarding_unit.conferences import KINDS
from qa_analysis.measures.shared_edition.unit import (
    ANSWERED,
    CAME,
    CHILDREN,
    IN_TIME,
    RAISED,
    REPORTED,
    TOOK_PART,
)
from qa_analysis.month.shared import SharedMonth, is_said
from qa_analysis.telling.boards import under_half_sentences
from qa_analysis.telling.shared_words import about, in_words, when

KINDS_CALLED: Final[Mapping[str, str]] = {
    KINDS[0]: "initial child protection conferences", KINDS[1]: "review child protection conferences",
    KINDS[2]: "reviews of cared-for children",
}  # fmt: skip
TOO_FEW: Final = "too few to say"
OF_AGENCIES: Final[Mapping[str, str]] = {"Came, of those invited": CAME, "Report received, of those invited": REPORTED}


def some(figure: Figure | None, many: str) -> str:
    """A rounded count with its noun, or that it is too small to be given."""
    if figure is None or not figure.is_given:
        return f"a small number of {many}"
    return f"{about(figure.value)} {many}" if figure.value else f"no {many}"


def children_sentence(month: SharedMonth) -> str:
    """How many children are cared for and on a plan; nothing where that is not known."""
    care, plan = (month.told(CHILDREN, by=STATUS, group=status) for status in (CARED_FOR, ON_A_PLAN))
    if care is None or plan is None:
        return f"How many children were cared for or on a plan at the end of {month_name(month.month)} is not known."
    return at_first(
        f"{some(care, 'children')} were cared for, and {some(plan, 'children')} were on a child protection plan, at "
        f"the end of {month_name(month.month)}."
    )


def in_time_sentences(month: SharedMonth) -> list[str]:
    """The share held in time, by kind."""
    return [
        f"{at_first(name)}: {_held(month.told(IN_TIME, by='kind', group=kind))}." for kind, name in KINDS_CALLED.items()
    ]


def _held(figure: Figure | None) -> str:
    return f"{in_words(figure)} were held in time" if figure and is_said(figure) else TOO_FEW


def took_part_sentence(month: SharedMonth) -> str:
    """How many children took part."""
    found = month.told(TOOK_PART)
    if found is None:
        return "Whether children took part is not recorded."
    if not is_said(found):
        return "There were too few conferences and reviews to say how many children took part."
    return f"{at_first(in_words(found))} of the children of four and over of whom it is recorded took part."


def alert_sentences(month: SharedMonth) -> list[str]:
    """How many alerts, formal and informal, and how many were answered in time."""
    formal, informal = (month.told(RAISED, by=WAY, group=way) for way in (FORMAL, INFORMAL))
    found = month.told(ANSWERED)
    said = in_words(found) if found and is_said(found) else ""
    return [
        f"{when(month)} reviewing officers and chairs raised {some(formal, 'formal practice alerts')} and "
        f"{some(informal, 'informal ones')}.",
        f"Of the answers that fell due, {said} came by the day due." if said else
        "Too few answers fell due to say how many came in time.",
        "A rise may be good: officers may be challenging more, or writing down more of what they used to settle in "
        "conversation.",
    ]  # fmt: skip


def to_discuss(month: SharedMonth) -> list[str]:
    """What the figures ask of a board: one question for what is clearly lacking, and what always helps."""
    said = under_half_sentences(month)
    first = [f"{' '.join(said)} What would help, and who will ask?"] if said else []
    return [
        *first,
        "What would help more children to take part in the way they choose?",
        "Where reviews are late, what can each agency do so that they are held on the day?",
    ]
