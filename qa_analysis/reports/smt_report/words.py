"""The month in five sentences, and the findings that head its pictures."""

from qa_analysis.dates import month_name, months_after
from qa_analysis.english import counted
from qa_analysis.measures.closing_the_loop.verdicts import UNCLEAR, WORTH_TELLING
from qa_analysis.measures.figure import TOO_FEW_TO_JUDGE, Figure
from qa_analysis.measures.populations import EVERY_ROUTE, LEAD
from qa_analysis.month.month import Month
from qa_analysis.telling.claims import are_too_few, areas_claimed, in_words, reserve_of, title_of, unclaimed
from qa_analysis.telling.wording import (
    area_change,
    change_in_points,
    in_time,
    of_all,
    or_none,
    points,
    share_of,
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
        return f"{was}There is no headline audit of {month_name(earlier)} or the cycles before it to compare with."
    if said.verdict == TOO_FEW_TO_JUDGE:
        return f"{was}There are too few audits to judge a change."
    tail = f"{watch(change)}{_detectable(month)}" if said.verdict == UNCLEAR else ""
    claim = in_words(said, more=tail)
    return f"{was}Over three cycles, against those six months before ({change_in_points(change)}): {claim}."


def _detectable(month: Month) -> str:
    """The smallest rise that this many audits would usually have shown."""
    rise = month.figure("detectable_rise", population=LEAD)
    if rise is None or rise.value != rise.value:
        return ""
    return f"; with this many audits we would usually notice a rise of {points(rise.value)} or more"


def key_areas(month: Month) -> str:
    """Which of the six areas moved, by the rules; otherwise that none clearly did."""
    said = areas_claimed(month)
    moved = [
        f"{month.rules.key_areas[area]} ({change_in_points(change)}): {in_words(claim)}."
        for area, claim in said.items()
        if claim.verdict in WORTH_TELLING and (change := area_change(month, area))
    ]
    if moved:
        return f"{' '.join(moved)} That is the last three cycles against the three cycles six months before them."
    if are_too_few(said):
        return "The six key areas: too few audits to judge a change."
    held = reserve_of(said.values())
    return (
        f"The six key areas show {unclaimed(said)} between the last three cycles and the three cycles six months "
        f"before them.{f' {held}.' if held else ''}"
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
    overdue, serious = month.count("actions_overdue"), month.count("actions_overdue_safeguarding")
    if not overdue:
        return f"{timely} None is overdue."
    return f"{timely} {counted(overdue, 'is', 'are')} overdue, {or_none(serious)} of them about safeguarding."


def families(month: Month) -> str:
    """In how many audits a family was reached, and in how many it spoke with the auditor."""
    tried, spoke = month.figure("family_contact_attempted"), month.figure("family_engaged")
    if tried is None or spoke is None:
        return "Families' views: not supplied this month."
    return (
        f"Families were contacted in {tried.numerator} of {counted(tried.denominator, 'audit')}; "
        f"in {spoke.numerator} a family member spoke with us."
    )


def areas_title(month: Month) -> str:
    """What the chart of six areas shows, said as a finding."""
    said = {month.rules.key_areas[area]: claim for area, claim in areas_claimed(month).items()}
    return title_of(said, of="Six key areas")
