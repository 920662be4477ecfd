"""Figures as sentences: one claim each, with its number, denominator, interval and what it does not show.

Every number comes from the measures; a test reads the published sentences and looks each one up (docs/decisions).
"""

from qa_analysis.counted import agreeing, counted
from qa_analysis.dates import month_name, months_after
from qa_analysis.measures.figure import TOO_FEW
from qa_analysis.measures.trends import CHANCE
from qa_analysis.measures.verdicts import CLAIMS, FEW, UNCLEAR, UNLIKE
from qa_analysis.measures.windows import LEAD, POOLED_CYCLES
from qa_analysis.report.month import Figure, Month

COUNTS_UP_TO = 30  # up to thirty the count comes first and the percentage after; docs: smt-report, "Words"


def percent(share: float) -> str:
    """A share as a whole percentage: 39 %."""
    return f"{100 * share:.0f}\u00a0%"


def points(difference: float) -> str:
    """A difference of shares in whole points, without its sign."""
    return counted(round(abs(100 * difference)), "point")


def share_of(figure: Figure, one: str = "", many: str = "", *, first: bool = False) -> str:
    """A share in words: "15 of 38 headline audits (39 %, 26 % to 55 %)"; under five the count alone.

    The noun is given in the singular, and in the plural where that is not the singular with an s.
    """
    whole = counted(figure.denominator, one, many) if one else f"{figure.denominator:,}"
    said = f"{figure.numerator:,} of {whole}"
    if figure.note == TOO_FEW:
        return said
    return f"{said} ({percent(figure.value)}, {interval(figure, first=first)})"


def interval(figure: Figure, *, first: bool = False) -> str:
    """Where the true share probably lies; spelt out the first time a reader meets one."""
    if first:
        return f"likely between {percent(figure.lower)} and {percent(figure.upper)}"
    return f"{percent(figure.lower)} to {percent(figure.upper)}"


def five_sentences(month: Month) -> list[str]:
    """The month in five sentences: grades, key areas, the panel, actions, families."""
    return [
        overall(month),
        key_areas(month),
        panel(month),
        actions(month),
        families(month),
    ]


def compared_periods(month: Month) -> tuple[str, str]:
    """The two periods of the comparison that carries the verdicts, in words: the later one first."""
    earlier = months_after(month.month, -month.rules.revisit_months)
    now, then = (
        f"{month_name(months_after(last, 1 - POOLED_CYCLES))} to {month_name(last)}" for last in (month.month, earlier)
    )
    return now, then


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
    if said.note == FEW:
        return f"{was}There are too few audits to judge a change."
    tail = f"{watch(change)}{_detectable(month)}" if said.note == UNCLEAR else ""
    return f"{was}Over three cycles, against those six months before ({change_in_points(change)}): {said.note}{tail}."


def watch(change: Figure) -> str:
    """A drop that would count on its own is worth a look, though not among seven grades: missing one costs more."""
    return ", but a possible deterioration to look into" if change.upper < 0 else ""


def _detectable(month: Month) -> str:
    """The smallest rise that this many audits would usually have shown."""
    rise = month.figure("detectable_rise", population=LEAD)
    if rise is None or rise.value != rise.value:
        return ""
    return f"; with this many audits we would usually notice a rise of {points(rise.value)} or more"


def change_in_points(change: Figure) -> str:
    """A difference of shares in words, with its interval: "down 17 points, −27 to −6"."""
    return f"{'up' if change.value >= 0 else 'down'} {points(change.value)}, {signed(change)}"


def signed(change: Figure) -> str:
    """An interval of a difference, in points: "−10 to 33"."""
    low, high = (f"{100 * bound:+.0f}".replace("-", "\u2212") for bound in (change.lower, change.upper))
    return f"{low} to {high}"


def key_areas(month: Month) -> str:
    """Which of the six areas moved, by the rules; otherwise that none clearly did."""
    said = month.figures("loop_verdict", by="key_area", population=LEAD).set_index("group")["note"]
    moved = [
        f"{month.rules.key_areas[str(area)]} ({change_in_points(change)}): {word}."
        for area, word in said.items()
        if word.startswith(CLAIMS) and (change := area_change(month, str(area)))
    ]
    if moved:
        return f"{' '.join(moved)} That is the last three cycles against the three cycles six months before them."
    if said.empty or (said == FEW).all():
        return "The six key areas: too few audits to judge a change."
    return (
        "None of the six key areas shows clear evidence of change between the last three cycles "
        "and the three cycles six months before them."
    )


