"""The Safeguarding Unit in sentences: children, conferences and reviews, participation, partners, complaints, links."""

from collections.abc import Mapping
from typing import Final

from qa_analysis.dates import day_name, month_name, period_of, span_name
from qa_analysis.english import agreeing, at_first, counted, listed
from qa_analysis.measures.figure import Figure, figures_of
from qa_analysis.measures.safeguarding_unit.children import BEGAN, CARED_FOR, ENDED, ON_A_PLAN, STATUS
from qa_analysis.measures.safeguarding_unit.conferences import KINDS, LATE, NOT_HELD, UNREAD
from qa_analysis.measures.safeguarding_unit.participation import NOT_READABLE, NOT_SAID, UNDER_FOUR
from qa_analysis.measures.safeguarding_unit.partners import ASKED, OTHERS, UNDER_HALF
from qa_analysis.measures.safeguarding_unit.periods import LATELY
from qa_analysis.measures.safeguarding_unit.received import BY_UNIT, ELSEWHERE
from qa_analysis.month.month import Month
from qa_analysis.telling.wording import part_of, share_of, were

ONE, MANY = "conference or review", "conferences and reviews"
OLD_ENOUGH: Final = ("child of four or over", "children of four and over")
CALLED: Final[Mapping[str, str]] = {
    KINDS[0]: "Initial child protection conferences", KINDS[1]: "Review child protection conferences",
    KINDS[2]: "Reviews of cared-for children",
}  # fmt: skip
REVIEWERS: Final = ("IRO", "FIRO", "CP chair")
HIDDEN: Final = "too small to show"
DID: Final[Mapping[str, str]] = {"partner_attended": "took up", "partner_reported": "sent a report for"}


def lately(month: Month) -> str:
    """The last three months as the measures write them; fewer where the council has just begun."""
    return period_of(month.rules.cycles_up_to(month.month, LATELY))


def number(figure: Figure | None, one: str, many: str = "") -> str:
    """A count with its noun; a figure that there is not is none, and one that is kept back is said to be."""
    if figure is None:
        return counted(0, one, many)
    if not figure.is_given:
        return f"a number of {many or f'{one}s'} {HIDDEN}"
    return counted(figure.value, one, many)


def plain(figure: Figure | None) -> str:
    """A count in a cell, or within a sentence that has named its noun."""
    if figure is None:
        return "0"
    return f"{figure.value:,.0f}" if figure.is_given else HIDDEN


def is_some(figure: Figure | None) -> bool:
    """Whether there is something to say: a count above zero, or one that is kept back."""
    return figure is not None and figure.value != 0


def children_sentences(month: Month) -> list[str]:
    """How many children are cared for or on a plan, and how many came and went."""
    every = month.figure("unit_children")
    if every is None:
        return [
            f"The caseload has no list of the end of {month_name(month.month)} that says who is cared for or on a "
            "plan, so children cannot be counted."
        ]
    if not every.value:
        return [f"At the end of {month_name(month.month)} no child was cared for or on a child protection plan."]
    care, plan = (month.figure("unit_children", by=STATUS, group=status) for status in (CARED_FOR, ON_A_PLAN))
    return [
        f"At the end of {month_name(month.month)}, {number(every, 'child was', 'children were')} cared for "
        f"({plain(care)}) or on a child protection plan ({plain(plan)}).",
        *_moved(month),
    ]


def _moved(month: Month) -> list[str]:
    moved = {
        group: month.figure("unit_children_moved", by=(STATUS, "movement"), group=group)
        for group in ((status, way) for status in (CARED_FOR, ON_A_PLAN) for way in (BEGAN, ENDED))
    }
    if None in moved.values() or not any(map(is_some, moved.values())):
        return []
    came, left, began, ended = moved.values()
    return [
        f"During the month {number(came, 'child', 'children')} became cared for and {plain(left)} stopped being so; "
        f"{number(began, 'plan')} began and {plain(ended)} ended. A child who changed from a plan to care is in both."
    ]


def conference_sentences(month: Month) -> list[str]:
    """Whether conferences and reviews were held in time, and which are overdue."""
    return [*_in_time(month), *_overdue(month), *_over_time(month), *_left_out(month)]


