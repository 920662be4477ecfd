"""What the figures ask SMT to decide: at most five decisions, each with the evidence line it rests on."""

from collections.abc import Callable
from typing import Final

import pandas as pd

from qa_analysis.dates import day_name, months_after
from qa_analysis.english import agreeing, counted
from qa_analysis.measures.closing_the_loop.verdicts import WORSE
from qa_analysis.measures.figure import figures_of
from qa_analysis.measures.populations import LEAD
from qa_analysis.month.month import Month
from qa_analysis.telling.blocks import Html, paragraph, table
from qa_analysis.telling.claims import in_words
from qa_analysis.telling.prompts import prevalent, prompt_title
from qa_analysis.telling.wording import area_change, change_in_points

DECISIONS_ASKED = 5

Candidate = tuple[str, str, str]  # decision, evidence, proposed owner (a post)


def asked(month: Month) -> Html:
    """At most five decisions asked of SMT, the most pressing first, as a table to complete."""
    rows = [row for row in (candidate(month) for candidate in CANDIDATES) if row][:DECISIONS_ASKED]
    if not rows:
        return paragraph("The figures of this cycle call for no decision of their own.")
    due = day_name(month.rules.as_at(months_after(month.month, 1)))
    shown = pd.DataFrame(rows, columns=["Decision asked", "Evidence", "Proposed owner"]).assign(
        **{"Proposed date": due, "Agreed owner and date": "\u2003"}
    )
    return table(shown, "For SMT to complete; re-read first next month")


def safeguarding_overdue(month: Month) -> Candidate | None:
    """Overdue actions about safeguarding come before everything else."""
    serious = month.count("actions_overdue_safeguarding")
    evidence = f"{counted(serious, 'overdue action is', 'overdue actions are')} about safeguarding."
    return (
        ("Agree how overdue safeguarding actions will be completed", evidence, "Service Managers") if serious else None
    )


def safeguarding_unanswered(month: Month) -> Candidate | None:
    """Safeguarding findings to which no action answers."""
    unanswered, every = month.count("safeguarding_findings_without_action"), month.count("safeguarding_findings")
    evidence = (
        f"{unanswered} of {counted(every, 'safeguarding finding')} {agreeing(unanswered, 'has', 'have')} no action "
        "about safeguarding."
    )
    decision = "Assign an action to each safeguarding finding without one"
    return (decision, evidence, "Quality Assurance Manager") if unanswered else None


def moderation_short(month: Month) -> Candidate | None:
    """Fewer audits drawn at random for the panel than the rule asks for."""
    required = month.count("moderation_required")
    done = month.count("moderation_done", by="route", group=month.rules.moderation_random_route)
    evidence = f"{done} of the {counted(required, 'audit')} due {agreeing(done, 'was', 'were')} moderated at random."
    return ("Complete the moderation of this cycle", evidence, "Principal Social Worker") if done < required else None


def area_worse(month: Month) -> Candidate | None:
    """A key area with evidence that it is worse than six months ago; what stands in the way of the claim is said."""
    found = month.figures("loop_verdict", by="key_area", population=LEAD)
    worse = [claim for claim in figures_of(found) if claim.verdict == WORSE]
    if not worse:
        return None
    (area,), said = worse[0].group, in_words(worse[0])
    title, change = month.rules.key_areas[area], area_change(month, area)
    if change is None:
        return None
    return (
        f"Commission a response on {title.lower()}",
        f"{title} ({change_in_points(change)}): {said}.",
        "Assistant Director",
    )


def decisions_overdue(month: Month) -> Candidate | None:
    """SMT's own decisions past their date."""
    overdue = month.count("decisions_overdue")
    evidence = f"{counted(overdue, 'decision of SMT is', 'decisions of SMT are')} overdue."
    return (
        ("Renew or close the decisions that are overdue", evidence, "Director of Children's Services")
        if overdue
        else None
    )


def actions_overdue(month: Month) -> Candidate | None:
    """Overdue actions, where none of them is about safeguarding."""
    overdue = month.count("actions_overdue")
    if not overdue or month.count("actions_overdue_safeguarding"):
        return None
    return (
        "Bring overdue actions back within their dates",
        f"{counted(overdue, 'action is', 'actions are')} overdue.",
        "Team Managers",
    )


def families_not_contacted(month: Month) -> Candidate | None:
    """The framework asks for contact in each audit."""
    tried = month.figure("family_contact_attempted")
    if tried is None or tried.numerator >= tried.denominator:
        return None
    evidence = f"A family was contacted in {tried.numerator} of {counted(tried.denominator, 'audit')}."
    return ("Make contact with a family part of every audit", evidence, "Principal Social Worker")


def learning_to_choose(month: Month) -> Candidate | None:
    """The prompt that came up most often as an area for development."""
    found = prevalent(month, "development", 1)
    if found.empty:
        return None
    row = found.iloc[0]
    audits = counted(row["denominator"], "headline audit")
    evidence = f"An area for development in {row['numerator']:.0f} of {audits}."
    decision = f"Choose the learning offered on: {prompt_title(month, row['code']).lower()}"
    return (decision, evidence, "Principal Social Worker")


CANDIDATES: Final[tuple[Callable[[Month], Candidate | None], ...]] = (
    safeguarding_overdue,
    safeguarding_unanswered,
    moderation_short,
    area_worse,
    decisions_overdue,
    actions_overdue,
    families_not_contacted,
    learning_to_choose,
)
