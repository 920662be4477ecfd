"""The sections of the data quality notebook: the issues, who needs to correct what, and how far to rely on it all."""

from datetime import date

import pandas as pd
from pandas import DataFrame

from qa_analysis.dates import day_name, month_name
from qa_analysis.english import agreeing, counted
from qa_analysis.measures import family
from qa_analysis.month.month import Month
from qa_analysis.reports.data_quality import charts as figures
from qa_analysis.reports.data_quality.lists import fix_lists
from qa_analysis.reports.data_quality.words import set_aside_sentences
from qa_analysis.reports.declared import Report, RestrictedList
from qa_analysis.telling.blocks import Html, bullets, chart, page, paragraph, table
from qa_analysis.telling.cover import cover_line

EVERY_MONTH = ("actions", "moderations")  # what hardly a cycle is without; without audits of it nothing is published
OVERALL = "overall grade"  # as the measure of what was recorded calls it
SHOWN_OF_CHECKSUM = 12  # letters: enough to tell two files apart; the manifest has all
ISSUES_SHOWN = 200  # the page stays readable; tables/quality.csv has them all


def reliance(month: Month) -> list[str]:
    """How far the month's numbers can be relied on, in plain sentences; each says only what the lists bear out."""
    issues = month.count("issues")
    recorded = month.figures("recorded", by="field")
    incomplete = recorded[(recorded["numerator"] < recorded["denominator"]) & (recorded["group"] != OVERALL)]
    return [
        *set_aside_sentences(month),
        _grades(month, recorded),
        *_read(month),
        _in_order(month),
        f"{counted(issues, 'data quality issue is', 'data quality issues are')} listed for record owners to correct."
        if issues
        else "No rule of the data contracts was broken.",
        *_unread_completions(month),
        *_ended_early(month),
        *(_field(month, row["group"], row["numerator"], row["denominator"]) for row in incomplete.to_dict("records")),
    ]


def _field(month: Month, field: str, filled: float, audits: float) -> str:
    """In how many audits a field is recorded; what could not be read is said apart from what is blank."""
    said = f"{field.capitalize()}: recorded in {filled:.0f} of {counted(audits, 'audit')}"
    unread = month.count("recorded_unreadable", by="field", group=field)
    if not unread:
        return f"{said}."
    blank = int(audits - filled) - unread
    apart = f"{unread} could not be read"
    return f"{said}; {apart} and {blank} {agreeing(blank, 'is', 'are')} blank." if blank > 0 else f"{said}; {apart}."


def _unread_completions(month: Month) -> list[str]:
    """The actions of which it cannot be said whether they are done."""
    held = month.count("actions_completion_unreadable")
    if not held:
        return []
    which, they = counted(held, "action holds", "actions hold"), agreeing(held, "it counts", "they count")
    return [f"{which} a date of completion that cannot be read; {they} as open until it is corrected."]


def _ended_early(month: Month) -> list[str]:
    """The extracts of every month's work whose newest date lies before the cycle. Whether that is a fault, we ask."""
    dated = month.extracts[month.extracts["period_to"].fillna("") != ""]  # of an extract without a row no date is known
    newest = dated[dated["dataset"].isin(EVERY_MONTH)].groupby("dataset")["period_to"].max()
    return [
        f"The newest date among the {name} is {day_name(date.fromisoformat(last))}, before {month_name(month.month)}: "
        "was that extract taken too early?"
        for name, last in newest.items()
        if last < month.month
    ]


def _read(month: Month) -> list[str]:
    """How many rows came and were left out, and how many cells could not be read; nothing where none came."""
    if month.extracts.empty:
        return []
    rows_in, listed, places = rows_read(month.extracts)
    cells = month.count("cells_unreadable")
    came = (
        f"{counted(rows_in, 'row was', 'rows were')} read from {counted(places, 'sheet or file', 'sheets and files')}"
    )
    faults = []
    if listed:
        faults.append(f"{listed:,} could not be used and {agreeing(listed, 'is', 'are')} listed, not counted")
    if cells:
        faults.append(f"{counted(cells, 'cell')} could not be read and {agreeing(cells, 'counts', 'count')} as blank")
    return [f"{came}; {' and '.join(faults) or 'every row was used and every cell could be read'}."]


def rows_read(extracts: DataFrame) -> tuple[int, int, int]:
    """How many rows were read as records, how many of them are listed, and from how many sheets and files.

    A sheet that several datasets share is one, and what it holds of the others is no row of a dataset.
    """
    others = int(extracts["rows_not_chosen"].sum()) if "rows_not_chosen" in extracts else 0
    rows_in, listed = (int(extracts[name].sum()) - others for name in ("rows_in", "rows_listed"))
    return rows_in, listed, len(extracts[["file", "sheet"]].drop_duplicates())


