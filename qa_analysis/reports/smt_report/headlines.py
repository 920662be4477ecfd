"""The headlines of the month, one claim each, with its number, its interval and what it does not show."""

from collections.abc import Mapping

from qa_analysis.dates import month_name, months_after, period_of
from qa_analysis.english import agreeing, counted, in_a_sentence, in_letters, listed
from qa_analysis.measures.actions.timeliness import LATELY
from qa_analysis.measures.actions.year_before import A_YEAR
from qa_analysis.measures.closing_the_loop.verdicts import UNCLEAR, WORTH_TELLING
from qa_analysis.measures.figure import TOO_FEW, TOO_FEW_TO_JUDGE, Figure, figures_of
from qa_analysis.measures.moderation.panel_movement import BLIND, NOT_BLIND
from qa_analysis.measures.populations import EVERY_ROUTE, LEAD, random_third
from qa_analysis.measures.themes.difference_made import NOT_RECORDED
from qa_analysis.measures.themes.what_changed import BETTER, DIRECTIONS, NOT_SAID, WORSE, what_changed
from qa_analysis.measures.themes.what_changed import UNCLEAR as NO_DIRECTION
from qa_analysis.month.month import Month
from qa_analysis.reports.smt_report.words import LONG_OVERDUE, grades_generously, panels_by_sight
from qa_analysis.telling.claims import are_too_few, areas_claimed, in_words, reserve_of, unclaimed
from qa_analysis.telling.wording import (
    about_safeguarding,
    area_change,
    cases,
    change_in_points,
    missing_before,
    of_whole,
    or_none,
    part_of,
    percent,
    points,
    share_of,
    watch,
    year_agreement,
)

LONGEST_QUOTED = 160  # letters: of a quotation on page one
LETTERS = 2_200  # of all headlines: with more, page one of the printed report runs over, so nobody is quoted


def headlines(month: Month) -> list[str]:
    """How good as graded, how good by the panel, what changed, what it meant for children, actions, families."""
    said = [graded(month), panel(month), key_areas(month), difference(month), actions(month), families(month)]
    quoted = _in_their_words(month) if sum(map(len, said)) > LETTERS else ""
    return [text.removesuffix(quoted) for text in said]


def graded(month: Month) -> str:
    """How the month was graded, against six months ago, and what this many audits could have shown."""
    now = month.figure("good_or_better")
    if now is None or now.denominator == 0:
        return "No headline audit of this cycle has an overall grade, so nothing can be said about grades."
    poor = or_none(month.count("grade_count", by="grade", group=month.rules.grades[-1]))
    if now.verdict == TOO_FEW:
        said = f"Auditors graded {of_whole(now, 'audit')} good or better"
    else:
        said = f"Auditors graded {percent(now.value)} of audits good or better{cases(now, first=True)}"
    return f"{said} and {poor} as {month.rules.grades[-1]}. {_since(month)}"


def _since(month: Month) -> str:
    """The comparison that carries the verdict, in words, and what it could have shown."""
    change, said = (month.figure(name, population=LEAD) for name in ("loop_difference", "loop_verdict"))
    if change is None or said is None:
        earlier, began = month.rules.cycle_before(month.month), month.rules.first_cycle
        if began > earlier:
            return f"There is nothing of six months ago to compare with: the audits began in {month_name(began)}."
        return f"There is no headline audit of {month_name(earlier)} or the cycles before it to compare with."
    if said.verdict == TOO_FEW_TO_JUDGE:
        return "There are too few audits to judge a change."
    tail = f"{watch(change)}{_detectable(month)}" if said.verdict == UNCLEAR else ""
    return " ".join((f"{_compared(said, change_in_points(change))}{tail}.", *missing_before(month)))


def _compared(said: Figure, moved: str) -> str:
    """The last three months against those half a year ago, in words: without a verdict word, that there is none."""
    if said.verdict == UNCLEAR:
        held = f"; not directly comparable, as {in_a_sentence(listed(said.reasons))}" if said.reasons else ""
        return (
            f"Over the last three months there is {UNCLEAR} from the same three months half a year ago ({moved}{held})"
        )
    return f"The last three months against the same three half a year ago ({moved}): {in_words(said)}"


def _detectable(month: Month) -> str:
    """The smallest rise that this many audits would usually have shown."""
    rise = month.figure("detectable_rise", population=LEAD)
    if rise is None or rise.value != rise.value:
        return ""
    return f"; a sample of this size would only reliably show a rise of {points(rise.value)} or more"


