"""The sections of the Senior Management Team report, in the order it is read. One function per section."""

import pandas as pd
from pandas import DataFrame

from qa_analysis.dates import day_name, month_name
from qa_analysis.english import agreeing, at_first, counted
from qa_analysis.measures.figure import Figure, figures_of
from qa_analysis.measures.populations import LEAD
from qa_analysis.month.month import Month
from qa_analysis.reports import summary_of
from qa_analysis.reports.declared import Report
from qa_analysis.reports.smt_report import charts as figures
from qa_analysis.reports.smt_report.decisions import asked as asked
from qa_analysis.reports.smt_report.tables import areas_table
from qa_analysis.reports.smt_report.words import areas_title, five_sentences
from qa_analysis.telling.blocks import Html, absent, bullets, chart, heading, page, paragraph, table
from qa_analysis.telling.claims import run_chart_sentences, run_chart_title
from qa_analysis.telling.cover import cover_line
from qa_analysis.telling.prompts import strength_sentences
from qa_analysis.telling.voices import voices as voices
from qa_analysis.telling.wording import (
    compared_periods,
    interval,
    percent,
    share_of,
)

STRENGTHS_SHOWN = 3


def cover(month: Month) -> Html:
    """What this is, for which cycle, true on which day, from how many audits."""
    audits, headline = month.count("audits_completed"), month.count("audits_headline")
    return page(
        cover_line(month, f"{counted(audits, 'audit')}, {headline} in the headline"),
        paragraph(
            "The headline counts audits of children's records drawn at random or revisited after six months. "
            "Nominated, reactive, induction and practice-week audits are shown beside it, never in it. "
            "Grades are the auditors' judgements, aligned to Ofsted descriptors; they are not Ofsted's.",
            kind="note",
        ),
    )


def opening(month: Month) -> Html:
    """What this is, and page one."""
    return cover(month) + page_one(month)


def page_one(month: Month) -> Html:
    """The page senior managers read: what they decided, the month in five sentences, and the good practice seen."""
    return page(decided(month), in_brief(month), good_practice(month))


def decided(month: Month) -> Html:
    """What SMT decided last time and what became of it."""
    title = heading("What you decided last time", level=2)
    if "smt_decisions" not in month.supplied:
        return title + absent("SMT decisions")
    if month.decisions.empty:
        return title + paragraph("No decision was recorded at the last meeting, and none is open.")
    shown = month.decisions.rename(
        columns={"item": "Decision", "owner": "Owner", "due_on": "Due", "status": "Status", "decided_on": "Decided"}
    )[["Decision", "Owner", "Decided", "Due", "Status"]]
    shown = shown.assign(
        Decided=shown["Decided"].map(_day), Due=shown["Due"].map(_day), Owner=shown["Owner"].map(_post)
    )
    return title + table(shown, "Decisions of the last meeting, and older ones still open")


def in_brief(month: Month) -> Html:
    """The month in five sentences."""
    return heading("The month in five sentences", level=2) + summary(month)


def good_practice(month: Month) -> Html:
    """Good practice seen, before any weakness."""
    title = heading("Good practice seen", level=2)
    sentences = strength_sentences(month, STRENGTHS_SHOWN)
    if not sentences:
        return title + paragraph("No coded strength was recorded in the headline audits of this cycle.")
    return title + bullets(sentences)


def activity(month: Month) -> Html:
    """Audits by route, the services and teams seen over the year, and those not seen."""
    routes = month.figures("audits_completed", by="route")[["group", "value"]]
    shown = _whole(routes, "value").set_axis(["Route", "Audits"], axis=1)
    return page(
        paragraph(_activity_sentence(month)),
        table(shown, f"Audits of {month_name(month.month)} by route", numbers=["Audits"]),
        heading("Services over twelve cycles", level=3),
        chart(
            figures.coverage_matrix(month),
            alt="Grid of the number of audits in each service and audit cycle; the same counts are in measures.csv, "
            "measure audits_completed by service_area.",
            caption=f"Audits completed, every route, by service and audit cycle, {_year(month)}.",
        ),
        *_never_audited(month),
        heading("Notice and spread", level=3),
        bullets(_spread(month)),
    )


def grades(month: Month) -> Html:
    """Grades overall and in the six areas, now, six months ago and over time."""
    title = run_chart_title(month)
    return page(
        heading(title, level=3),
        chart(
            figures.good_over_time(month),
            alt=f"{title}. Run chart of the share of headline audits graded good or better in each cycle"
            f"{_from_to(month)}; the values are in measures.csv, measure good_or_better.",
            caption="Share of headline audits graded good or better overall, per audit cycle, with the number of "
            "audits. The band is the usual range for that number of audits, from the first twelve cycles since "
            "auditing last changed; hollow points rest on under five audits.",
        ),
        *map(paragraph, run_chart_sentences(month, month.figure("loop_verdict", population=LEAD))),
        heading(areas_title(month), level=3),
        *_areas(month),
        table(
            areas_table(month),
            f"Good or better by key area: {' against '.join(compared_periods(month))}",
            numbers=["Now", "Then"],
        ),
        heading("How the grades were spread", level=3),
        chart(
            figures.grade_mix(month),
            alt="Bars of the number of headline audits with each grade, overall and in each key area; "
            "the counts are in measures.csv, measure grade_count.",
            caption=f"Headline audits by grade, {month_name(month.month)}. Areas not applicable are left out.",
        ),
        heading("Services", level=3),
        *_services(month),
    )


