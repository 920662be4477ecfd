"""The pages that lead to everything: one per published month, and one for the whole output folder.

Plain links from folder to folder, so that both work from a file share, without a server.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

import pandas as pd

from qa_analysis.council import Council
from qa_analysis.dates import day_name, month_name
from qa_analysis.disclosure.places import SHARED_FOLDER
from qa_analysis.english import at_first, counted
from qa_analysis.english import listed as listed_words
from qa_analysis.forms.html.page import page_of
from qa_analysis.framework import usual_words
from qa_analysis.month.files import TABLES
from qa_analysis.month.month import Month
from qa_analysis.publishing.editions import Edition
from qa_analysis.publishing.publish import Publication, begun, first_days
from qa_analysis.reports import reports as all_reports
from qa_analysis.reports.declared import Place, Report
from qa_analysis.reports.due import due_with, tally_words
from qa_analysis.reports.recipients import receives
from qa_analysis.telling.blocks import Html, heading, inline, link, listed, message, page, paragraph, table

INDEX = "index.html"
FORMATS: Mapping[str, str] = {"html": "page", "docx": "Word", "pdf": "PDF", "xlsx": "Excel", "ipynb": "notebook"}
HELD: Mapping[str, str] = {
    "measures": "every figure, one row each, with its number of cases, interval and method",
    "quality": "every data quality issue, by file, sheet and row",
    "decisions": "SMT decisions and their progress",
    "extracts": "the extracts used",
    "quotations": "findings approved for quoting, with names taken out",
    "narratives": "what services and teams say of the month, without what may name somebody",
    "restated": "published figures that have since changed, each with its cause",
    "restated_rows": "how many records behind them came late, were changed or are gone, by dataset",
    "cycles_published": "whether the reports of each cycle of the year were published on time",
    "settling": "how far each measure's figures moved in the months after they were published",
}


def write_month_page(folder: Path, month: Month, editions: Sequence[Edition]) -> None:
    """The front page of one month, beside the reports that were written."""
    cycle = month_name(month.month)
    shared, council = [one for one in editions if one.report.is_shared], month.rules.council
    whole = [one for one in editions if not one.report.is_shared and not one.place]
    said = ("Quality assurance and impact", month.rules.own.name, f"data as at {day_name(month.as_at)}")
    body = page(
        heading(f"Audit cycle {cycle}", level=1),
        paragraph(" · ".join(filter(None, said)), kind="lead"),
        inline([link("All published months", f"../{INDEX}")]),
        message(*_summaries(month)),
        heading("Reports for managers", level=2),
        *([_reports(folder, whole, "Reports of this cycle", council)] if whole else []),
        *_of_places(folder, editions, council),
        *_shared(folder, shared, council),
        *_recipients(month, editions),
        heading("Data behind the reports", level=2),
        _behind(folder),
        heading("Extracts used", level=2),
        _extracts(month),
    )
    (folder / INDEX).write_text(
        page_of(body, title=f"Audit cycle {cycle}", council=council), encoding="utf-8", newline="\n"
    )


def _summaries(month: Month) -> Iterator[Html]:
    """What some reports say first, whether they were written this time or not."""
    for report in all_reports().values():
        if report.on_front_page and report.summary:
            yield heading(report.on_front_page, level=2)
            yield report.summary(month)


def front_page(publications: Sequence[Publication]) -> str:
    """The page of everything published: the newest cycle's reports, then a line for each cycle, newest first."""
    newest = sorted({one.month: one for one in publications}.values(), key=lambda one: one.month, reverse=True)
    rows = [
        [
            link(month_name(one.month), f"{quote(one.folder)}/{INDEX}"),
            day_name(one.as_at),
            f"{one.published:%d/%m/%Y %H:%M}",
            _made_from(one),
            f"{one.issues:,}",
            _on_time(one, publications),
            _earlier(one, publications),
        ]
        for one in newest
    ]
    columns = [
        "Audit cycle",
        "Data as at",
        "Published",
        "Made from",
        "Data quality issues",
        "Reports due",
        "Earlier revisions",
    ]
    body = page(
        heading("Published months", level=1),
        *(_newest(one) for one in newest[:1]),
        heading("Every audit cycle", level=2),
        paragraph(
            "One line for each audit cycle. A published month is never changed. A later run of the same cycle is "
            "published as a revision, and the earlier ones are kept.",
        ),
        table(pd.DataFrame(rows, columns=columns), "Published months, newest first", numbers=["Data quality issues"]),
    )
    title = "Quality assurance and impact: published months"
    return page_of(body, title=title, council=newest[0].council if newest else usual_words())