def panel(month: Month) -> str:
    """How good by the panel's standard, in the month and over the year, and where its view may have been led."""
    if "moderations" not in month.supplied:
        return "The panel's decisions were not supplied, so these grades are the auditors' alone."
    required = month.count("moderation_required")
    pairs = month.figure("moderation_unchanged", population=EVERY_ROUTE)
    if pairs is None or pairs.denominator == 0:
        due = counted(required, "audit was", "audits were")
        return f"The panel has not yet moderated an audit of this cycle; {due} due. {year_agreement(month)}"
    if pairs.is_withheld:
        return f"The panel moderated too few audits of this cycle to show how. {year_agreement(month)}"
    estimated = _by_the_panel(month)
    if not estimated:
        moved = (month.figure(f"moderation_{way}", population=EVERY_ROUTE) for way in ("lowered", "raised"))
        lowered, raised = (found.numerator if found else 0 for found in moved)
        estimated = (
            f"The panel upheld {pairs.numerator} of the {counted(pairs.denominator, 'grade')} it moderated, lowered "
            f"{or_none(lowered)} and raised {or_none(raised)}: too few to estimate what it would have said of all."
        )
    return f"{estimated} {_blind_and_sighted(month) or year_agreement(month)}"


def _by_the_panel(month: Month) -> str:
    """What the panel would have said of all audits, beside the auditors' grades; blank where that cannot be told."""
    estimate, now = month.figure("good_or_better_adjusted"), month.figure("good_or_better")
    if estimate is None or now is None or estimate.is_doubtful or not estimate.is_given:
        return ""
    said = (
        f"If every audit had been moderated, we estimate {percent(estimate.value)} would be good or better "
        f"(likely range {percent(estimate.lower)} to {percent(estimate.upper)}), against {percent(now.value)} as "
        f"graded by auditors{_over_the_year(month)}."
    )
    return f"Moderation suggests that we grade too generously. {said}" if grades_generously(month) else said


def _over_the_year(month: Month) -> str:
    """The same two shares over the year."""
    estimate, now = (month.figure(name, period=month.year) for name in ("good_or_better_adjusted", "good_or_better"))
    if estimate is None or now is None or estimate.is_doubtful or not estimate.is_given:
        return ""
    gap = month.figure("good_or_better_auditors_less_panel", period=month.year)
    by = f" ({change_in_points(gap).removeprefix('up ')})" if gap and gap.is_given and gap.value > 0 else ""
    return f"; over the year {percent(estimate.value)} against {percent(now.value)}{by}"


def _blind_and_sighted(month: Month) -> str:
    """How far panels upheld grades that they had not seen, and those they had, where that differs beyond chance."""
    blind, sighted = panels_by_sight(month)
    gap = month.figure(
        "agreement_difference", by="was_blind", group=f"{BLIND} less {NOT_BLIND}", period=month.year,
        population=random_third(month.rules),
    )  # fmt: skip
    if not (blind and sighted and gap) or gap.is_doubtful or not (gap.upper < 0 or gap.lower > 0):
        return ""
    return (
        f"Over the year the panel upheld {part_of(blind, 'grade')} when it had not seen the auditor's, and "
        f"{part_of(sighted, 'grade')} when it had."
    )


def key_areas(month: Month) -> str:
    """Which of the six areas moved, by the rules; otherwise that none clearly did."""
    said = areas_claimed(month)
    moved = [
        f"{month.rules.key_areas[area]} ({change_in_points(change)}): {in_words(claim)}."
        for area, claim in said.items()
        if claim.verdict in WORTH_TELLING and (change := area_change(month, area))
    ]
    if moved:
        others = "" if len(moved) == len(said) else " For the other key areas no change can be claimed."
        return f"{' '.join(moved)}{others}"
    if are_too_few(said):
        return "The six key areas: too few audits to judge a change."
    held = reserve_of(said.values())
    return (
        f"The six key areas show {unclaimed(said)} between the last three months and the same three half a year ago."
        f"{f' {held}.' if held else ''}"
    )


def difference(month: Month) -> str:
    """What the records say changed for children, and which way; where they do not say, that comes first."""
    found = figures_of(month.figures("impact_on_child", by="change"))
    if not found:
        return "What difference it made to children cannot be said: no statement of impact was supplied this month."
    said = {change: figure for figure in found for change in figure.group}
    better, worse, mixed = (said[change] for change in DIRECTIONS)
    audits = better.denominator
    if better.is_withheld:
        return "What difference it made to children: too few audits to show."
    silent, unread = said[NOT_SAID].numerator + said[NOT_RECORDED].numerator, said[NO_DIRECTION].numerator
    rest = (
        f"in {or_none(worse.numerator)} they got worse or did not change, "
        f"in {or_none(mixed.numerator)} some got better and others not"
    )
    open_ones = _open(silent, unread)
    if 2 * (silent + unread) >= audits:
        return (
            f"For most children we cannot say what difference was made: of {counted(audits, 'audit')} {open_ones}. "
            f"Things got better in {better.numerator}, {rest}."
        )
    return (
        f"Things got better for the child in {part_of(better, 'audit')}, by the words of their records; {rest}"
        f"{f'; {open_ones}' if open_ones else ''}.{_in_their_words(month)}"
    )