def _in_time(month: Month) -> list[str]:
    found = month.figure("conferences_in_time")
    if found is None:
        return [f"None of the {MANY} was due in {month_name(month.month)}."]
    late, waiting = (month.figure("conferences_due", by="state", group=state) for state in (LATE, NOT_HELD))
    return [
        f"{_due_in(found, first=True)} {were(found)} held in time; {plain(late)} "
        f"{agreeing(_value(late), 'was', 'were')} held late, and {plain(waiting)} had not been held by "
        f"{day_name(month.as_at)}."
    ]


def _due_in(found: Figure, *, first: bool = False) -> str:
    """Those due in a period, with the share of them: "87% of conferences and reviews due in June 2023 (...)"."""
    when = span_name(found.period)
    return at_first(part_of(found, f"{ONE} due in {when}", f"{MANY} due in {when}", first=first))


def _overdue(month: Month) -> list[str]:
    """All that wait on the day, whenever they were due."""
    every, longest = month.figure("conferences_overdue"), month.figure("conferences_overdue_longest")
    if not is_some(every):
        return [f"No {ONE} was overdue on {day_name(month.as_at)}."]
    since = f", the longest by {counted(longest.value, 'day')}" if longest and longest.is_given else ""
    return [f"Overdue on {day_name(month.as_at)}: {number(every, ONE, MANY)}{since}."]


def _over_time(month: Month) -> list[str]:
    """The three months and the year; nothing where they are the month itself."""
    said = []
    for period in dict.fromkeys((lately(month), month.year)):
        found = month.figure("conferences_in_time", period=period)
        if found and period != month.month:
            said.append(f"{_due_in(found)} {were(found)} held in time.")
    return said


def _left_out(month: Month) -> list[str]:
    undated = month.figure("conferences_without_due_day")
    unread = month.figure("conferences_due", by="state", group=UNREAD)
    said = [f"Held without a due day, so in time or not is not known: {plain(undated)}."] if is_some(undated) else []
    return [*said, *([f"The day held could not be read: {plain(unread)}."] if is_some(unread) else [])]


def participation_sentences(month: Month) -> list[str]:
    """How many children took part, and who is left out of that."""
    found = month.figure("child_took_part")
    apart = {
        answer: month.figure("participation_apart", by="answer", group=answer)
        for answer in (UNDER_FOUR, NOT_SAID, NOT_READABLE)
    }
    if not is_some(month.figure("conferences_held")):
        return [f"None of the {MANY} was held in {month_name(month.month)}."]
    if found is None and apart[UNDER_FOUR] is None:
        return ["Whether children took part is not recorded."]
    if found is None:
        return [f"Of no child of four or over is it recorded in {month_name(month.month)} whether they took part."]
    year = month.figure("child_took_part", period=month.year)
    over = [f"Over the year, {part_of(year, *OLD_ENOUGH)} took part."] if year and month.year != month.month else []
    return [
        f"{at_first(part_of(found, *OLD_ENOUGH, first=True))} took part in the {MANY} of {month_name(month.month)}.",
        *over,
        f"Left out: children under four ({plain(apart[UNDER_FOUR])}) and those of whom it is not recorded "
        f"({plain(apart[NOT_SAID])}){_unreadable(apart[NOT_READABLE])}.",
    ]


def _unreadable(figure: Figure | None) -> str:
    return f"; of {plain(figure)} it could not be read" if is_some(figure) else ""


def partner_sentences(month: Month) -> list[str]:
    """How often partners came and sent reports, and the agencies that clearly did so for under half."""
    period = lately(month)
    came, sent = (month.figure(name, period=period) for name in ASKED)
    if came is None:
        return [f"No partner was recorded as invited to the {MANY} of {span_name(period)}."]
    reports = f" and sent a report for {share_of(sent)}" if sent else ""
    return [
        f"In {span_name(period)} partners took up {part_of(came, 'invitation', first=True)}{reports}.",
        *([said] if (said := under_half_sentence(month)) else []),
    ]


def under_half(month: Month) -> list[Figure]:
    """What agencies clearly did for under half of their invitations, as the measure judged it."""
    period = lately(month)
    return [
        figure
        for name in ASKED
        for figure in figures_of(month.figures(name, by="agency", period=period))
        if figure.verdict == UNDER_HALF
    ]


def under_half_sentence(month: Month) -> str:
    """Those agencies, each with its own count; nothing where there is none. None is held against another."""
    said = [f"{figure.group[0]} {DID[figure.measure]} {share_of(figure)}" for figure in under_half(month)]
    return f"Clearly under half of invitations: {'; '.join(said)}." if said else ""


