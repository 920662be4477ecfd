"""The Safeguarding Unit as the partnership and the Corporate Parenting Board may read it: three months, rounded.

By the rules of the shared edition: nothing exact leaves this room, no team is named, and where parts of a whole are
told the whole is not, so that no part can be had by subtraction (docs/decisions/016).
"""

from collections.abc import Iterator
from math import isnan
from typing import Final

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.measures import family
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import TOO_FEW, Figure
from qa_analysis.measures.safeguarding_unit import alert_times, alerts, conferences, participation, partners
from qa_analysis.measures.safeguarding_unit.children import STATUS, STATUSES, month_ends
from qa_analysis.measures.safeguarding_unit.periods import Months, lately
from qa_analysis.measures.shared_edition.protected import ALMOST_ALL, count_told, share_told
from qa_analysis.stats.proportions import holm

CHILDREN: Final = "shared_unit_children"
IN_TIME: Final = "shared_unit_in_time"
TOOK_PART: Final = "shared_unit_took_part"
RAISED: Final = "shared_unit_alerts"
ANSWERED: Final = "shared_unit_alerts_in_time"
CAME, REPORTED = "shared_unit_partner_attended", "shared_unit_partner_reported"
UNDER_HALF: Final = "shared_unit_under_half"
QUESTIONS: Final = {CAME: partners.CAME, REPORTED: partners.REPORTED}
CLEAR: Final = 0.01  # managers read it at 0.05: so whatever is clear here is clear to them, too


@declares(
    Measure(
        CHILDREN,
        title="Children cared for or on a plan, rounded",
        family=family.SHARED_UNIT,
        counts="children who are cared for, and children on a child protection plan, at the last month end, rounded to "
        "the nearest five",
        by="case_status",
        limits="one to seven are not given",
        unit="children",
    ),
    Measure(
        IN_TIME,
        title="Conferences and reviews held in time, rounded",
        family=family.SHARED_UNIT,
        counts="conferences and reviews of each kind held on or before the day due, of those due in the last three "
        "months, rounded to whole 5%",
        by="kind",
        limits="one not yet held counts as not in time; no share of under twenty; no interval",
        unit="share",
    ),
    Measure(
        TOOK_PART,
        title="Children who took part in their conference or review, rounded",
        family=family.SHARED_UNIT,
        counts="children of four and over recorded as having taken part, of those of whom it is recorded, in the "
        "conferences and reviews of the last three months, rounded to whole 5%",
        limits="no share of under twenty; no interval",
        unit="share",
    ),
    Measure(
        RAISED,
        title="Practice alerts raised, rounded",
        family=family.SHARED_UNIT,
        counts="formal, and informal, practice alerts raised in the last three months, rounded to the nearest five",
        by="formality",
        limits="one to seven are not given; a rise may mean more challenge or better recording",
        unit="alerts",
    ),
    Measure(
        ANSWERED,
        title="Practice alerts answered by the day due, rounded",
        family=family.SHARED_UNIT,
        counts="practice alerts answered by the day due, of those whose answer fell due in the last three months, "
        "rounded to whole 5%",
        limits="one not yet answered counts as not in time; no share of under twenty; no interval",
        unit="share",
    ),
    Measure(
        CAME,
        title="Partners who came, rounded",
        family=family.SHARED_UNIT,
        counts="invitations to the conferences and reviews of the last three months to which each agency came, rounded "
        "to whole 5%",
        by="agency",
        limits="an agency invited to under twenty has no figure; no interval",
        unit="share",
    ),
    Measure(
        REPORTED,
        title="Partners' reports received, rounded",
        family=family.SHARED_UNIT,
        counts="invitations to the conferences and reviews of the last three months for which each agency's report "
        "came, rounded to whole 5%",
        by="agency",
        limits="an agency invited to under twenty has no figure; no interval",
        unit="share",
    ),
    Measure(
        UNDER_HALF,
        title="Partners clearly under half, in a word",
        family=family.SHARED_UNIT,
        counts="the word for an agency that came to, or sent a report for, clearly under half of its invitations to "
        "the conferences and reviews of the last three months, without a number",
        by="agency+question",
        limits="only where that is clear at the worst of the counts that look like those printed; no figure means no "
        "more than that",
        unit="verdict",
    ),
)
def unit(tables: Tables) -> list[Figure]:
    """What the boards may be told of the last three months. One figure per question and group, none of a team."""
    months = lately(tables)
    return [
        *_children(tables, months),
        *(_of_conferences(tables, months) if conferences.DATASET in tables.frames else ()),
        *(_of_alerts(tables, months) if alerts.DATASET in tables.frames else ()),
        *_of_partners(tables, months),
    ]