def _open(silent: float, unread: float) -> str:
    """The audits without a direction: those that do not say, and those whose words our reading cannot place."""
    parts = [
        f"{silent} {agreeing(silent, 'does', 'do')} not say" if silent else "",
        f"in {unread} the wording gave no clear direction" if unread else "",
    ]
    return listed([part for part in parts if part])


def _in_their_words(month: Month) -> str:
    """One approved quotation of a change for the better, and one of none or for the worse, the shortest ones."""
    texts = month.quotations.loc[month.quotations["cycle"] == month.month, "text"]
    ways = what_changed(texts, month.rules)
    short = texts[texts.str.len() <= LONGEST_QUOTED]
    chosen = [min(some, key=len) for way in (BETTER, WORSE) if len(some := short[ways.reindex(short.index) == way])]
    return "".join(f" “{text}”" for text in chosen)


def actions(month: Month) -> str:
    """How many recent actions were done in time, how many wait and for how long, and how many were never signed off."""
    return " ".join(filter(None, (_in_time(month), _waiting(month), _unsigned(month))))


def _in_time(month: Month) -> str:
    """The share in time of the actions that fell due of late, beside the year's."""
    limit = f"{month.rules.action_days} {month.rules.action_calendar} days"
    lately = month.rules.cycles_up_to(month.month, LATELY)
    recent, year = (month.figure("actions_due_in_time", period=period) for period in (period_of(lately), month.year))
    span = "this month" if len(lately) == 1 else f"in the last {in_letters(len(lately))} months"
    if recent is None or recent.denominator == 0:
        return f"No action reached {limit} {span}."
    over = f", against {percent(year.value)} over the year" if year and year.verdict != TOO_FEW else ""
    done = part_of(recent, "action")
    return f"Within {limit}, {done} that fell due {span} were completed{over}."


def _waiting(month: Month) -> str:
    """The open actions, now and a year before, and the overdue ones by what makes them serious."""
    held, overdue = month.count("actions_open"), month.count("actions_overdue")
    before = month.figure("actions_open_year_before", period=months_after(month.month, -A_YEAR))
    against = f", against {before.value:,.0f} a year ago" if before else ""
    said = f"There {agreeing(held, 'is', 'are')} {counted(held, 'open action')}{against}"
    if not overdue:
        return f"{said}; none is overdue."
    late = month.count("actions_overdue", by="days over", group=LONG_OVERDUE)
    return (
        f"{said}; {counted(overdue, 'is', 'are')} overdue, {about_safeguarding(month)} and {or_none(late)} by "
        "more than 80 days."
    )


def _unsigned(month: Month) -> str:
    """How many completed actions nobody signed off."""
    never = month.figure("completed_never_signed_off")
    if never is None or not never.numerator:
        return ""
    return f"Sign-off is missing for {never.numerator:,} of {counted(never.denominator, 'completed action')}."


def families(month: Month) -> str:
    """In how many audits a family was contacted, of those where that was appropriate, and spoke with the auditor."""
    tried = month.figure("family_contact_attempted_where_appropriate")
    spoke = month.figure("family_engaged")
    if tried is None or spoke is None:
        return _by_form(month)
    if tried.denominator == 0:
        return "In no audit of this cycle was contact with the family appropriate."
    views = {row["group"]: int(row["value"]) for _, row in month.figures("family_views", by="views").iterrows()}
    told = f" Their views were {_tally(views)}." if views else ""
    if spoke.is_withheld:
        return "Families' views: too few audits to show."
    return (
        f"Auditors contacted families in {share_of(tried, 'audit')} where contact was appropriate; a family member "
        f"spoke with the auditor in {spoke.numerator}.{told}"
    )


def _by_form(month: Month) -> str:
    """What the audit form's own yes and no say of contact, where contacts are not kept one by one."""
    tried, spoke = month.figure("family_contact_attempted"), month.figure("family_engaged")
    said = [
        f"auditors contacted families in {share_of(tried, 'audit')}" if tried else "",
        f"a family member spoke with the auditor in {share_of(spoke, 'audit')}" if spoke else "",
    ]
    if told := "; ".join(filter(None, said)):
        return f"By the audit form, {told}. What families said was not supplied."
    if "family_feedback" in month.supplied:
        return "Families' views: no contact with a family carries its date, so none can be counted."
    return "Families' views: not supplied this month."


def _tally(views: Mapping[str, int]) -> str:
    """The views in order, each with its count: "positive 15, mixed 4, negative 6"."""
    order = [view for view in ("positive", "mixed", "negative") if view in views]
    return ", ".join(f"{view} in {views[view]}" for view in [*order, *(view for view in views if view not in order)])
