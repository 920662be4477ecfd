"""What the figures ask SMT to decide: at most five decisions, each with the evidence line it rests on."""

from collections.abc import Callable
from typing import Final

import pandas as pd

from qa_analysis.dates import day_name, months_after
from qa_analysis.english import agreeing, at_first, counted, in_a_sentence
from qa_analysis.measures.closing_the_loop.verdicts import WORSE
from qa_analysis.measures.figure import figures_of
from qa_analysis.measures.populations import LEAD
from qa_analysis.month.month import Month
from qa_analysis.reports.smt_report.words import LONG_OVERDUE, grades_generously, panel_title, panels_by_sight
from qa_analysis.telling.blocks import Html, paragraph, table
from qa_analysis.telling.claims import in_short
from qa_analysis.telling.prompts import prevalent, prompt_title
from qa_analysis.telling.wording import area_change, change_in_points

DECISIONS_ASKED = 5
NAMED = 2  # overdue decisions named on page one; the table near the end has them all
TO_FILL = "\u2003" * 3  # a cell to be written in

Candidate = tuple[str, str, str]  # decision, evidence, proposed owner (a post)


def asked(month: Month) -> Html:
    """At most five decisions asked of SMT, the most pressing first, as a table to complete."""
    rows = [row for row in (candidate(month) for candidate in CANDIDATES) if row][:DECISIONS_ASKED]
    if not rows:
        return paragraph("The figures of this cycle call for no decision of their own.")
    due = day_name(month.rules.as_at(months_after(month.month, 1)))
    shown = pd.DataFrame(
        [[*row, TO_FILL] for row in _called(month, rows)], columns=["Decision", "Evidence", "Proposed owner", "Agreed"]
    )
    return table(shown, f"For SMT to complete; proposed date for each: {due}")


def _called(month: Month, rows: list[Candidate]) -> list[Candidate]:
    """The decisions with each proposed owner as this council calls the post."""
    return [(decision, evidence, _post(month, owner)) for decision, evidence, owner in rows]


def _post(month: Month, owner: str) -> str:
    """A post of the framework in the council's own words; several of it with an s."""
    is_several = owner not in month.rules.council.posts
    return f"{month.rules.council.post(owner.removesuffix('s'))}s" if is_several else month.rules.council.post(owner)


def safeguarding_overdue(month: Month) -> Candidate | None:
    """Overdue actions about safeguarding come before everything else."""
    serious, late = month.count("actions_overdue_safeguarding"), _long_overdue(month)
    evidence = f"{counted(serious, 'overdue action is', 'overdue actions are')} about safeguarding.{late}"
    return (
        ("Agree how overdue safeguarding actions will be completed", evidence, "Service Managers") if serious else None
    )


def _long_overdue(month: Month) -> str:
    """How many are overdue for longest."""
    late = month.count("actions_overdue", by="days over", group=LONG_OVERDUE)
    return f" More than 80 days overdue: {late}." if late else ""


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
    evidence = f"{done} of the {counted(required, 'audit')} due at random {agreeing(done, 'was', 'were')} moderated."
    return ("Complete the moderation of this cycle", evidence, "Principal Social Worker") if done < required else None


def area_worse(month: Month) -> Candidate | None:
    """A key area with evidence that it is worse than six months ago; what stands in the way of the claim is said."""
    found = month.figures("loop_verdict", by="key_area", population=LEAD)
    worse = [claim for claim in figures_of(found) if claim.verdict == WORSE]
    if not worse:
        return None
    (area,) = worse[0].group
    title, change = month.rules.key_areas[area], area_change(month, area)
    if change is None:
        return None
    return (
        f"Commission a response on {title.lower()}",
        f"{at_first(in_short(worse[0]))} ({change_in_points(change)}).",
        "Assistant Director",
    )


def graded_generously(month: Month) -> Candidate | None:
    """The panel lowers more grades than it raises, beyond chance: the headline is too good."""
    if not grades_generously(month):
        return None
    _, sighted = panels_by_sight(month)
    blind = "; have panels grade before they see the auditor's grade" if sighted and sighted.denominator > 0 else ""
    return (
        f"Bring auditors and panel to one standard{blind}",
        f"{panel_title(month)} over the year.",
        "Principal Social Worker",
    )


def decisions_overdue(month: Month) -> Candidate | None:
    """SMT's own decisions past their date, by name as far as a cell holds them."""
    overdue = month.decisions[month.decisions["status"] == "overdue"]
    if overdue.empty:
        return None
    named = [item.removesuffix(": progress") for item in overdue.sort_values("decided_on")["item"]][:NAMED]
    more = len(overdue) - len(named)
    return (
        f"Renew or close {counted(len(overdue), 'overdue decision')}",
        f"Oldest first: {'; '.join(named)}{f'; and {more} more' if more else ''}.",
        "Director of Children's Services",
    )


def actions_overdue(month: Month) -> Candidate | None:
    """Overdue actions, where none of them is about safeguarding."""
    overdue = month.count("actions_overdue")
    if not overdue or month.count("actions_overdue_safeguarding"):
        return None
    return (
        "Bring overdue actions back within their dates",
        f"{counted(overdue, 'action is', 'actions are')} overdue.{_long_overdue(month)}",
        "Team Managers",
    )


def families_not_contacted(month: Month) -> Candidate | None:
    """The framework asks for contact in each audit."""
    tried = month.figure("family_contact_attempted_where_appropriate")
    if tried is None or not tried.numerator < tried.denominator:
        return None
    audits = counted(tried.denominator, "audit")
    evidence = f"A family was contacted in {tried.numerator} of {audits} where contact was appropriate."
    return ("Make contact with a family part of every audit", evidence, "Principal Social Worker")


def learning_to_choose(month: Month) -> Candidate | None:
    """The prompt that came up most often as an area for development."""
    found = prevalent(month, "development", 1)
    if found.empty:
        return None
    row = found.iloc[0]
    audits = counted(row["denominator"], "headline audit")
    evidence = f"An area for development in {row['numerator']:.0f} of {audits}."
    decision = f"Agree what learning to offer on: {in_a_sentence(prompt_title(month, row['code'], 'development'))}"
    return (decision, evidence, "Principal Social Worker")


CANDIDATES: Final[tuple[Callable[[Month], Candidate | None], ...]] = (
    safeguarding_overdue,
    safeguarding_unanswered,
    graded_generously,
    moderation_short,
    area_worse,
    decisions_overdue,
    actions_overdue,
    learning_to_choose,
    families_not_contacted,
)
