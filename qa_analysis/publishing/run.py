"""One month published whole, or not at all."""

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from datetime import date, datetime
from importlib.metadata import version
from itertools import chain, groupby
from pathlib import Path

from qa_analysis.council import SAYS_NOTHING
from qa_analysis.data.identity import Key
from qa_analysis.data.reading.council_file import read_own
from qa_analysis.dates import parse_month, refuse_day_to_come
from qa_analysis.disclosure.reach import readers_reach
from qa_analysis.disclosure.scan import identifiers_found
from qa_analysis.disclosure.told_before import as_told_before
from qa_analysis.disclosure.weighed import kept_weighing
from qa_analysis.english import agreeing
from qa_analysis.errors import DisclosureFailed, WrongUse
from qa_analysis.forms.putting import put
from qa_analysis.framework import Rules, resource, rules_for
from qa_analysis.month.checking import set_aside_lines, shortened
from qa_analysis.month.digests import Digested, write_digests
from qa_analysis.month.figures import Written
from qa_analysis.month.files import read_month, write_month
from qa_analysis.month.month import Month
from qa_analysis.month.named import Named, names_of_staff
from qa_analysis.month.preparing import Prepared, prepare
from qa_analysis.month.rows import write_rows
from qa_analysis.publishing.apart.processes import cores, end_all, in_a_copy, warm_up
from qa_analysis.publishing.before.earlier import newest_figures, vintages
from qa_analysis.publishing.before.ledger import with_ledger
from qa_analysis.publishing.before.on_time import cycles_published
from qa_analysis.publishing.before.resent import refuse_stale, said, sent_again
from qa_analysis.publishing.editions import EVERY_PLACE, Edition, editions_of
from qa_analysis.publishing.front_page import INDEX, front_page, write_month_page
from qa_analysis.publishing.notebooks import run_notebook
from qa_analysis.publishing.publish import publications, publish, staging
from qa_analysis.publishing.recorded import recorded
from qa_analysis.publishing.rendering import render_all
from qa_analysis.publishing.restricted import write_restricted
from qa_analysis.reports import reports as all_reports
from qa_analysis.reports.declared import Place, Report
from qa_analysis.reports.recipients import receives

PACKAGES = (
    "pandas",
    "numpy",
    "scipy",
    "great-expectations",
    "papermill",
    "nbconvert",
    "seaborn",
    "matplotlib",
    "python-docx",
    "weasyprint",
    "xlsxwriter",
)

Progress = Callable[[str], None]
_AT_A_TIME = 4  # editions of places put into every form by one process, which reads the month's tables once
_WHILE_ENDING = 0.1  # seconds between looks whether the notebooks have ended


@dataclass(frozen=True)
class Published:
    """Where a month went, and what is worth saying about it."""

    folder: Path
    front_page: Path | None  # none where it could not be renewed, as when it is held open on a share
    warnings: int
    pages: tuple[Path, ...]  # of each report, as asked for; of one with a page for each place, their folder
    notes: tuple[str, ...] = ()
    set_aside: tuple[str, ...] = ()  # one line per kind of what could not be used


def run_month(
    month: str,
    data: Path,
    outputs: Path,
    *,
    key: Key,
    now: datetime,
    as_at: date | None = None,
    reports: Sequence[Report],
    only: Mapping[Place, Collection[str]] = EVERY_PLACE,
    strict: bool = False,
    accept_stale: bool = False,
    inputs: str = "",
    progress: Progress = lambda _: None,
) -> Published:
    """Read, check, measure, write, verify and publish some reports of one month, of every place or of some only.

    `inputs` is a mark that its manifest bears, where whoever asks wants to know again what it was made from.

    Raises:
        Refusal: any of the kinds in docs/errors.md; nothing is published then.
    """
    refuse_day_to_come(as_at or rules_for(parse_month(month)).as_at(month), today=now.date())
    warm_up()
    with staging(outputs, month, now=now) as folder:
        progress("reading and checking the extracts")
        prepared = prepare(data, month, as_at=as_at, key=key, strict=strict, record=recorded(outputs, month))
        digested, before = Digested(prepared.rows), vintages(outputs, month)
        again = sent_again(digested, month, before, key.name)
        if not accept_stale:
            refuse_stale(again, digested, month)
        progress("writing the tables")
        made_by = _made_by(prepared.month, key)
        measured = as_told_before(prepared.month.measures, newest_figures(outputs), prepared.month.rules)
        log = cycles_published(prepared.month.cycles, publications(outputs), prepared.month.rules, today=now.date())
        told_now = replace(prepared.month, held=Written(measured), cycles_published=log)
        whole = with_ledger(told_now, digested, before, made_by)
        _write_tables(replace(prepared, month=whole), folder, reports)
        write_digests(digested, folder, whole.as_at)
        told = read_month(folder / "tables")
        made, left_out = _with_what_they_need(reports, told)
        editions = editions_of(made, told, only=only)
        notes = _write_editions(editions, told, folder, progress)
        write_month_page(folder, told, editions)
        progress("checking that nobody is named, and publishing")
        published = publish(
            folder,
            outputs,
            month,
            _manifest(prepared, made_by, now, editions) | ({"inputs": inputs} if inputs else {}),
            last_check=lambda staged: _refuse_named(staged, prepared),
        )
        front = outputs / INDEX
        renewed = _renewed(outputs, front)
    pages = tuple(published / (report.places_in or Edition(report).page) for report in made)
    return Published(
        published,
        front if renewed else None,
        len(prepared.month.quality),
        pages,
        (*_not_supplied(prepared), *said(again, digested), *left_out, *notes),
        tuple(shortened(set_aside_lines(prepared.checked), data)),
    )


