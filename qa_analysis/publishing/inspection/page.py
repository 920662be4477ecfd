"""The inspection pack as a page and as the sheets of a workbook: the same rows in both."""

from collections.abc import Hashable, Iterator, Mapping
from datetime import date
from typing import Any, Final

import pandas as pd
from pandas import DataFrame

from qa_analysis.dates import day_name, month_name, span_name
from qa_analysis.english import at_first, counted
from qa_analysis.forms.excel.figures import group_words
from qa_analysis.forms.excel.workbook import Sheet
from qa_analysis.framework import rules_for
from qa_analysis.measures.catalogue import declared
from qa_analysis.measures.figure import COLUMNS, Figure, figure_of
from qa_analysis.publishing.inspection.known import NUMBERS, SAID, Known
from qa_analysis.publishing.inspection.order import SECTIONS, Section
from qa_analysis.publishing.publish import Publication
from qa_analysis.reports import reports
from qa_analysis.reports.due import due_with
from qa_analysis.telling.blocks import Html, bullets, heading, link, page, paragraph, table
from qa_analysis.telling.wording import TOO_FEW_TO_SHOW, in_points, interval, of_whole, percent, share_of, signed

WITHOUT_A_VALUE: Final = ("p-value", "coefficient")  # whose word or interval says more to a reader
WIDTHS: Final = {
    "Section": 26, "Figure": 40, "Of": 40, "Period": 22, "As known": 36, "Source": 30, "Audit cycle": 16,
    "Published": 18, "Changed since": 44, "Today": 44, "Report": 40, "Data as at": 18, "On time until": 18,
    "File": 50, "SHA-256": 70,
}  # fmt: skip
REACH: Final = "../../.."  # from a pack's folder to the output folder


def title_of(known: Known) -> str:
    """What the pack is called."""
    return f"Inspection pack: {month_name(known.month)}, as known on {day_name(known.day)}"


def pack_page(known: Known, *, with_later: bool) -> Html:
    """The pack on one page: what it is, then each thing that is asked for, then what it was taken from."""
    return page(
        heading(title_of(known), level=1),
        paragraph(
            "What leaders could know of practice on that day, in the order in which an inspection team asks. Each "
            "figure is as it was published, with its report, its audit cycle and the day of publication. Nothing was "
            "measured again.",
            kind="lead",
        ),
        *(part for section in SECTIONS for part in _section(known, section, with_later=with_later)),
        heading("Reports read", level=2),
        table(reports_read(known, is_linked=True), f"The newest edition of each report by {day_name(known.day)}"),
        paragraph(
            f"{counted(len(known.files), 'published file')} of {counted(len(known.used), 'publication')} were compared "
            "with the digests in their manifests, and are as they were published. The workbook and files.sha256 "
            "list them. Lists that name people are no part of this pack."
        ),
    )


def _section(known: Known, section: Section, *, with_later: bool) -> Iterator[Html]:
    yield heading(section.title, level=2)
    yield paragraph(section.question)
    shown = rows(known, section, with_later=with_later)
    if len(shown):
        caption = f"{section.title}, as known on {day_name(known.day)}"
        yield table(shown.drop(columns="Section"), caption)
    if lines := missing_lines(known, section):
        yield bullets(lines, kind="absent")


def missing_lines(known: Known, section: Section) -> list[str]:
    """What there was not: reports that nobody had published by then, and figures that a report did not have."""
    lines = [
        f"{_titled(name)}: no report had been published by {day_name(known.day)}." for name in known.missing(section)
    ]
    held = known.figures(section)
    has = set(zip(held.get("report", ()), held.get("measure", ()), strict=True))
    lacking = {(one.report, one.measure) for one in section.shown if one.report in known.editions} - has
    titles = [declared()[measure].title for _, measure in sorted(lacking)]
    return [*lines, *(f"{title}: not in the report of that day." for title in titles)]


def rows(known: Known, section: Section, *, with_later: bool) -> DataFrame:
    """The figures of a section as they read. One row per figure."""
    found = [_row(known, section, row, with_later) for row in known.figures(section).to_dict("records")]
    return pd.DataFrame(found)


def _row(known: Known, section: Section, row: Mapping[Any, Any], with_later: bool) -> dict[str, str]:
    source = known.publication(row["published_in"])
    figure = figure_of({name: row[name] for name in COLUMNS})
    later = {"Today": _today(known, row)} if with_later else {}
    return {
        "Section": section.title,
        "Figure": declared()[figure.measure].title,
        "Of": _of(figure, row),
        "Period": span_name(figure.period),
        "As known": value_words(figure),
        "Source": _titled(row["report"]),
        "Audit cycle": month_name(source.month),
        "Published": day_name(source.published.date()),
        "Changed since": _changed(known, row),
        **later,
    }


