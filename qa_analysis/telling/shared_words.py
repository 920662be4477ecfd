"""The shared edition in plain words: what the briefing and the newsletter both say, and how a figure is said."""

from typing import Final, Literal, NamedTuple

import pandas as pd

from qa_analysis.dates import span_name
from qa_analysis.measures.figure import Figure, figures_of
from qa_analysis.month.shared import SharedMonth, is_said
from qa_analysis.telling.blocks import Html, page, paragraph, table
from qa_analysis.telling.prompts import PROMPT, is_compliance
from qa_analysis.telling.wording import percent

Side = Literal["strength", "development"]
OTHER_SIDE: Final[dict[Side, Side]] = {"strength": "development", "development": "strength"}
TO_FILL: Final = "\u00a0" * 40  # a cell to be written in
SECOND_READER: Final = "Read by a second person before it is shared:"


class Found(NamedTuple):
    """One theme of the edition: in about how many audits it was found, and in about how many the other way."""

    code: str
    audits: float
    other_way: float


def about(number: float) -> str:
    """A rounded count in a sentence."""
    return f"about {number:,.0f}"


def about_percent(share: float) -> str:
    """A rounded share in a sentence."""
    return f"about {percent(share)}"


def audits_told(month: SharedMonth) -> str:
    """How many audits the edition rests on: "about 120 audits"."""
    held = month.told("shared_audits")
    return f"{about(held.value)} audits" if held and held.is_given and held.value else "a small number of audits"


def quarter(period: str) -> str:
    """The cycles in words: "April to June 2024"."""
    return span_name(period)


def when(month: SharedMonth) -> str:
    """The cycles at the beginning of a sentence: "From April to June 2024"."""
    cycles = quarter(month.now)
    return f"From {cycles}" if " to " in cycles else f"In {cycles}"


def good_sentence(month: SharedMonth) -> str:
    """How many of the audits were graded good or better, or that it is too soon to say."""
    graded = part(month.told("shared_good_or_better"), "them")
    return (
        f"Auditors graded {graded} good or better."
        if graded
        else "There are too few audits yet to say how many were good."
    )


def part(held: Figure | None, of: str) -> str:
    """A share with its noun within a sentence, "about 40% of audits"; nothing where it cannot be told."""
    if held is None or not is_said(held):
        return ""
    return f"{in_words(held)} of {of}" if held.is_given or of == "them" else f"{in_words(held)} {of}"


def in_words(held: Figure) -> str:
    """A share, or the word that stands for it."""
    return about_percent(held.value) if held.is_given else held.verdict


def themes(month: SharedMonth, side: Side) -> list[Found]:
    """The themes told on one side, most audits first. A theme of both stands where it was found more often.

    Compliance is never told as a strength: that something was done in time is no practice to celebrate. Only rounded
    counts are compared, so that the order tells no more than they do; ties go in the framework's order.
    """
    here, there = _counted(month, side), _counted(month, OTHER_SIDE[side])
    leads = side == "strength"  # where it was found as often both ways, it is told as something to learn from
    found = [
        Found(code, audits, there.get(code, 0.0))
        for code, audits in here.items()
        if (audits > there.get(code, 0.0) or (leads and audits == there[code]))
        and not (leads and is_compliance(month.rules, code))
    ]
    return sorted(found, key=lambda theme: -theme.audits)


def in_turn(month: SharedMonth, side: Side) -> Found | None:
    """The theme found most; of several found as often, each month the next, so that none is told month after month."""
    found = themes(month, side)
    most = [theme for theme in found if theme.audits == found[0].audits]
    return most[pd.Period(month.month, "M").ordinal % len(most)] if most else None


def label(month: SharedMonth, code: str, side: Side) -> str:
    """What the theme is called on one side."""
    return month.rules.codebook[code].called(side)


def good_line(month: SharedMonth, code: str) -> str:
    """What good looks like, in the words of the codebook: its definition as far as the first semicolon."""
    first = month.rules.codebook[code].definition.partition(";")[0].removesuffix(".")
    return f"{first.replace(' - ', ' – ')}."


def in_short(month: SharedMonth, code: str) -> str:
    """The strength as it fits into a sentence."""
    return month.rules.codebook[code].in_short


def in_practice(month: SharedMonth, code: str) -> str:
    """What to do differently, in one sentence."""
    return month.rules.codebook[code].in_practice


def _counted(month: SharedMonth, side: Side) -> dict[str, float]:
    """The audits in which each theme was found one way, rounded, in the framework's order."""
    found = figures_of(month.figures("shared_theme", by=PROMPT, period=month.now))
    return {code: figure.numerator for figure in found for code, way in [figure.group] if way == side}


def second_reader(month: SharedMonth) -> Html:
    """The line for whoever reads the edition before it is shared, to be filled in."""
    rows = pd.DataFrame([["Second reader", TO_FILL, TO_FILL]], columns=["Who", "Role", "Date"])
    return page(
        table(rows, SECOND_READER),
        paragraph(
            "Someone other than the author, checking for anything that would show whose work or family it is about."
        ),
    )