def agencies(month: Month) -> list[str]:
    """The agencies of the last three months in alphabetical order; the small ones together come last."""
    found = month.figures("partner_invited", by="agency", period=lately(month))["group"]
    return sorted(found, key=lambda name: (name == OTHERS, name.casefold()))


def received_sentences(month: Month) -> list[str]:
    """What the unit received itself, and what others received, which is not added to it."""
    own, elsewhere = (_received(month, route) for route in (BY_UNIT, ELSEWHERE))
    if own is None or elsewhere is None:
        return ["Who received complaints and compliments is not recorded, so those of the unit are not known."]
    year = _received(month, BY_UNIT, period=month.year)
    over = f" Over the year it received {year}." if year and month.year != month.month else ""
    return [
        f"The unit received {own} in {month_name(month.month)}.{over}",
        f"Others in the council received {elsewhere} in the month. Each is counted once, under whoever took it in, so "
        "these are not added to the unit's.",
        *_not_said(month),
        *_answers(month),
    ]


def _received(month: Month, route: str, *, period: str = "") -> str | None:
    kinds = [
        month.figure("unit_received", by=("kind", "received_by"), group=(kind, route), period=period or month.month)
        for kind in ("complaint", "compliment")
    ]
    if None in kinds:
        return None
    return f"{_or_no(kinds[0], 'complaint')} and {_or_no(kinds[1], 'compliment')}"


def _or_no(figure: Figure | None, one: str) -> str:
    return number(figure, one) if is_some(figure) else f"no {one}s"


def _not_said(month: Month) -> list[str]:
    unknown = [
        found
        for kind in ("complaint", "compliment")
        if (found := month.figure("unit_received", by=("kind", "received_by"), group=(kind, NOT_SAID)))
    ]
    tally = sum(one.value for one in unknown if one.is_given)
    return [f"In {counted(tally, 'record')} more it is not recorded who received it."] if tally else []


def _answers(month: Month) -> list[str]:
    found, late = month.figure("unit_complaints_in_time", period=month.year), month.figure("unit_complaints_overdue")
    due = ("complaint to the unit due an answer in the year", "complaints to the unit due an answer in the year")
    said = [f"{at_first(share_of(found, *due))} {were(found)} answered in time."] if found else []
    return [*said, *([f"Overdue for an answer: {number(late, 'complaint')}."] if is_some(late) else [])]


def part_sentences(month: Month) -> list[str]:
    """The audits that the unit's officers did, and the seat of its Service Manager on the panel."""
    done = [
        found
        for role in REVIEWERS
        if (found := month.figure("audits_completed", by="auditor_role", group=role)) and is_some(found)
    ]
    said = listed([f"{plain(one)} by {one.group[0]}s" for one in done])
    audits = f"Audits of the cycle done by reviewing officers and chairs: {said}." if done else (
        "No audit of the cycle was done by an IRO, FIRO or CP Chair."
    )  # fmt: skip
    sat = month.figure("panel_role_sat", by="panel role", group="safeguarding service manager")
    panel = (
        f"The unit's Service Manager sat on the panel for {share_of(sat, 'decision')}."
        if sat and sat.denominator
        else ""
    )
    return [audits, *filter(None, (panel,)), *link_sentences(month)]


def link_sentences(month: Month) -> list[str]:
    """How many teams have a link officer, and which have none."""
    found = month.figure("teams_with_link")
    if not month.scope.is_whole:
        return ["Team links are told of the whole council alone: link officers are of no operational team."]
    if "staff" not in month.supplied:
        return ["Team links: the list of staff was not supplied this month."]
    if found is None:
        return ["Which officer is the link of which team is not recorded in the list of staff."]
    without = sorted(month.figures("teams_without_link", by="link_team")["group"])
    lacking = f" Without one: {listed(without)}." if without else ""
    held = ("team that holds such children", "teams that hold cared-for children or children on a plan")
    return [
        f"{at_first(share_of(found, *held))} {agreeing(found.numerator, 'has', 'have')} a link officer.{lacking} What "
        "a link does in the team is not recorded."
    ]


def cell(figure: Figure | None) -> str:
    """A share in a cell of a table: "48 of 55 (87%, 76% to 94%)"; under five the count alone."""
    return "none" if figure is None else share_of(figure)


def _value(figure: Figure | None) -> float:
    return figure.value if figure is not None and figure.is_given else 0.0
