"""The sections of the Senior Management Team report: the message first, then its evidence. One function per section."""

from qa_analysis.dates import month_name, span_name
from qa_analysis.english import counted
from qa_analysis.measures import family
from qa_analysis.measures.figure import figures_of
from qa_analysis.measures.populations import LEAD
from qa_analysis.measures.triangulation.verdicts import DISAGREE
from qa_analysis.month.month import Month
from qa_analysis.reports import summary_of, summary_when_due
from qa_analysis.reports.declared import Recipient, Report
from qa_analysis.reports.smt_report import charts as figures
from qa_analysis.reports.smt_report.activity import (
    activity_sentences,
    followed_sentence,
    followed_table,
    supervision_sentence,
)
from qa_analysis.reports.smt_report.decisions import asked
from qa_analysis.reports.smt_report.headlines import headlines
from qa_analysis.reports.smt_report.tables import areas_table, decisions_table, services_table
from qa_analysis.reports.smt_report.words import (
    actions_title,
    areas_title,
    panel_title,
    progress_sentence,
)
from qa_analysis.telling.blocks import Html, absent, beside, bullets, chart, heading, message, page, paragraph, table
from qa_analysis.telling.claims import run_chart_sentences, run_chart_title
from qa_analysis.telling.cover import cover_line
from qa_analysis.telling.meeting.completeness import completeness_line
from qa_analysis.telling.meeting.decisions import BY_MEETING, NUMBERS, meetings_table
from qa_analysis.telling.meeting.narrative import narratives_line
from qa_analysis.telling.meeting.supervision import supervision_line
from qa_analysis.telling.prompts import strength_sentences
from qa_analysis.telling.provenance import rules_sentence, sign_off_sentence
from qa_analysis.telling.voices import voices as voices
from qa_analysis.telling.wording import by_cadence, compared_periods, no_place_year, percent

QUESTION = "How good is practice, and what difference does it make to children?"
STRENGTHS_SHOWN = 2


def opening(month: Month) -> Html:
    """Page one, which carries the month: headlines, good practice, decisions; and page two, its pictures."""
    return page(message(cover(month), in_brief(month), good_practice(month), decisions(month)), pictures(month))


def cover(month: Month) -> Html:
    """What this is, for which cycle, as at which day, from how many audits."""
    audits, headline = month.count("audits_completed"), month.count("audits_headline")
    counts = f"{counted(audits, 'audit')} completed, {headline} counted in the headline figures"
    how = "(selected at random, or audited again after six months)"
    return cover_line(month, f"{counts} {how}")


def in_brief(month: Month) -> Html:
    """The headlines of the month."""
    return heading("Headlines", level=2) + summary(month)


def summary(month: Month) -> Html:
    """The headlines of the month, one claim each."""
    return bullets(headlines(month), kind="claims", ordered=True)


def good_practice(month: Month) -> Html:
    """Good practice seen, before any weakness."""
    title = heading("Good practice seen", level=2)
    if "findings" not in month.supplied:
        return title + absent("Findings")
    sentences = strength_sentences(month, STRENGTHS_SHOWN)
    if not sentences:
        return title + paragraph("No strength was coded in the headline audits of this cycle.")
    return title + bullets(sentences)


def decisions(month: Month) -> Html:
    """What SMT is asked to decide, and in one line what became of its earlier decisions."""
    return page(heading("Decisions for SMT", level=2), asked(month), paragraph(progress_sentence(month)))


def pictures(month: Month) -> Html:
    """The month in four pictures: grades over time, six areas, auditors and panel, and time to complete actions."""
    pair = [picture for picture in (_panel_picture(month), _actions_picture(month)) if picture]
    return message(
        heading("Four pictures", level=2), *_over_time(month), *_areas(month), *([beside(*pair)] if pair else [])
    )


def _over_time(month: Month) -> list[Html]:
    title = run_chart_title(month)
    return [
        heading(title, level=3),
        chart(
            figures.good_over_time(month),
            alt=f"{title}. Run chart of the share of headline audits graded good or better in each cycle"
            f"{_from_to(month)}; the values are in measures.csv, measure good_or_better.",
            caption="Share of headline audits graded good or better overall, by audit cycle, with the number of audits "
            "(n). The band is the usual range for that number of audits since auditing last changed; hollow points "
            "rest on under five audits.",
        ),
        *map(paragraph, run_chart_sentences(month, month.figure("loop_verdict", population=LEAD))),
    ]


def _areas(month: Month) -> list[Html]:
    """The six areas now and six months ago; nothing where no headline audit graded any."""
    if not figures.has_areas(month):
        return []
    return [
        heading(areas_title(month), level=3),
        chart(
            figures.six_areas(month),
            alt=f"{areas_title(month)}. Dots with intervals for each key area; the same figures are in the section on "
            "grades.",
            caption=by_cadence(
                month,
                "Share of headline audits graded good or better in each key area, the last three cycles and the three "
                "of six months before, with the number of audits (n). The words at the right are the verdict; "
                "overlapping intervals do not by themselves show that nothing changed.",
            ),
        ),
    ]