def _newest(one: Publication) -> Html:
    """The newest cycle: from what, how good, and its reports."""
    cycle = month_name(one.month)
    issues = f"{counted(one.issues, 'data quality issue')} listed" if one.issues else "no data quality issue found"
    return page(
        heading(f"Audit cycle {cycle}", level=2),
        paragraph(f"Data as at {day_name(one.as_at)}, made from {_made_from(one)}, with {issues}."),
        heading("Reports for managers", level=3),
        listed([
            link(_leads_to(one), f"{quote(one.folder)}/{INDEX}"),
            *_links(one, shared=False),
        ]),
        *_shared_links(list(_links(one, shared=True))),
    )  # fmt: skip


def _leads_to(one: Publication) -> str:
    """What the page of a month holds beside its reports."""
    kinds = [each.folder for each in Place if any(name.startswith(f"{each.folder}/") for name in one.places)]
    of_places = f", and the pages of {listed_words(kinds)}" if kinds else ""
    return f"The headlines of the month, and every form of each report{of_places}"


def _shared_links(links: Sequence[Html]) -> tuple[Html, ...]:
    return (heading("May be shared with the workforce", level=3), listed(links)) if links else ()


def _made_from(one: Publication) -> str:
    return f"{counted(one.rows, 'row')} of {counted(one.extracts, 'sheet or file', 'sheets and files')}"


def _links(one: Publication, *, shared: bool) -> Iterator[Html]:
    """The pages of one publication for one audience; those of services and teams are on the month's own page."""
    for name, title in one.reports.items():
        if (name in one.shared) == shared and _has_page(name):
            place = f"{SHARED_FOLDER}/" if shared else ""
            yield link(title, f"{quote(one.folder)}/{place}{name}.html")


def _has_page(name: str) -> bool:
    """Whether a report has a page of its own: one that is made for each service or team has many."""
    return name not in all_reports() or not all_reports()[name].each


def _of_places(folder: Path, editions: Sequence[Edition], council: Council) -> Iterator[Html]:
    """A table of the pages of each service, one of each team, and one for each further report of places.

    Nothing where none was written.
    """
    for report in dict.fromkeys(one.report for one in editions if one.report.each):
        held = [one for one in editions if one.report == report]
        is_the_page = report.name == report.each
        called = {one: one.place if is_the_page else one.titled(council) for one in held}
        rows = [[one.place, _forms(folder, one.name, name)] for one, name in called.items()]
        caption = f"A page for each {report.each}" if is_the_page else f"{report.title}, for each {report.each}"
        yield table(pd.DataFrame(rows, columns=[at_first(str(report.each)), "Formats"]), caption)


def _shared(folder: Path, editions: Sequence[Edition], council: Council) -> tuple[Html, ...]:
    """The section of what may be shared, with what to do before; nothing where none of it was written."""
    if not editions:
        return ()
    return (
        heading("May be shared with the workforce", level=2),
        _reports(folder, editions, "Shared edition of this cycle", council),
        paragraph(
            "Counts are rounded and small ones left out. A second person should read it before it is shared. Share "
            f"only the folder {SHARED_FOLDER}/, or files from it, never the month's whole folder.",
            kind="note",
        ),
    )


