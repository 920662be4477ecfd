"""The sections of the data quality notebook: what is wrong, whose it is to mend, and how far to rely on the numbers."""

from datetime import date

import pandas as pd
from pandas import DataFrame

from qa_analysis.dates import day_name, month_name
from qa_analysis.english import agreeing, counted
from qa_analysis.measures import family
from qa_analysis.month.month import Month
from qa_analysis.reports.data_quality import charts as figures
from qa_analysis.reports.data_quality.lists import fix_lists
from qa_analysis.reports.declared import Report, RestrictedList
from qa_analysis.telling.blocks import Html, bullets, chart, page, paragraph, table
from qa_analysis.telling.cover import cover_line

EVERY_MONTH = ("actions", "moderations")  # what hardly a cycle is without; without audits of it nothing is published
ISSUES_SHOWN = 200  # the page stays readable; tables/quality.csv has them all


def reliance(month: Month) -> list[str]:
    """How far the month's numbers can be relied on, in plain sentences."""
    rows_in, listed = (int(month.extracts[name].sum()) for name in ("rows_in", "rows_listed"))
    issues = month.count("issues")
    recorded = month.figures("recorded", by="field")
    incomplete = recorded[recorded["numerator"] < recorded["denominator"]]
    return [
        _grades(recorded),
        f"{counted(rows_in, 'row was', 'rows were')} read from "
        f"{counted(len(month.extracts), 'sheet or file', 'sheets and files')}; {_unread(listed)}.",
        _in_order(month),
        f"{counted(issues, 'point is', 'points are')} listed for mending."
        if issues
        else "No rule of the data contracts was broken.",
        *_unread_completions(month),
        *_ended_early(month),
        *(
            f"{row['group'].capitalize()}: recorded in {row['numerator']:.0f} of "
            f"{counted(row['denominator'], 'audit')}."
            for row in incomplete.to_dict("records")
        ),
    ]


def _unread_completions(month: Month) -> list[str]:
    """The actions of which it cannot be said whether they are done."""
    held = month.count("actions_completion_unreadable")
    if not held:
        return []
    which, they = counted(held, "action holds", "actions hold"), agreeing(held, "it counts", "they count")
    return [f"{which} a date of completion that cannot be read; {they} as open until it is mended."]


def _ended_early(month: Month) -> list[str]:
    """The extracts of every month's work whose newest date lies before the cycle. Whether that is a fault, we ask."""
    dated = month.extracts.dropna(subset="period_to")
    newest = dated[dated["dataset"].isin(EVERY_MONTH)].groupby("dataset")["period_to"].max()
    return [
        f"The newest date among the {name} is {day_name(date.fromisoformat(last))}, before {month_name(month.month)}: "
        "was that extract taken too early?"
        for name, last in newest.items()
        if last < month.month
    ]


def _unread(listed: int) -> str:
    if not listed:
        return "each could be read for certain"
    return f"{listed:,} could not be read for certain and {agreeing(listed, 'is', 'are')} listed, not counted"


def cover(month: Month) -> Html:
    """What was checked, for which cycle, on which day."""
    return cover_line(month, f"{counted(len(month.supplied), 'dataset')} supplied")


def _grades(recorded: DataFrame) -> str:
    """Whether the grades themselves are all there."""
    overall = recorded[recorded["group"] == "overall grade"].iloc[0]
    graded, audits = int(overall["numerator"]), int(overall["denominator"])
    lack = agreeing(audits - graded, "has", "have")
    if graded == audits:
        return f"The grades can be relied on as recorded: each of the {counted(audits, 'audit')} has an overall grade."
    return f"Read the grades with care: {audits - graded} of {counted(audits, 'audit')} {lack} no overall grade."


def statement(month: Month) -> Html:
    """The plain statement the report carries too."""
    return bullets(reliance(month))