def _panel_picture(month: Month) -> Html | None:
    """The grid of auditors' and panel's grades; nothing where the panel graded no randomly selected audit."""
    if not figures.has_pairs(month):
        return None
    return page(
        heading(panel_title(month), level=3),
        chart(
            figures.auditors_and_panel(month),
            alt=f"{panel_title(month)}. Four-by-four grid of auditors' grades against the panel's; the counts are in "
            "measures.csv, measure moderation_pairs.",
            caption=f"Randomly selected audits, {_year(month)}. Framed: the panel agreed. Above the diagonal: panel "
            "graded lower. Below: panel graded higher.",
        ),
    )


def _actions_picture(month: Month) -> Html | None:
    """The curve of actions completed by day; nothing where none was agreed."""
    if month.figures("actions_completed_km", by="day").empty:
        return None
    return page(
        heading(actions_title(month), level=3),
        chart(
            figures.time_to_complete(month),
            alt=f"{actions_title(month)}. Curve of the share of actions completed by days since agreed; the values are "
            "in measures.csv, measure actions_completed_km.",
            caption="Share of actions completed by each day, open ones counted for as long as they were open, with its "
            "95% confidence interval.",
        ),
    )


def activity(month: Month) -> Html:
    """Audits planned and done, by route, the services and children seen over the year, and those not seen."""
    return page(
        bullets([*activity_sentences(month), *_of_the_meeting(month)]),
        summary_of("audit-cycle", month),
        heading("Audits by service over the year", level=3),
        chart(
            figures.coverage_matrix(month),
            alt="Grid of the number of audits in each service and audit cycle; the same counts are in measures.csv, "
            "measure audits_completed by service_area.",
            caption=f"Audits completed, every route, by service and audit cycle, {_year(month)}.",
        ),
        *_children(month),
        *observations(month),
    )


def observations(month: Month) -> list[Html]:
    """Observations of practice, in the months of their half-yearly report."""
    said = summary_when_due("observations", month)
    return [] if said is None else [heading("Observations of practice", level=3), said]


def _of_the_meeting(month: Month) -> list[str]:
    """What the performance meeting looks at besides, a sentence each; the report on performance has more."""
    lines = (supervision_line(month), completeness_line(month), narratives_line(month))
    return [line for line in lines if line]


def _children(month: Month) -> list[Html]:
    """The open children who had an audit, by service and age; nothing where the caseload was not supplied."""
    parts = [month.figures("open_children_audited", by=by, period=month.year) for by in ("service_area", "age_band")]
    if any(part.empty for part in parts):
        return []
    return [
        heading("Open children who had an audit in the year", level=3),
        chart(
            figures.children_seen(month),
            alt="Dots with intervals of the share of open children with an audit in the year, by service "
            "and by age; the values are in measures.csv, measure open_children_audited.",
            caption="Children whose case was open at the newest month end, with an audit of any route in "
            f"{_year(month)}, by service and by age, with the number of children (n).",
        ),
    ]


def grades(month: Month) -> Html:
    """Grades in the six areas and by service, and how they were spread; at a quarter's end the weakest prompts."""
    return page(
        table(
            areas_table(month),
            f"Good or better by key area: {' against '.join(compared_periods(month))}",
            numbers=["Now", "Then"],
        ),
        *_by_cycle(month),
        heading("Headline audits by grade", level=3),
        chart(
            figures.grade_mix(month),
            alt="Bars of the number of headline audits with each grade, overall and in each key area; "
            "the counts are in measures.csv, measure grade_count.",
            caption=f"Headline audits by grade, {month_name(month.month)}. Areas not applicable are left out.",
        ),
        *_by_service(month),
        *prompts(month),
        *_followed(month),
    )


def prompts(month: Month) -> list[Html]:
    """The weakest prompts of the audit tool, in the months of their report."""
    said = summary_when_due("prompts", month)
    return [] if said is None else [heading("Prompts of the audit tool", level=3), said]


def _by_cycle(month: Month) -> list[Html]:
    """Good or better and inadequate, cycle by cycle; nothing where no audit was graded."""
    if month.over_time("graded_inadequate").empty:
        return []
    return [
        heading("Good or better, and inadequate, by cycle", level=3),
        chart(
            figures.good_and_inadequate(month),
            alt="Two small line pictures: the share of headline audits graded good or better, and inadequate, in each "
            "cycle; the values are in measures.csv, measures good_or_better and graded_inadequate.",
            caption=f"Headline audits graded good or better, and {month.rules.grades[-1]}, by audit cycle, "
            f"{_year(month)}.",
        ),
    ]