def _recipients(month: Month, editions: Sequence[Edition]) -> Iterator[Html]:
    """Who receives which of the reports that were written, and who presents them; nothing where nobody does."""
    council, written = month.rules.council, {one.report.name: one.report for one in editions}
    rows = [
        [council.posts.get(one.recipient, one.recipient), _titles(held, council), _editions_words(held)]
        for one in receives(month.rules.own)
        if (held := [written[name] for name in one.reports if name in written])
    ]
    if rows:
        yield heading("Who receives which report", level=2)
        caption = "Recipients of this cycle's reports"
        yield table(pd.DataFrame(rows, columns=["Recipient", "Reports", "Edition"]), caption)
        yield from (paragraph(_presented_words(one, council)) for one in written.values() if one.presented_by)


def _titles(reports: Sequence[Report], council: Council) -> str:
    each = [f"{one.titled(council)} (one for each {one.each})" if one.each else one.titled(council) for one in reports]
    return "; ".join(each)


def _editions_words(reports: Sequence[Report]) -> str:
    """Which edition a recipient of some reports receives, with the folder that it is sent from."""
    words = {False: "for managers", True: f"shared edition, from the folder {SHARED_FOLDER}/"}
    return listed_words([words[kind] for kind in (False, True) if kind in {one.is_shared for one in reports}])


def _presented_words(report: Report, council: Council) -> str:
    by, to = (council.posts.get(post, post) for post in (report.presented_by, report.recipients[0]))
    whose = "its" if report.each else "the"
    return f"{report.titled(council)}: presented to the {to} by {whose} {by}."


def _reports(folder: Path, editions: Sequence[Edition], caption: str, council: Council) -> Html:
    """Each report with a link to every form it was published in."""
    titles = {one.name: one.titled(council) for one in editions}
    rows = [[title, _forms(folder, name, title)] for name, title in titles.items()]
    return table(pd.DataFrame(rows, columns=["Report", "Formats"]), caption)


def _forms(folder: Path, name: str, title: str) -> Html:
    return inline(
        link(words, f"{name}.{kind}", of=title)
        for kind, words in FORMATS.items()
        if (folder / f"{name}.{kind}").is_file()
    )


def _behind(folder: Path) -> Html:
    """The tables and the manifest, each with what it holds."""
    held = [(f"tables/{name}.csv", HELD[name]) for name in TABLES if (folder / "tables" / f"{name}.csv").is_file()]
    held.append(("manifest.json", "what was published, from which files, by which rules and versions"))
    rows = [[link(path, path), words] for path, words in held]
    return page(
        table(pd.DataFrame(rows, columns=["File", "Contents"]), "Tables and provenance"),
        paragraph(
            "Lists that name people are in the folder restricted/. Each is for the person it is addressed to, and "
            "none is linked from here.",
            kind="note",
        ),
    )


def _extracts(month: Month) -> Html:
    """The files and sheets that were read. One row each."""
    rows = [
        [row["dataset"] or "none", row["file"], row["sheet"], f"{row['rows_loaded']:,} of {row['rows_in']:,}"]
        for row in month.extracts.to_dict("records")
    ]
    columns = ["Dataset", "File", "Sheet", "Rows loaded"]
    return table(pd.DataFrame(rows, columns=columns), "Extracts", numbers=["Rows loaded"])


def _on_time(newest: Publication, publications: Sequence[Publication]) -> str:
    """How many of the reports that fell due with the cycle came on time, were late, or are not there."""
    days = first_days(publications, newest.month)
    return tally_words(due_with(newest.month, newest.rules), days, begun=begun(publications))


def _earlier(newest: Publication, publications: Sequence[Publication]) -> Html:
    """Links to the revisions that a newer one stands in for."""
    return inline(
        link(one.folder, f"{quote(one.folder)}/{INDEX}")
        for one in publications
        if one.month == newest.month and one.folder != newest.folder
    )