def _renewed(outputs: Path, front: Path) -> bool:
    """Whether the page of everything published could be renewed; the month is in place, whatever the disk says now."""
    try:
        return put(front_page(publications(outputs)), front)
    except OSError:
        return False


def _not_supplied(prepared: Prepared) -> tuple[str, ...]:
    """A line that names what most reports rest on and was not there: it may have been forgotten; or nothing."""
    absent = [
        name
        for name, contract in prepared.checked.contracts.items()
        if contract.is_core and name not in prepared.month.supplied
    ]
    return (f"Not supplied, as the reports say: {' and '.join(absent)}.",) if absent else ()


def rules_in(data: Path, month: str) -> Rules:
    """The rules of a month with what council.yaml beside the extracts says, before any of them is read.

    Raises:
        WrongUse: the month is none, or council.yaml holds a word that means nothing.
    """
    rules = rules_for(parse_month(month))
    own = read_own(data, rules) if data.is_dir() else SAYS_NOTHING
    receives(own)  # refuses what names no report, or sends one for managers outside
    return rules_for(month, own=own)


def chosen(names: Sequence[str], month: str, rules: Rules | None = None) -> tuple[Report, ...]:
    """The reports of these names; where none is named, all that fall due with the audit cycle of the month.

    Raises:
        WrongUse: a name is no report's.
    """
    known = all_reports()
    if unknown := sorted(set(names) - set(known)):
        raise WrongUse(f'"{unknown[0]}" is not a report. Reports: {", ".join(known)}.')
    held = rules or rules_for(month)
    return tuple(one for one in known.values() if (one.name in names if names else one.is_due(month, held)))


def _with_what_they_need(reports: Sequence[Report], month: Month) -> tuple[tuple[Report, ...], tuple[str, ...]]:
    """The reports that can be made of what was supplied, and a line for each that cannot."""
    lacking = {report: [name for name in report.needs if name not in month.supplied] for report in reports}
    if not (made := tuple(report for report, absent in lacking.items() if not absent)):
        absent = ", ".join(sorted(set(chain(*lacking.values()))))
        raise WrongUse(f"Nothing to publish: these datasets were not supplied: {absent}.")
    left_out = tuple(
        f"{report.name} was not made: {', '.join(absent)} {agreeing(len(absent), 'was', 'were')} not supplied."
        for report, absent in lacking.items()
        if absent
    )
    return made, left_out


def _write_tables(prepared: Prepared, folder: Path, reports: Sequence[Report]) -> None:
    """The figures for everyone who may see them, and in restricted/ each person's list for that person alone."""
    month = prepared.month
    write_month(month, folder / "tables")
    checked = prepared.checked
    names = names_of_staff(checked.frames.get("staff"), checked.identities)
    due = [one for one in all_reports().values() if one in reports or one.is_due(month.month, month.rules)]
    write_rows(replace(prepared.rows, weighing=kept_weighing(prepared.places)), folder)
    write_restricted(due, Named(prepared.tables, checked.issues, names, checked.identities), folder)


