"""The sections of the Safeguarding Unit's report: its children, conferences, alerts, partners, and what it received."""

from qa_analysis.dates import day_name, month_name, span_name
from qa_analysis.measures import family
from qa_analysis.month.month import Month
from qa_analysis.reports.declared import Recipient, Report, RestrictedList
from qa_analysis.reports.safeguarding_unit import charts as figures
from qa_analysis.reports.safeguarding_unit.alert_words import A_RISE, answer_sentences, raised_sentences
from qa_analysis.reports.safeguarding_unit.headlines import (
    UNIT_MANAGER,
    asked,
    headlines,
    in_short,
    not_supplied,
)
from qa_analysis.reports.safeguarding_unit.lists import alert_lists, overdue_list
from qa_analysis.reports.safeguarding_unit.tables import (
    complaint_themes_table,
    kinds_table,
    overdue_table,
    participation_table,
    partners_table,
    roles_table,
    teams_table,
    themes_table,
)
from qa_analysis.reports.safeguarding_unit.words import (
    children_sentences,
    conference_sentences,
    lately,
    part_sentences,
    participation_sentences,
    partner_sentences,
    received_sentences,
)
from qa_analysis.telling.blocks import (
    Html,
    absent,
    bullets,
    chart,
    heading,
    message,
    page,
    paragraph,
    table,
    table_unless_zero,
)
from qa_analysis.telling.cover import cover_line
from qa_analysis.telling.wording import no_place_year

OPEN_RECORDS, CONFERENCES, ALERTS = "Open records", "Conferences and reviews", "Practice alerts"
PARTNERS, RECEIVED = "Partners' attendance and reports", "Complaints and compliments"


def opening(month: Month) -> Html:
    """Page one: what the head of the unit must know, and what there is to decide."""
    said = headlines(month)
    return message(
        cover_line(month, cycles=month_name(month.month)),
        heading("Headlines", level=2),
        *([bullets(said, kind="claims", ordered=True)] if said else []),
        *([paragraph(lacking, kind="absent")] if (lacking := not_supplied(month)) else []),
        heading("For decision", level=2),
        asked(month),
    )


def summary(month: Month) -> Html:
    """The unit in another report: two lines at most."""
    said = in_short(month)
    return bullets(said) if said else absent(f"{CONFERENCES}, and practice alerts")


def children(month: Month) -> Html:
    """The children the unit is responsible for, and how many came and went."""
    if "caseload" not in month.supplied:
        return absent(OPEN_RECORDS)
    return page(bullets(children_sentences(month)), *_children(month))


def _children(month: Month) -> list[Html]:
    """Month end by month end; nothing where none could be counted."""
    found = month.over_time("unit_children")
    if not (found["value"] > 0).any():
        return []
    return [
        chart(
            figures.children_by_month(month),
            alt="Bars of the children cared for and on a child protection plan at each month end; the values are in "
            "measures.csv, measure unit_children.",
            caption="Children cared for, and on a child protection plan, in the last list of open records of each "
            "month. No change from month to month is claimed from this picture.",
        )
    ]


def conferences(month: Month) -> Html:
    """Whether conferences and reviews were held in time; those not yet held are never dropped."""
    if "conferences" not in month.supplied:
        return absent(CONFERENCES)
    return page(
        bullets(conference_sentences(month)),
        *_in_time(month),
        table_unless_zero(
            overdue_table(month),
            f"Overdue on {day_name(month.as_at)}",
            numbers=[CONFERENCES],
            otherwise="None is overdue.",
        ),
        paragraph(
            "In time means on or before the due day of the record; the statutory number of days behind that day is not "
            "checked. One that has not been held counts as not in time and as open until it is. Those overdue are "
            f"listed by name for the {UNIT_MANAGER}.",
            kind="note",
        ),
    )


def _in_time(month: Month) -> list[Html]:
    """The share in time month by month, and by kind; nothing where none was due."""
    drawn = month.over_time("conferences_in_time", periods=month.cycles)
    parts = []
    if drawn["value"].notna().any():
        parts.append(
            chart(
                figures.in_time_by_month(month),
                alt="Line of the share of conferences and reviews held in time, by the month in which they were due; "
                "the values are in measures.csv, measure conferences_in_time.",
                caption="Conferences and reviews held in time, by the month in which they were due, with their number "
                "(n); hollow points rest on under five. No change is claimed from this picture.",
            )
        )
    shown = kinds_table(month)
    numbers = list(shown.columns[1:])
    states = "Due in the month by kind, and in time over the last months"
    if (shown[numbers].isin(["0", "none"])).all(axis=None):
        return parts
    return [*parts, table(shown, states, numbers=numbers)]


def participation(month: Month) -> Html:
    """Whether children took part, with those under four apart."""
    if "conferences" not in month.supplied:
        return absent(CONFERENCES)
    shown = participation_table(month)
    numbers = list(shown.columns[1:])
    is_empty = shown[numbers].isin(["none"]).all(axis=None)
    return page(
        bullets(participation_sentences(month)),
        *([] if is_empty else [table(shown, "Children of four and over who took part, by kind", numbers=numbers)]),
        paragraph("A record of taking part does not say whether the child was heard.", kind="note"),
    )


def alerts(month: Month) -> Html:
    """How many practice alerts, about what, and from whom."""
    if "practice_alerts" not in month.supplied:
        return absent(ALERTS)
    themes, roles = themes_table(month), roles_table(month)
    when = span_name(lately(month))
    return page(
        bullets(raised_sentences(month)),
        paragraph(A_RISE),
        *_by_month(month),
        *([] if themes.empty else [table(themes, f"Alerts by theme, {when}", numbers=["Alerts"])]),
        *([] if roles.empty else [table(roles, f"Alerts by the role of who raised them, {when}", numbers=["Alerts"])]),
        paragraph(
            "Themes are those of the audit codebook, each alert under the one recorded; what an alert raises is no "
            "finding of an audit.",
            kind="note",
        ),
    )