def short_verdict(note: str) -> str:
    """A verdict for a title: the reasons why it is not like for like stand in the table."""
    word, unlike, _ = note.partition(UNLIKE)
    return f"{word}, not like for like" if unlike else word


def area_change(month: Month, area: str) -> Figure | None:
    """How far one key area moved, in the comparison that carries the verdict."""
    return month.figure("loop_difference", by="key_area", group=area, population=LEAD)


def panel(month: Month) -> str:
    """What the panel did to the month's grades, and how far the random third was upheld over the year."""
    required = month.count("moderation_required")
    pairs = month.figure("moderation_unchanged", population="every route")
    if pairs is None or pairs.denominator == 0:
        return f"The panel has not yet graded an audit of this cycle; {counted(required, 'was', 'were')} due."
    lowered, raised = (month.figure(f"moderation_{way}", population="every route") for way in ("lowered", "raised"))
    done = (
        f"The panel upheld {pairs.numerator} of the {counted(pairs.denominator, 'grade')} it looked at, "
        f"lowered {or_none(lowered.numerator if lowered else 0)} and "
        f"raised {or_none(raised.numerator if raised else 0)}."
    )
    return f"{done} {of_all(month) or year_agreement(month)}"


def of_all(month: Month) -> str:
    """What the panel would have said of all the month's headline audits; nothing where that cannot be told."""
    found = month.figure("good_or_better_adjusted")
    if found is None or found.note or found.value != found.value:
        return ""
    return f"Had it looked at all of them we estimate {percent(found.value)} good or better ({interval(found)})."


def year_agreement(month: Month) -> str:
    """How far the panel upheld grades drawn at random over the year."""
    year = month.figure("agreement_exact", period=month.year, population=_random_third(month))
    if year is None or year.denominator == 0:
        return "No grade of the random third was looked at this year."
    upheld = f"Over twelve cycles it upheld {year.numerator} of {counted(year.denominator, 'grade')} drawn at random"
    if year.denominator < month.rules.percentage_from:
        return f"{upheld}: too few to say how far auditors and panel agree."
    return f"{upheld} ({percent(year.value)}, {interval(year)})."


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


def run_chart_title(month: Month) -> str:
    """What the run chart shows, said as a finding."""
    last = month.figure("run_chart")
    if last is None or not last.note:
        return "Good or better over time: too few cycles to draw limits"
    if last.note == CHANCE:
        return "No change in overall grades this month beyond what chance would explain"
    return f"{last.note.split()[0].capitalize()} overall grades this month than chance would explain"


def areas_title(month: Month) -> str:
    """What the chart of six areas shows, said as a finding."""
    said = month.figures("loop_verdict", by="key_area", population=LEAD).set_index("group")["note"]
    claimed = [
        f"{month.rules.key_areas[str(area)]}: {short_verdict(note)}"
        for area, note in said.items()
        if note.startswith(CLAIMS)
    ]
    if claimed:
        return f"{'; '.join(claimed)}, since six months ago"
    if said.empty or set(said) == {FEW}:
        return "Six key areas: too few audits to judge a change since six months ago"
    return "Six key areas: no clear evidence of change since six months ago"


def or_none(tally: int) -> str:
    """A count in a sentence: "none" for 0."""
    return str(tally) if tally else "none"


def were(figure: Figure) -> str:
    """The verb that follows a share: "1 of 38 audits was", "15 of 38 audits were"."""
    return agreeing(figure.numerator, "was", "were")


def in_time(within: Figure, noun: str = "", *, days: str, first: bool = False) -> str:
    """How many actions were done within so many days, of those that were done or have reached them."""
    who = agreeing(within.denominator, "that was done, or has", "that were done, or have")
    return (
        f"{share_of(within, noun, first=first)} {who} been open for more than {days}, {were(within)} done in that time"
    )


def _random_third(month: Month) -> str:
    return f"{month.rules.moderation_random_route}, {month.rules.rolling_cycles} cycles"