def cover(month: Month) -> Html:
    """What was checked, for which cycle, on which day."""
    return cover_line(month, f"{counted(len(month.supplied), 'dataset')} supplied")


def _grades(month: Month, recorded: DataFrame) -> str:
    """Whether the grades themselves are all there."""
    overall = recorded[recorded["group"] == OVERALL].iloc[0]
    graded, audits = int(overall["numerator"]), int(overall["denominator"])
    if graded == audits:
        return f"Each of the {counted(audits, 'audit')} has an overall grade."
    return f"{_field(month, OVERALL, graded, audits)} Read the grades with care."


def statement(month: Month) -> Html:
    """The plain statement the report carries too."""
    return bullets(reliance(month))


def whats_wrong(month: Month) -> Html:
    """What is wrong, by dataset and rule. One row per rule that was broken."""
    if month.quality.empty:
        return paragraph("No data quality issue was found: every record kept every rule of its contract.")
    grouped = (
        month.quality.groupby(["severity", "dataset", "rule", "message"], sort=True).size().reset_index(name="Records")
    )
    shown = grouped.rename(columns={"dataset": "Dataset", "message": "What to do", "severity": "Severity"})
    return table(
        shown[["Dataset", "What to do", "Severity", "Records"]],
        "Data quality issues, and how often each was found",
        numbers=["Records"],
    )


def whose(month: Month) -> Html:
    """Who needs to correct what, by service and team. One row per team; the owners' own lists are in restricted/."""
    if month.quality.empty:
        return paragraph("Nobody has anything to correct.")
    places = month.quality.assign(
        Service=month.quality["service_area"].replace("", "not known"),
        Team=month.quality["team"].replace("", "not known"),
    )
    shown = places.groupby(["Service", "Team"]).size().reset_index(name="Issues")
    return page(
        table(shown, "Data quality issues by service and team", numbers=["Issues"]),
        paragraph(
            "A list has been made for each record's owner, in the folder restricted/: send it to that person alone.",
            kind="note",
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
    """Each issue with its file, sheet and row. One row per issue; never a value, never a person."""
    if month.quality.empty:
        return paragraph("No data quality issue was found.")
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
    return page(table(shown, "Where each issue is", numbers=["Row"]), paragraph(tail, kind="note"))


def supplied(month: Month) -> Html:
    """Which datasets came, from which files, how many rows each gave, of which days, with which checksum."""
    counts = ("rows_in", "rows_loaded", "rows_listed", "rows_set_aside", "rows_not_chosen")
    held = month.extracts.reindex(columns=list(dict.fromkeys([*month.extracts, *counts])), fill_value=0)
    extracts: DataFrame = held.assign(
        dataset=held["dataset"].replace("", "none"), **{name: held[name].map("{:.0f}".format) for name in counts}
    )
    extracts["sha256"] = extracts["sha256"].str[:SHOWN_OF_CHECKSUM]
    headings = {
        "dataset": "Dataset", "file": "File", "sheet": "Sheet", "rows_in": "Rows in", "rows_loaded": "Loaded",
        "rows_listed": "Listed", "rows_set_aside": "Of these set aside",
        "rows_not_chosen": "Of these another dataset's",
        "period_from": "From", "period_to": "To", "sha256": "SHA-256 begins",
    }  # fmt: skip
    empty = {name for name in ("rows_set_aside", "rows_not_chosen") if not held[name].any()}
    names = [name for name in headings if name not in empty]
    shown = extracts[names].rename(columns=headings)
    numbers = [headings[name] for name in counts if name not in empty]
    return table(shown, "What was read", numbers=numbers)


def _in_order(month: Month) -> str:
    audits = month.figure("records_in_order", by="dataset", group="audits")
    if audits is None:
        return "No audit record of the cycle could be checked."
    return (
        f"{audits.numerator} of {counted(audits.denominator, 'audit record')} of {month_name(month.month)} "
        f"{agreeing(audits.numerator, 'has', 'have')} no data quality issue."
    )


def _row(number: float) -> str:
    return "" if pd.isna(number) else f"{number:.0f}"


REPORT = Report(
    name="data-quality",
    title="How far can the month's numbers be relied on?",
    question="How far can the month's numbers be relied on, and who needs to correct what?",
    families=(family.DATA_QUALITY,),
    restricted=(RestrictedList("each record's owner", fix_lists),),
    summary=statement,
    on_front_page="How far this can be relied on",
    place=70,
)