def whats_wrong(month: Month) -> Html:
    """What is wrong, by dataset and rule. One row per rule that was broken."""
    if month.quality.empty:
        return paragraph("Nothing: every record kept every promise of its contract.")
    grouped = (
        month.quality.groupby(["dataset", "rule", "severity", "message"], sort=True).size().reset_index(name="Records")
    )
    shown = grouped.rename(columns={"dataset": "Dataset", "message": "What to do", "severity": "Severity"})
    return table(
        shown[["Dataset", "What to do", "Severity", "Records"]], "What to mend, and how often", numbers=["Records"]
    )


def whose(month: Month) -> Html:
    """Whose it is to mend, by service and team. One row per team; the owners' own lists are in restricted/."""
    if month.quality.empty:
        return paragraph("Nobody has anything to mend.")
    places = month.quality.assign(
        Service=month.quality["service_area"].replace("", "not known"),
        Team=month.quality["team"].replace("", "not known"),
    )
    shown = places.groupby(["Service", "Team"]).size().reset_index(name="Points")
    return page(
        table(shown, "Points to mend by service and team", numbers=["Points"]),
        paragraph(
            "Each record's owner has a list of their own in the folder restricted/, sent to them alone.", kind="note"
        ),
    )


def direction(month: Month) -> Html:
    """Whether recording is getting better over the year."""
    if month.over_time("records_in_order", by="dataset").empty:
        return paragraph("There is no earlier month to compare with.")
    return chart(
        figures.in_order_over_time(month),
        alt="Lines of the share of records in order, by month, for audits, moderations, findings and actions; "
        "the values are in measures.csv, measure records_in_order.",
        caption="Share of records that no rule objects to, by month, for each core dataset.",
    )


def issues(month: Month) -> Html:
    """Each point with its file, sheet and row. One row per issue; never a value, never a person."""
    if month.quality.empty:
        return paragraph("None.")
    shown = month.quality.head(ISSUES_SHOWN).assign(row=lambda rows: rows["row"].map(_row))
    shown = shown[["dataset", "file", "sheet", "row", "column", "key", "message"]].set_axis(
        ["Dataset", "File", "Sheet", "Row", "Column", "Key", "What to do"], axis=1
    )
    more = len(month.quality) - len(shown)
    tail = (
        f"{more} more {agreeing(more, 'is', 'are')} in tables/quality.csv."
        if more
        else "All are in tables/quality.csv as well."
    )
    return page(table(shown, "Where each point is", numbers=["Row"]), paragraph(tail, kind="note"))


def supplied(month: Month) -> Html:
    """Which datasets came, from which files, and how many rows each gave."""
    extracts: DataFrame = month.extracts.assign(
        dataset=month.extracts["dataset"].replace("", "none"),
        **{name: month.extracts[name].map("{:.0f}".format) for name in ("rows_in", "rows_loaded", "rows_listed")},
    )
    shown = extracts[["dataset", "file", "sheet", "rows_in", "rows_loaded", "rows_listed"]].set_axis(
        ["Dataset", "File", "Sheet", "Rows in", "Loaded", "Listed"], axis=1
    )
    return table(shown, "What was read", numbers=["Rows in", "Loaded", "Listed"])


def _in_order(month: Month) -> str:
    audits = month.figure("records_in_order", by="dataset", group="audits")
    if audits is None:
        return "No audit record of the cycle could be checked."
    return (
        f"{audits.numerator} of {counted(audits.denominator, 'audit record')} of {month_name(month.month)} "
        f"{agreeing(audits.numerator, 'has', 'have')} nothing to mend."
    )


def _row(number: float) -> str:
    return "" if pd.isna(number) else f"{number:.0f}"


REPORT = Report(
    name="data-quality",
    title="How far can the month's numbers be relied on?",
    question="How far can the month's numbers be relied on, and who mends what?",
    families=(family.DATA_QUALITY,),
    restricted=(RestrictedList("each record's owner", fix_lists),),
    summary=statement,
    on_front_page="How far this can be relied on",
    place=70,
)
