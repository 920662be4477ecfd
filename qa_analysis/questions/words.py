"""The answers in words: the question as it was understood, one claim with its interval, and what it does not show.

Every number is read from the answer's own figures.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from pandas import DataFrame

from qa_analysis.dates import day_name, month_name, period_of
from qa_analysis.english import agreeing, at_first, counted
from qa_analysis.measures.closing_the_loop.verdicts import UNCLEAR
from qa_analysis.measures.figure import TOO_FEW, TOO_FEW_TO_JUDGE, Figure, figure_of, figures_of, joined
from qa_analysis.measures.grades.against_others import ABOVE, BELOW
from qa_analysis.measures.moderation.panel_direction import MILDER, STRICTER
from qa_analysis.measures.populations import EVERY_ROUTE, HEADLINE
from qa_analysis.month.month import Month
from qa_analysis.questions.asked import EVERY, HEADLINE_ROUTES, Asked
from qa_analysis.questions.dimensions import many_of, one_of
from qa_analysis.questions.kinds import QUESTIONS
from qa_analysis.questions.narrowing import PANEL
from qa_analysis.questions.phrases import groups, named, spoken, when
from qa_analysis.questions.scope import TOGETHER, Scope
from qa_analysis.questions.subjects.every import SUBJECTS
from qa_analysis.telling.claims import OVERALL, run_chart_sentences, run_chart_title
from qa_analysis.telling.claims import in_words as claimed
from qa_analysis.telling.wording import (
    about_safeguarding,
    cases,
    change_in_points,
    in_time,
    percent_of,
    watch,
    were,
)

TOLD_AS_A_WHOLE = (  # and split in the table alone
    "agreement", "direction", "families", "actions", "overdue",
    *(name for name, subject in SUBJECTS.items() if subject.is_told_as_a_whole),
)  # fmt: skip
CALLED: Final[Mapping[str, str]] = MappingProxyType(  # a filter before its value; some values need no word
    {"area": "key area", "polarity": "", "status": "case status", "role": "auditor’s role", "safeguarding": "",
     "age": "age of the child", "kind": ""}
)  # fmt: skip


def in_words(asked: Asked, filters: Mapping[str, str]) -> str:
    """The question as it was understood, with everything that narrows it."""
    kind = QUESTIONS[asked.question]
    split = f", by {one_of(asked.by)}" if asked.by else ""
    period = f", {spoken(asked.cycles)}" if asked.cycles and asked.question != "change" else ""
    if asked.question == "change":
        period = f", {named(asked.now)} against {named(asked.then)}"
    narrowed = "".join(f", {f'{CALLED.get(word, word)} {title}'.strip()}" for word, title in filters.items())
    routes = f", {route_words(asked)}" if kind.has_route else ""
    return f"{kind.asks.rstrip('?')}{split}{period}{narrowed}{routes}?"


def route_words(asked: Asked) -> str:
    """Whose figures they are, by how they were chosen."""
    if asked.question in PANEL:
        return "moderations of every route" if asked.route == EVERY else f"moderated by route {asked.route}"
    whole = "actions of every source" if asked.question in ("actions", "overdue", "days") else EVERY_ROUTE
    return {HEADLINE_ROUTES: HEADLINE, EVERY: whole}.get(asked.route, f"route {asked.route}")


def sentence(scope: Scope, month: Month) -> str:
    """The answer in a sentence or two."""
    said = SENTENCES[scope.asked.question](scope, month)
    is_whole = scope.asked.question in TOLD_AS_A_WHOLE or (scope.asked.question == "change" and by_place(scope.asked))
    by = scope.asked.by if is_whole else ""
    return f"{said} The {many_of(by)} are in the table." if by else said


def by_place(asked: Asked) -> bool:
    """Whether a question is split by services or teams."""
    return asked.by in ("service_area", "team")


def caveat(scope: Scope, month: Month) -> str:
    """What the answer does not show."""
    said = [CAVEATS[scope.asked.question]]
    if scope.merged:
        said.append(
            f"{groups(len(scope.merged), scope)} are shown together as “{TOGETHER}”, because at least one has under "
            f"{scope.tables.rules.question_children_from} children or only one person’s work."
        )
    if month.measures["verdict"].isin([TOO_FEW, TOO_FEW_TO_JUDGE]).any():
        said.append(
            f"Under {scope.tables.rules.percentage_from} cases only the count is given. Under "
            f"{scope.tables.rules.verdict_from} nothing is compared."
        )
    return " ".join(said)


def _audits(scope: Scope) -> str:
    return "headline audit" if scope.asked.route == HEADLINE_ROUTES else "audit"


def _graded(scope: Scope, month: Month) -> str:
    whole = _whole(month, "good_or_better")
    area = scope.tables.rules.key_areas.get(scope.asked.area, "")
    opening = (
        f"Auditors graded {percent_of(whole, _audits(scope))} good or better{f' in {area.lower()}' if area else ''} "
        f"{when(scope)}{cases(whole, first=True)}."
    )
    if whole.verdict == TOO_FEW:
        return f"{opening} These are {TOO_FEW} more."
    return f"{opening} {_compared(scope, month)}".strip()


def _compared(scope: Scope, month: Month) -> str:
    """Which groups differ from the others by more than chance; nobody is put in an order."""
    by = scope.asked.by
    if by in ("key_area", "month"):
        return f"The table gives each {one_of(by)}."
    rows = month.over_time("good_or_better_less_others", by=scope.column)
    if rows.empty:
        return ""
    differing = [
        f"{at_first(name)}: {_named(rows[rows['verdict'] == name])}." for name in (ABOVE, BELOW)
        if (rows["verdict"] == name).any()
    ]  # fmt: skip
    judged = int((rows["verdict"] != TOO_FEW_TO_JUDGE).sum())
    if differing:
        return " ".join(differing)
    if not judged:
        return f"The {many_of(by)} have too few audits each to be compared."
    if judged == 1:
        return f"Only one {one_of(by)} has enough audits to compare, and it does not differ clearly from the others."
    return f"None of the {judged} {many_of(by)} with enough audits differs clearly from the others."


def _named(rows: DataFrame) -> str:
    return "; ".join(f"{joined(figure.group)} ({change_in_points(figure)})" for figure in figures_of(rows))


def _trend(scope: Scope, month: Month) -> str:
    last = month.over_time("good_or_better").iloc[-1:]
    if last.empty:
        return "No cycle has enough audits to be shown."
    newest = figure_of(last.iloc[0])
    share = f"{percent_of(newest, _audits(scope))} good or better{cases(newest, first=True)}"
    said = f"In {month_name(newest.period)} auditors graded {share}."
    area = scope.tables.rules.key_areas.get(scope.asked.area)
    title = run_chart_title(month, grades=f"grades of {area.lower()}" if area else OVERALL)
    claims = figures_of(month.over_time("loop_verdict", by="key_area" if area else ""))
    return " ".join([f"{title}.", said, *run_chart_sentences(month, claims[0] if claims else None)])


def _change(scope: Scope, month: Month) -> str:
    area, asked = scope.asked.area, scope.asked
    by = "key_area" if area else ""
    now, then = (
        month.figure("good_or_better", by=by, group=area, period=period_of(cycles))
        for cycles in (asked.now, asked.then)
    )
    difference = month.figure("loop_difference", by=by, group=area)
    if now is None or then is None or difference is None:
        return "One of the two periods has no grade to compare."
    title = f" in {scope.tables.rules.key_areas[area].lower()}" if area else ""
    audits = counted(now.denominator, _audits(scope))
    both = (
        f"{at_first(spoken(asked.now))}, {now.numerator} of {audits} {were(now)} "
        f"graded good or better{title}; {spoken(asked.then)} it was {then.numerator} of {then.denominator}"
    )
    if difference.verdict == TOO_FEW_TO_JUDGE:
        return f"{both}: {TOO_FEW_TO_JUDGE}; {scope.tables.rules.verdict_from} in each period are enough."
    claims = [claim for claim in figures_of(month.over_time("loop_verdict", by=by)) if joined(claim.group) == area]
    claim = claims[0] if claims else difference.judged(_unnamed(difference))
    tail = watch(difference) if claim.verdict == UNCLEAR else ""
    return f"{both} ({change_in_points(difference)}): {claimed(claim, more=tail)}."


def _unnamed(difference: Figure) -> str:
    """What may be said of a comparison that nobody named before the grades were in: no verdict, an interval."""
    if difference.lower <= 0 <= difference.upper:
        return UNCLEAR
    return "a difference to look into, not a verdict, because this comparison was not named before the grades were in"


def _agreement(scope: Scope, month: Month) -> str:
    upheld = _whole(month, "agreement_exact")
    said = f"The panel upheld {percent_of(upheld, 'moderated grade')} {when(scope)}{cases(upheld, first=True)}."
    beyond = _whole(month, "gwet_ac1")
    if upheld.is_doubtful or beyond.is_doubtful:
        return f"{said} These are {TOO_FEW} how far the two agree."
    return (
        f"{said} Agreement beyond chance (Gwet’s AC1, 1 is perfect) is {beyond.value:.2f} "
        f"({beyond.lower:.2f} to {beyond.upper:.2f})."
    )


def _direction(scope: Scope, month: Month) -> str:
    lowered, unchanged, raised = (_whole(month, f"moderation_{way}") for way in ("lowered", "unchanged", "raised"))
    said = _whole(month, "moderation_direction").verdict
    moved = (
        f"Of {counted(unchanged.denominator, 'moderated grade')} {when(scope)}, the panel lowered "
        f"{lowered.numerator}, upheld {unchanged.numerator} and raised {raised.numerator}"
    )
    return f"{moved}. It {said}." if said in (MILDER, STRICTER) else f"{moved}: {said}."


def _families(scope: Scope, month: Month) -> str:
    tried, spoke = (month.figure(name, period=month.month) for name in ("family_contact_attempted", "family_engaged"))
    if tried is None or spoke is None:
        return "Families’ views: not supplied."
    return (
        f"A family was contacted in {percent_of(tried, 'audit')} {when(scope)}{cases(tried, first=True)}. In "
        f"{counted(spoke.numerator, 'audit')} a family member spoke with us."
    )


def _actions(scope: Scope, month: Month) -> str:
    rules = scope.tables.rules
    done, still = month.count("actions_completed"), month.count("actions_open")
    within = month.figure(f"completed_in_40_{rules.action_calendar}_days")
    whole, late = counted(done + still, "action"), month.count("actions_overdue")
    said = f"{whole}: {done:,} completed, {still:,} open, {late:,} overdue."
    if within is None or not within.denominator:
        return said
    return f"{said} {in_time(within, days=f'{rules.action_days} {rules.action_calendar} days', first=True)}."


def _overdue(scope: Scope, month: Month) -> str:
    late, still = month.count("actions_overdue"), month.count("actions_open")
    return (
        f"{late:,} of {counted(still, 'open action')} {agreeing(late, 'is', 'are')} overdue on "
        f"{day_name(month.as_at)}, {about_safeguarding(month)}."
    )


def _coverage(scope: Scope, month: Month) -> str:
    done = month.count("audits_completed")
    shown = set(month.figures("audits_completed", by=scope.asked.by)["group"]) - {TOGETHER}
    seen = len(shown) + len(scope.merged)
    unseen = month.over_time("open_records_never_audited", by="team")
    said = f"{counted(done, 'audit')} {when(scope)}, in {groups(seen, scope)}."
    if scope.asked.route != EVERY or "caseload" not in month.supplied:
        return said
    if unseen.empty:
        return f"{said} Every team with open records had an audit."
    return f"{said} {counted(len(unseen), 'team')} with open records had no audit: {', '.join(unseen['group'])}."


def _whole(month: Month, measure: str) -> Figure:
    """The figure of the whole."""
    rows = month.over_time(measure, by="")
    return figure_of(rows.iloc[0])


SENTENCES: Final[Mapping[str, Callable[[Scope, Month], str]]] = MappingProxyType(
    {
        "grades": _graded, "trend": _trend, "change": _change, "agreement": _agreement, "direction": _direction,
        "families": _families, "actions": _actions, "overdue": _overdue, "coverage": _coverage,
        **{name: subject.sentence for name, subject in SUBJECTS.items()},
    }
)  # fmt: skip
_GRADES = "Grades are the auditors’ judgements, not the panel’s and not Ofsted’s."
CAVEATS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "grades": f"{_GRADES} Themes and cases differ from month to month and from team to team, so a difference may "
        "be one of cases and not of practice.",
        "trend": f"{_GRADES} At most twenty-four cycles are shown, and cycles with few audits are left out. A "
        "month outside its usual range says that something was unusual in that month, not that practice changed.",
        "change": f"{_GRADES} Auditors, cases and themes may have changed too. Of every twenty comparisons, one "
        "will look like a change by chance alone.",
        "families": "Each audit counts once, however many family members were contacted. Families who were not asked "
        "may also have views.",
        "agreement": "If the panel saw the auditor’s grade first, agreement is likely to look higher than it is.",
        "direction": "Randomly selected audits represent all audits; disputed and referred ones do not. A panel that "
        "lowers grades is not necessarily right.",
        "actions": "All actions agreed by this date, unless a period is given. Whether an action helped the child is "
        "another question.",
        "overdue": "An open action without a due date is never counted as overdue.",
        "coverage": "A count of audits does not show their quality. A team that has since closed may appear as not "
        "audited.",
        **{name: subject.caveat for name, subject in SUBJECTS.items()},
    }
)