def _by_month(month: Month) -> list[Html]:
    found = month.over_time("alerts_raised", periods=month.cycles)
    if not (found["value"] > 0).any():
        return []
    return [
        chart(
            figures.alerts_by_month(month),
            alt="Bars of the formal and informal practice alerts raised in each month; the values are in measures.csv, "
            "measure alerts_raised by formality.",
            caption="Practice alerts raised, by month. No change is claimed from this picture.",
        )
    ]


def answers(month: Month) -> Html:
    """How soon alerts were answered and resolved, and what waits."""
    if "practice_alerts" not in month.supplied:
        return absent(ALERTS)
    drawn = figures.curves(month)
    return page(
        bullets(
            [
                *answer_sentences(month),
                "Each Team Manager's alerts to answer are listed by name in the folder restricted/.",
            ]
        ),
        *([_curve(month, drawn)] if drawn else []),
    )


def _curve(month: Month, drawn: list[str]) -> Html:
    words = " and ".join(drawn)
    return chart(
        figures.time_to_answer(month),
        alt=f"Curve of the share of alerts {words} by days since they were raised; the values are in measures.csv, "
        "measure alerts_done_km.",
        caption=f"Share of the year's alerts {words} by each day after they were raised, open ones counted for as long "
        "as they are open, with 95% confidence interval.",
    )


def partners(month: Month) -> Html:
    """Whether partners came and sent their reports, agency by agency."""
    if not {"conferences", "partner_contributions"} <= set(month.supplied):
        return absent(PARTNERS)
    shown = partners_table(month)
    if shown.empty:
        return bullets(partner_sentences(month))
    return page(
        bullets(partner_sentences(month)),
        *_marks(month),
        table(
            shown,
            f"Conferences and reviews held in {span_name(lately(month))}, by agency",
            numbers=list(shown.columns[1:]),
        ),
        paragraph(
            "Agencies are in alphabetical order and not ranked: they are invited to different conferences. An agency "
            "is named above only where it clearly did so for under half of its own invitations (exact tests, corrected "
            "for their number).",
            kind="note",
        ),
    )


def _marks(month: Month) -> list[Html]:
    found = month.figures("partner_attended", by="agency", period=lately(month))
    if not found["value"].notna().any():
        return []
    return [
        chart(
            figures.partners_by_agency(month),
            alt="For each agency a dot, the share of invitations it took up, and a square, the share for which it sent "
            "a report, each with its interval; the same figures are in the table.",
            caption="Invitations that agencies took up, and for which they sent a report. Agencies are not ranked.",
        )
    ]


def received(month: Month) -> Html:
    """The complaints and compliments that the unit received itself."""
    if "complaints_compliments" not in month.supplied:
        return absent(RECEIVED)
    shown = complaint_themes_table(month)
    return page(
        bullets(received_sentences(month)),
        *(
            []
            if shown.empty
            else [table(shown, "Complaints to the unit over the year, by theme", numbers=["Complaints"])]
        ),
    )


def part(month: Month) -> Html:
    """What the unit does for quality assurance: audits, its seat on the panel, team links."""
    return bullets(part_sentences(month))


def teams(month: Month) -> Html:
    """Conferences in time and alerts by team, where that may be told."""
    if not {"conferences", "practice_alerts"} & set(month.supplied):
        return absent(f"{CONFERENCES}, and practice alerts")
    shown = teams_table(month) if month.place_year else None
    if shown is None or shown.empty:
        return paragraph(no_place_year(), kind="note")
    return page(
        table(shown, f"Teams, {span_name(month.place_year)}", numbers=list(shown.columns[1:])),
        paragraph(
            "Teams hold different children and are not ranked. More alerts with a team may mean that its officers "
            "challenge or write down more. Numbers that would tell of fewer than three children, or of one worker, are "
            "not shown.",
            kind="note",
        ),
    )


def method(month: Month) -> Html:
    """How the figures were made, and for whom this is."""
    return bullets(
        [
            "Months are calendar months. Children are those of the last list of open records of the month; conferences "
            "and reviews count in the month they were due, participation and partners in the month they were held.",
            "Shares have Wilson 95% confidence intervals, and rates exact Poisson intervals; under five cases the "
            "count stands alone.",
            "Days from alert to answer and to resolution are Kaplan–Meier estimates over the year: an alert that is "
            "still open counts for as long as it has been open.",
            "No change over time is claimed here: months are shown beside each other and not judged.",
            "For managers. The edition for the Safeguarding Partnership and the Corporate Parenting Board holds "
            "rounded counts alone. Every figure with its definition: tables/measures.csv and docs/methods.md.",
        ]
    )


REPORT = Report(
    name="safeguarding-unit",
    title="Safeguarding Unit",
    question="Are conferences and reviews held in time, do children and partners take part, and are practice alerts "
    "answered?",
    families=(family.UNIT, family.CONFERENCES, family.ALERTS),
    restricted=(
        RestrictedList("each Team Manager", alert_lists, needs=("practice_alerts",)),
        RestrictedList(UNIT_MANAGER, overdue_list, needs=("conferences",)),
    ),
    summary=summary,
    on_front_page="Safeguarding Unit",
    recipients=(Recipient.SMT_MEETING, Recipient.MANAGEMENT_TEAM),
    presented_by="Safeguarding and Review Service Manager",
    place=47,
)