def _followed(month: Month) -> list[Html]:
    """What followed the audits with the lowest grade."""
    shown = followed_table(month)
    parts = [heading(f"Audits graded {month.rules.grades[-1]}", level=3), paragraph(followed_sentence(month))]
    if not shown.empty:
        parts.append(table(shown, f"What followed audits graded {month.rules.grades[-1]}, {_year(month)}"))
    return [*parts, *([paragraph(said)] if (said := supervision_sentence(month)) else [])]


def moderation(month: Month) -> Html:
    """Moderation, as its own report sums it up; and so for the sections that follow."""
    return summary_of("moderation", month)


def closing_the_loop(month: Month) -> Html:
    """What may be said of each grade six months on, and the loops left open."""
    return summary_of("close-the-loop", month)


def developments(month: Month) -> Html:
    """The leading areas for development, what is new or persistent, and where other sources see it otherwise."""
    return page(summary_of("themes", month), *disagreements(month))


def disagreements(month: Month) -> list[Html]:
    """The themes on which sources disagree, in the months of their report; nothing where none do."""
    said = figures_of(month.figures("triangulation", by="key_area", period=month.year))
    shown = summary_when_due("triangulation", month)
    if shown is None or not any(one.verdict == DISAGREE for one in said):
        return []
    return [heading("Where sources disagree", level=3), shown]


def actions(month: Month) -> Html:
    """Actions and immediate concerns, and beneath them the Safeguarding Unit in two lines."""
    return page(
        summary_of("actions", month),
        heading("Safeguarding Unit", level=3),
        summary_of("safeguarding-unit", month),
    )


def progress(month: Month) -> Html:
    """What became of SMT's earlier decisions. One row each."""
    if "smt_decisions" not in month.supplied:
        return absent("SMT decisions")
    if month.decisions.empty:
        return paragraph("No decision was recorded at the last meeting, and none is open.")
    return page(
        paragraph(progress_sentence(month)),
        table(decisions_table(month), "Decisions of the last meeting, and older ones still open"),
        table(meetings_table(month), BY_MEETING, numbers=NUMBERS),
    )


def data_quality(month: Month) -> Html:
    """How far this can be relied on."""
    return summary_of("data-quality", month)


def method(month: Month) -> Html:
    """How the figures were made, by which rules, and what changed in past months."""
    return page(
        bullets(
            [
                "Grades are the auditors' judgements, aligned to Ofsted descriptors; they are not Ofsted's. Audits "
                "nominated, reactive, of inductions or of Practice Week are shown beside the headline, never in it.",
                "Shares are shown with Wilson 95% confidence intervals; under five audits the count stands alone.",
                "Changes since six months ago are judged by Newcombe's interval, corrected for looking at the overall "
                "grade and six areas at once (Holm). “No clear evidence of change” does not mean that nothing changed.",
                "Chance alone leaves about three months in a thousand outside the usual range for their number of "
                "audits (exact binomial limits). It begins anew where auditing changed; under ten audits are never "
                "outside it.",
                f"{rules_sentence(month)} Every figure with its definition: tables/measures.csv and docs/methods.md. "
                "The extracts, with their checksums, are in the data quality report and in the manifest.",
                *filter(None, (sign_off_sentence(month),)),
            ]
        ),
        heading("What changed in past months", level=3),
        summary_of("restatements", month),
    )


def _from_to(month: Month) -> str:
    """The first and the last point of the run chart, for readers who cannot see it."""
    points = month.over_time("good_or_better").sort_values("period")
    points = points[(points["period"].str.len() == len(month.month)) & (points["denominator"] > 0)]
    if points.empty:
        return ""
    first, last = points.iloc[0], points.iloc[-1]
    return (
        f": {percent(first['value'])} in {month_name(first['period'])}, "
        f"{percent(last['value'])} in {month_name(last['period'])}"
    )


def _by_service(month: Month) -> tuple[Html, ...]:
    """Good or better by service, over the year that services are told of."""
    shown = services_table(month)
    if shown.empty:
        return (paragraph(no_place_year(), kind="note"),)
    return (
        table(
            shown,
            f"Headline audits graded good or better by service, {span_name(month.place_year)}",
            numbers=["Good or better", "Share and likely range"],
        ),
        paragraph("Services look after different children and are not ranked.", kind="note"),
    )


def _year(month: Month) -> str:
    return span_name(month.year)


REPORT = Report(
    name="smt-report",
    title="Quality Assurance and Impact report",
    question=QUESTION,
    families=(
        family.AUDITS,
        family.GRADES,
        family.SIX_MONTHS_ON,
        family.MODERATION,
        family.VOICES,
        family.ACTIONS,
        family.IMMEDIATE_CONCERNS,
        family.DECISIONS,
        family.DATA_QUALITY,
    ),  # findings by theme are in the workbook of the themes report, and its tables here are sheets of their own
    summary=summary,
    on_front_page="Headlines",
    recipients=(Recipient.SMT_MEETING,),
    place=10,
)