def _children(tables: Tables, months: Months) -> list[Figure]:
    """The children at the end of the month; nothing where the month has no list of open records."""
    now = month_ends(tables).get(tables.month)
    if now is None:
        return []
    sizes = {status: int((now[STATUS] == status).sum()) for status in STATUSES}
    return [
        count_told(tables, CHILDREN, size, period_of(months), unit="children", by=STATUS, group=status)
        for status, size in sizes.items()
    ]


def _of_conferences(tables: Tables, months: Months) -> Iterator[Figure]:
    known = conferences.due(tables)
    some = conferences.readable(known[known["month"].isin(months)])
    for kind in conferences.KINDS:
        yield _share(tables, IN_TIME, some[some["kind"] == kind], "is_in_time", months, by="kind", group=kind)
    if tables.holds(conferences.DATASET, participation.ANSWER):
        yield _share(tables, TOOK_PART, participation.asked(tables, months), "took_part", months)


def _of_alerts(tables: Tables, months: Months) -> Iterator[Figure]:
    held = alerts.with_way(tables.frames[alerts.DATASET])
    raised = held[held["month"].isin(months)]
    for way in alerts.KINDS:
        size = int((raised[alerts.WAY] == way).sum())
        yield count_told(tables, RAISED, size, period_of(months), unit="alerts", by=alerts.WAY, group=way)
    yield _share(tables, ANSWERED, alert_times.due_in(tables, held, months), "is_in_time", months)


def _of_partners(tables: Tables, months: Months) -> list[Figure]:
    """Of each agency that was invited often enough to be told of, in alphabetical order."""
    if not {conferences.DATASET, partners.DATASET} <= set(tables.frames):
        return []
    invited = partners.invitations(tables, months)
    rows = [
        _share(tables, measure, of_agency, column, months, by=partners.AGENCY, group=str(agency))
        for measure, column in QUESTIONS.items()
        for agency, of_agency in partners.answered(invited, column).groupby(partners.AGENCY)
    ]
    told = [row for row in rows if row.verdict != TOO_FEW]
    return [*told, *_under_half(told, tables)]


def _under_half(told: list[Figure], tables: Tables) -> Iterator[Figure]:
    """Which are clearly under half, judged by what is printed alone: at the worst of the counts behind it."""
    held = tables.rules.shared_edition
    reach = held.nearest // 2
    parts = [held.hidden_to if isnan(row.numerator) else row.numerator + reach for row in told]
    p = [
        partners.p_of_under_half(part, row.denominator - reach) if row.verdict != ALMOST_ALL else 1.0
        for part, row in zip(parts, told, strict=True)
    ]
    for row, level in zip(told, holm(p), strict=True):
        if level < CLEAR:
            yield Figure(
                measure=UNDER_HALF, period=row.period, population=row.population, by=(partners.AGENCY, "question"),
                group=(*row.group, QUESTIONS[row.measure]), unit="verdict", method=row.method,
            ).judged(partners.UNDER_HALF)  # fmt: skip


def _share(
    tables: Tables, measure: str, some: DataFrame, flag: str, months: Months, *, by: str = "", group: str = ""
) -> Figure:  # fmt: skip
    return share_told(tables, measure, int(some[flag].sum()), len(some), period_of(months), by=by, group=group)