def _of(figure: Figure, row: Mapping[Any, Any]) -> str:
    """Whose figure it is: the population, and the group where it is of one."""
    by, group = str(row["by"]), str(row["group"])
    words = group_words(rules_for(figure.period[-7:]), by, group) if group else ""
    if by == "held_on":
        words = day_name(date.fromisoformat(group))
    return ": ".join(filter(None, (at_first(figure.population), words.replace("_", " "))))


def value_words(figure: Figure) -> str:
    """A figure as a cell says it: "17 of 38 (45%, 30% to 60%)", "48", "20 days", or the words of its verdict."""
    if figure.is_withheld or not figure.is_given:
        return figure.note or TOO_FEW_TO_SHOW
    if figure.unit in WITHOUT_A_VALUE:
        return figure.note or f"{figure.value:.2f}"
    return f"{_number(figure)}; {figure.note}" if figure.note else _number(figure)


def _number(figure: Figure) -> str:
    """The number itself, with what it is of and its likely range where it has them."""
    has_part = figure.numerator == figure.numerator
    if figure.unit == "difference of shares":
        return f"{in_points(figure.value)} percentage points ({signed(figure)})"
    if figure.unit == "share":
        return share_of(figure) if has_part else f"{percent(figure.value)} ({interval(figure)})"
    if has_part and figure.denominator == figure.denominator:
        return of_whole(figure)
    number = f"{figure.value:,.0f}" if float(figure.value).is_integer() else f"{figure.value:,.1f}"
    return f"{number} days" if figure.unit.endswith("days") else number


def _changed(known: Known, row: Mapping[Any, Any]) -> str:
    """Whether what was published afterwards tells the figure otherwise, and if so where first."""
    if not row["changed_in"]:
        return "no"
    source, one = (known.publication(row[name]) for name in ("published_in", "changed_in"))
    when = "known by then" if one.published.date() <= known.day else "after that day"
    data = f", of data as at {day_name(one.as_at)}" if one.month == source.month and one.as_at != source.as_at else ""
    return f"yes, in {one.folder} of {day_name(one.published.date())}{data}, {when}"


def _today(known: Known, row: Mapping[Any, Any]) -> str:
    """What the newest publication says of a figure that has changed; blank of one that has not."""
    if not row["changed_in"]:
        return ""
    told: dict[Hashable, Any] = {name: row[f"{name}_now"] for name in (*NUMBERS, *SAID)}
    is_given = isinstance(told["unit"], str)  # a revision of its own cycle may no longer have it
    now = value_words(figure_of({name: row[name] for name in COLUMNS} | told)) if is_given else "no longer given"
    return f"{now}, in {row['told_in']}"


def reports_read(known: Known, *, is_linked: bool) -> DataFrame:
    """The reports that figures were taken from. One row per report."""
    return pd.DataFrame(
        [
            {
                "Report": link(_titled(name), f"{REACH}/{one.folder}/{name}.html") if is_linked else _titled(name),
                "Audit cycle": month_name(one.month),
                "Data as at": day_name(one.as_at),
                "Published": day_name(one.published.date()),
                "On time until": _last_day(name, one),
            }
            for name, one in known.editions.items()
        ]
    )


def _last_day(name: str, one: Publication) -> str:
    """The last day on which a report of a cycle was on time; blank where it did not fall due with it."""
    due = due_with(one.month, one.rules)
    return next((day_name(each.last_on) for each in due if each.report.name == name), "")


def _titled(name: str) -> str:
    return reports()[name].title


def sheets(known: Known, *, with_later: bool) -> tuple[Sheet, ...]:
    """The figures, what there was not, the reports read and the files they are in: a worksheet each."""
    about = (title_of(known), "As they were published. Nothing was measured again.")
    figures = pd.concat([rows(known, section, with_later=with_later) for section in SECTIONS], ignore_index=True)
    absent = [(section.title, line) for section in SECTIONS for line in missing_lines(known, section)]
    files = known.files.rename(columns={"published_in": "Published in", "file": "File", "sha256": "SHA-256"})
    held = {
        "Figures": ("Figures as known on the day", figures),
        "Not there": ("What had not been published by then", pd.DataFrame(absent, columns=["Section", "What"])),
        "Reports read": ("Reports that figures were taken from", reports_read(known, is_linked=False)),
        "Published files": ("Published files with their digests", files),
    }
    return tuple(Sheet(name, title, frame, about, WIDTHS) for name, (title, frame) in held.items())