def _areas(month: Month) -> list[Html]:
    """The six areas now and six months ago; nothing where no headline audit graded any."""
    if not figures.has_areas(month):
        return []
    return [
        chart(
            figures.six_areas(month),
            alt=f"{areas_title(month)}. Dots with intervals for each key area; the same figures are in the table.",
            caption="Share of headline audits graded good or better in each key area, of the three cycles that the "
            "verdicts compare with the three of six months before, with 95% confidence intervals. Intervals "
            "that overlap do not "
            "by themselves show that nothing changed: the table gives the verdict.",
        )
    ]


def moderation(month: Month) -> Html:
    """Moderation, as its own report sums it up; and so for the sections that follow."""
    return summary_of("moderation", month)


def closing_the_loop(month: Month) -> Html:
    """What may be said of each grade six months on, and the loops left open."""
    return summary_of("close-the-loop", month)


def developments(month: Month) -> Html:
    """The leading areas for development, and what is new or persistent."""
    return summary_of("themes", month)


def actions(month: Month) -> Html:
    """Actions and immediate concerns."""
    return summary_of("actions", month)


def data_quality(month: Month) -> Html:
    """How far this can be relied on."""
    return summary_of("data-quality", month)


def method(month: Month) -> Html:
    """How the figures were made, from which extracts, by which rules, and what changed in past months."""
    extracts = month.extracts.assign(
        dataset=month.extracts["dataset"].replace("", "none"),
        sha256=month.extracts["sha256"].str[:12],
    )[["dataset", "file", "sheet", "rows_in", "rows_loaded", "rows_listed", "period_from", "period_to", "sha256"]]
    shown = _whole(extracts, "rows_in", "rows_loaded", "rows_listed").set_axis(
        ["Dataset", "File", "Sheet", "Rows in", "Loaded", "Listed", "From", "To", "SHA-256 begins"], axis=1
    )
    return page(
        bullets(
            [
                "Shares are shown with Wilson 95% confidence intervals; under five audits the count stands alone.",
                "Changes since six months ago are judged by Newcombe's interval, corrected for looking at the overall "
                "grade and six areas at once (Holm). “No clear evidence of change” does not mean that nothing changed.",
                "The usual range of a month is where chance alone keeps 997 of 1,000 months of so many audits (exact "
                "binomial limits), and begins anew where auditing changed. A month of under ten is never outside it.",
                f"Rules of version {month.rules.version} as in force in {month_name(month.month)}. "
                "Every figure with its definition: tables/measures.csv and docs/methods.md.",
            ]
        ),
        table(shown, "The extracts this was made from", numbers=["Rows in", "Loaded", "Listed"]),
        heading("What changed in past months", level=3),
        _restated(month),
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


def _activity_sentence(month: Month) -> str:
    done, headline = month.count("audits_completed"), month.count("audits_headline")
    planned = month.figure("audits_planned")
    against = f" of {planned.value:.0f} planned" if planned else ""
    were = agreeing(done, "was", "were")
    return f"{counted(done, 'audit')}{against} {were} completed, {headline} of them by a headline route."


def _never_audited(month: Month) -> list[Html]:
    """The teams with open records that no audit reached in a year."""
    if "caseload" not in month.supplied:
        return [absent("Open caseload, from which teams never audited are found")]
    found = month.over_time("open_records_never_audited", by="team")
    if found.empty:
        return [paragraph("Every team with open records had at least one audit in the last twelve cycles.")]
    named = ", ".join(sorted(found["group"]))
    return [paragraph(f"Teams with open records and no audit in the last twelve cycles: {named}.")]


def _spread(month: Month) -> list[str]:
    short = month.figure("notice_under_7_days")
    workers = month.count("consecutive_month_workers")
    days = month.rules.notice_days
    return [
        f"Notice of under {days} days: {share_of(short, 'audit')}."
        if short
        else "Notice: no dates recorded this month.",
        f"Key workers audited in this cycle and the one before: {workers}.",
    ]


def _services(month: Month) -> list[Html]:
    """Good or better by service over the year: a month is too short for most."""
    found = month.figures("good_or_better", by="service_area", period=month.year)
    rows = [
        [*figure.group, f"{figure.numerator} of {figure.denominator}", _share(figure)] for figure in figures_of(found)
    ]
    shown = pd.DataFrame(rows, columns=["Service", "Good or better", "Share and interval"])
    return [
        table(
            shown, f"Headline audits graded good or better by service, {_year(month)}", numbers=list(shown.columns[1:])
        ),
        paragraph("Services look after different children and are not ranked.", kind="note"),
    ]


def _share(figure: Figure) -> str:
    return figure.note if figure.is_doubtful else f"{percent(figure.value)} ({interval(figure)})"


def _restated(month: Month) -> Html:
    if month.restated.empty:
        return paragraph("No figure published before differs from what the data say today.")
    shown = month.restated[["published_in", "measure", "period", "group", "then", "now"]].set_axis(
        ["Published in", "Measure", "Period", "Group", "Then", "Now"], axis=1
    )
    return table(shown, "Figures published before that the data now give differently", numbers=["Then", "Now"])


def _whole(frame: DataFrame, *columns: str) -> DataFrame:
    return frame.assign(**{name: frame[name].map("{:.0f}".format) for name in columns})


def _year(month: Month) -> str:
    first, last = month.year.split("/")
    return f"{month_name(first)} to {month_name(last)}"


def _post(role: str) -> str:
    """A post with its first letter large, acronyms left as they are."""
    return at_first(role)


def _day(iso: str) -> str:
    return day_name(pd.Timestamp(iso).date()) if iso else ""


def summary(month: Month) -> Html:
    """The month in five sentences."""
    return bullets(five_sentences(month), kind="claims", ordered=True)


REPORT = Report(
    name="smt-report",
    title="Quality Assurance and Impact report",
    question="How good is practice, and what difference does it make to children?",
    summary=summary,
    on_front_page="The month in five sentences",
    place=10,
)