def _write_editions(editions: Sequence[Edition], month: Month, folder: Path, progress: Progress) -> tuple[str, ...]:
    """Every edition's notebook on the month's tables, run and put in every form, as many at once as there are cores.

    The first that fails ends the others, one of a place as well: a month without the page of a team would look as if
    there were no such team. What there is to say of the forms is handed back, each thing once.
    """
    notes: dict[str, None] = {}
    left = Counter(edition.report.name for edition in editions)
    with ThreadPoolExecutor(max_workers=cores()) as pool:
        running = {pool.submit(_write_some, some, month, folder): some for some in _together(editions)}
        try:
            for done in as_completed(running):
                notes |= dict.fromkeys(done.result())
                name = running[done][0].report.name
                left[name] -= len(running[done])
                if not left[name]:
                    progress(f"{name} is written")
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            while any(one.running() for one in running):  # one that is just starting has no process to end yet
                end_all()
                time.sleep(_WHILE_ENDING)
            raise
    return tuple(notes)


def _together(editions: Sequence[Edition]) -> Iterator[Sequence[Edition]]:
    """The editions as they are written by one process after another: each alone, those of places some at a time."""
    for _, some in groupby(editions, key=lambda edition: edition.report.name):
        held = list(some)
        yield from (held[begin : begin + _AT_A_TIME] for begin in range(0, len(held), _AT_A_TIME))


def _write_some(editions: Sequence[Edition], month: Month, folder: Path) -> tuple[str, ...]:
    for edition in editions:
        _run_edition(edition, month, folder)
    return in_a_copy(render_all, editions, folder)


def _run_edition(edition: Edition, month: Month, folder: Path) -> None:
    """One notebook, run on the month's tables, written beside its page to be."""
    executed = (folder / edition.page).with_suffix(".ipynb")
    executed.parent.mkdir(exist_ok=True)
    run_notebook(
        resource("notebooks") / edition.report.notebook,
        executed,
        parameters={"month": month.month, **edition.parameters},
        folder=executed.parent,
    )


def _refuse_named(folder: Path, prepared: Prepared) -> None:
    """Stop where an identifier stands outside restricted/.

    Raises:
        DisclosureFailed: naming the files, never the identifier.
    """
    found = identifiers_found(folder, set(prepared.checked.identities.originals.values()))
    if found:
        files = ", ".join(f"{file} ({times})" for file, times in found)
        raise DisclosureFailed(
            f"An identifier of a person was found in {files}; nothing was published. "
            "Look for ids or names in columns that should hold none, such as team, service or item."
        )


def _made_by(month: Month, key: Key) -> dict[str, object]:
    """By which rules, key and versions a month is made: with the same, the same rows give the same figures."""
    return {
        "council": month.rules.own.written(),
        "rules_version": month.rules.version,
        "key": key.name,
        "packages": {name: version(name) for name in PACKAGES},
        "python": ".".join(map(str, sys.version_info[:3])),
        "program": version("qa-analysis"),
        "commit": _commit(),
    }


def _manifest(
    prepared: Prepared, made_by: Mapping[str, object], now: datetime, editions: Sequence[Edition]
) -> dict[str, object]:
    """What was published, from what, by which rules and versions."""
    month, severities = prepared.month, prepared.month.quality["severity"].value_counts()
    return {
        "month": month.month,
        "as_at": month.as_at.isoformat(),
        "published": now.isoformat(timespec="seconds"),
        "reports": {edition.report.name: edition.report.titled(month.rules.council) for edition in editions},
        "places": {edition.name: edition.titled(month.rules.council) for edition in editions if edition.place},
        "recipients": {one.recipient: list(one.reports) for one in receives(month.rules.own)},
        "readers_reach": readers_reach(prepared.places),
        "extracts": _extracts(month),
        "quality": {name: int(severities.get(name, 0)) for name in ("error", "warning")},
        **made_by,
    }


def _extracts(month: Month) -> list[dict[str, object]]:
    """The extracts as JSON can say them: a period that is not known is null."""
    known = month.extracts.astype(object).where(month.extracts.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in known.to_dict(orient="records")]


def _commit() -> str:
    """The commit of the checkout the program runs from, or nothing where it was installed."""
    top = resource("notebooks").parent
    if not (top / ".git").exists():
        return ""
    shown = subprocess.run(
        ["git", "-C", str(top), "rev-parse", "HEAD"], capture_output=True, text=True, check=False, timeout=10
    )
    return shown.stdout.strip()
