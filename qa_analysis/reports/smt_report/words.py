"""The month in five sentences, and the findings that head its pictures."""

from collections.abc import Mapping

from qa_analysis.dates import month_name, months_after
from qa_analysis.english import counted
from qa_analysis.measures.closing_the_loop.verdicts import UNCLEAR, WORTH_TELLING
from qa_analysis.measures.figure import TOO_FEW_TO_JUDGE, Figure, figures_of
from qa_analysis.measures.populations import EVERY_ROUTE, LEAD
from qa_analysis.month.month import Month
from qa_analysis.telling.wording import (
    about_safeguarding,
    area_change,
    change_in_points,
    in_time,
    missing_before,
    of_all,
    or_none,
    points,
    share_of,
    short_verdict,
    watch,
    were,
    year_agreement,
)


def five_sentences(month: Month) -> list[str]:
    """The month in five sentences: grades, key areas, the panel, actions, families."""
    return [
        overall(month),
        key_areas(month),
        panel(month),
        actions(month),
        families(month),
    ]


def overall(month: Month) -> str:
    """How the month was graded, against six months ago, and what this many audits could have shown."""
    now = month.figure("good_or_better")
    if now is None or now.denominator == 0:
        return "No headline audit of this cycle has an overall grade, so nothing can be said about grades."
    graded = f"{share_of(now, 'headline audit', first=True)} {were(now)} graded good or better."
    return f"{graded} {_since(month, now)}"


def _since(month: Month, now: Figure) -> str:
    """The month six months ago, and the verdict of the comparison that carries one."""
    earlier = months_after(month.month, -month.rules.revisit_months)
    then = month.figure("good_or_better", period=earlier)
    was = f"Six months ago it was {then.numerator} of {then.denominator}. " if then and then.denominator else ""
    change, said = (month.figure(name, population=LEAD) for name in ("loop_difference", "loop_verdict"))
    if change is None or said is None:
        began = month.rules.first_cycle
        if began > earlier:
            return f"There is nothing of six months ago to compare with: the audits began in {month_name(began)}."
        return f"{was}There is no headline audit of {month_name(earlier)} or the cycles before it to compare with."
    if said.verdict == TOO_FEW_TO_JUDGE:
        return f"{was}There are too few audits to judge a change."
    tail = f"{watch(change)}{_detectable(month)}" if said.verdict == UNCLEAR else ""
    compared = f"Over three cycles, against those six months before ({change_in_points(change)}): {said.note}{tail}."
    return " ".join((f"{was}{compared}", *missing_before(month)))


def _detectable(month: Month) -> str:
    """The smallest rise that this many audits would usually have shown."""
    rise = month.figure("detectable_rise", population=LEAD)
    if rise is None or rise.value != rise.value:
        return ""
    return f"; with this many audits we would usually notice a rise of {points(rise.value)} or more"


def key_areas(month: Month) -> str:
    """Which of the six areas moved, by the rules; otherwise that none clearly did."""
    said = _verdicts(month)
    moved = [
        f"{month.rules.key_areas[area]} ({change_in_points(change)}): {claim.note}."
        for area, claim in said.items()
        if claim.verdict in WORTH_TELLING and (change := area_change(month, area))
    ]
    if moved:
        return f"{' '.join(moved)} That is the last three cycles against the three cycles six months before them."
    if _are_too_few(said):
        return "The six key areas: too few audits to judge a change."
    return (
        "None of the six key areas shows clear evidence of change between the last three cycles "
        "and the three cycles six months before them."
    )


def panel(month: Month) -> str:
    """What the panel did to the month's grades, and how far the random third was upheld over the year."""
    required = month.count("moderation_required")
    pairs = month.figure("moderation_unchanged", population=EVERY_ROUTE)
    if pairs is None or pairs.denominator == 0:
        return f"The panel has not yet graded an audit of this cycle; {counted(required, 'was', 'were')} due."
    lowered, raised = (month.figure(f"moderation_{way}", population=EVERY_ROUTE) for way in ("lowered", "raised"))
    done = (
        f"The panel upheld {pairs.numerator} of the {counted(pairs.denominator, 'grade')} it looked at, "
        f"lowered {or_none(lowered.numerator if lowered else 0)} and "
        f"raised {or_none(raised.numerator if raised else 0)}."
    )
    return f"{done} {of_all(month) or year_agreement(month)}"


def actions(month: Month) -> str:
    """How many actions were done in time, and how many are overdue."""
    calendar = month.rules.action_calendar
    within = month.figure(f"completed_in_40_{calendar}_days")
    if within is None or within.denominator == 0:
        timely = f"No action has been completed or has reached {month.rules.action_days} {calendar} days."
    else:
        timely = f"{in_time(within, 'action', days=f'{month.rules.action_days} {calendar} days')}."
    overdue = month.count("actions_overdue")
    if not overdue:
        return f"{timely} None is overdue."
    return f"{timely} {counted(overdue, 'is', 'are')} overdue, {about_safeguarding(month)}."


def families(month: Month) -> str:
    """In how many audits a family was reached, and in how many it spoke with the auditor."""
    tried, spoke = month.figure("family_contact_attempted"), month.figure("family_engaged")
    if tried is None or spoke is None:
        if "family_feedback" in month.supplied:
            return "Families' views: no contact with a family carries its date, so none can be counted."
        return "Families' views: not supplied this month."
    return (
        f"Families were contacted in {tried.numerator} of {counted(tried.denominator, 'audit')}; "
        f"in {spoke.numerator} a family member spoke with us."
    )


def areas_title(month: Month) -> str:
    """What the chart of six areas shows, said as a finding."""
    said = _verdicts(month)
    claimed = [
        f"{month.rules.key_areas[area]}: {short_verdict(claim)}"
        for area, claim in said.items()
        if claim.verdict in WORTH_TELLING
    ]
    if claimed:
        return f"{'; '.join(claimed)}, since six months ago"
    if _are_too_few(said):
        return "Six key areas: too few audits to judge a change since six months ago"
    return "Six key areas: no clear evidence of change since six months ago"


def _verdicts(month: Month) -> dict[str, Figure]:
    """What may be said of the change of each key area."""
    found = figures_of(month.figures("loop_verdict", by="key_area", population=LEAD))
    return {area: claim for claim in found for area in claim.group}


def _are_too_few(said: Mapping[str, Figure]) -> bool:
    """Whether no key area has enough audits to be judged."""
    return all(claim.verdict == TOO_FEW_TO_JUDGE for claim in said.values())
