"""The commands. Nothing below this module reads the clock or prints."""

import re
import sys
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import click

from qa_analysis.commands import Commands, settings
from qa_analysis.disk import writing
from qa_analysis.english import counted, in_columns
from qa_analysis.errors import Changed, ContractBroken, WrongUse
from qa_analysis.publishing.apart.processes import free_seldom
from qa_analysis.region.command import region_command
from qa_analysis.terminal import progress, say

OUTPUTS = Path("outputs")
DEMO_MONTH = "2024-06"
LATEST_RULES = "2099-12"  # the rules now in force, whatever the year


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="qa-analysis")
def main() -> None:
    """Quality assurance and impact: from a month's extracts to the report senior managers read."""


def command() -> None:
    """The program qa-analysis with the words it was started with."""
    free_seldom()
    main(prog_name="qa-analysis")


_data = click.option("--data", type=click.Path(path_type=Path), required=True, help="The folder of extracts.")


def _folder(_: click.Context, __: click.Parameter, given: str) -> Path:
    """A folder of this machine or a share; an address would be taken for one to send to."""
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]+:/", given):
        raise WrongUse(f'"{given}" is an address. Give a folder with --outputs.')
    return Path(given)


_outputs = click.option(
    "--outputs", callback=_folder, default=str(OUTPUTS), show_default=True, help="Where to publish."
)
_strict = click.option(
    "--strict", is_flag=True, help="Stop at the first broken error promise, which would otherwise be set aside."
)
_key_file = click.option("--key-file", type=click.Path(path_type=Path), help="The file with the pseudonym key.")


main.add_command(region_command(lambda: datetime.now().astimezone(), _outputs))


@main.command()
@click.argument("month")
@_data
@_outputs
@_key_file
@click.option("--as-at", help="The date of the data (data as at), YYYY-MM-DD; by default a rule of the framework.")
@click.option("--report", "reports", multiple=True, help="One report only; may be given more than once.")
@click.option("--service", "services", multiple=True, help="The page of one service only; may be given more than once.")
@click.option("--team", "teams", multiple=True, help="The page of one team only; may be given more than once.")
@_strict
@click.option(
    "--accept-stale", is_flag=True, help="Publish though an extract holds exactly the rows of an earlier month."
)
@click.option("--inputs", default="", hidden=True)  # a mark for the manifest: what a region's month was made from
def run(
    month: str,
    data: Path,
    outputs: Path,
    key_file: Path | None,
    as_at: str | None,
    reports: tuple[str, ...],
    services: tuple[str, ...],
    teams: tuple[str, ...],
    strict: bool,
    accept_stale: bool,
    inputs: str,
) -> None:
    """Publish the reports of MONTH, such as 2023-06, with a page for each service and each team."""
    from qa_analysis.dates import parse_month

    parse_month(month)
    day = _day(as_at)
    only = {kind: names for kind, names in (("service", services), ("team", teams)) if names}
    asked: Any = {"as_at": day, "reports": reports or tuple(only), "strict": strict, "accept_stale": accept_stale}
    asked |= {"only": only, "inputs": inputs}
    _run(month, data, outputs, key=_key(key_file, outputs), **asked)


@main.command()
@_data
@click.option("--month", help="The cycle to report on: its rules hold, and enough of its audits must be left.")
@click.option("--list", "is_listed", is_flag=True, help="Write every issue to a workbook beside the extracts.")
@_strict
def check(data: Path, month: str | None, is_listed: bool, strict: bool) -> None:
    """Check the extracts against their contracts and list data quality issues to correct; publish nothing."""
    from qa_analysis.data.identity import new_key
    from qa_analysis.framework import FIRST_MONTH, rules_for
    from qa_analysis.month.checking import check_lines, read_and_check, reasons_to_stop
    from qa_analysis.publishing.listing import write_list
    from qa_analysis.reports.recipients import receives

    with progress(steps=4 if is_listed else 3) as step:
        checked = read_and_check(data, rules_for(month or FIRST_MONTH), key=new_key(), month=month, progress=step)
        receives(checked.own)  # refuses what names no report, or sends one for managers outside
        written = write_list(checked, data, progress=step) if is_listed else None
    for line in check_lines(checked):
        say(line)
    if written:
        say(f"Every issue is in {written}: for whoever corrects the records, nobody else.")
    if reasons := reasons_to_stop(checked, strict=strict):
        say(reasons, err=True)
        sys.exit(ContractBroken.exit_code)
    aside = len(checked.aside)
    say(
        f"A report can be made. {counted(len(checked.issues), 'data quality issue')} to correct"
        + (f"; {counted(aside, 'row')} set aside." if aside else ".")
    )


@main.command(name="map")
@_data
@click.option("--ask", is_flag=True, help="Ask here what is not certain, instead of leaving it as comments.")
def map_(data: Path, ask: bool) -> None:
    """Look at your own files and draft sources.yaml, which says what they hold, for you to confirm."""
    from qa_analysis.data.contracts import load_contracts
    from qa_analysis.data.mapping.asking import asked
    from qa_analysis.data.mapping.mapping import map_folder, save_draft
    from qa_analysis.disclosure.places import refuse_published
    from qa_analysis.framework import rules_for

    refuse_published(data)
    contracts, synonyms = load_contracts(), rules_for(LATEST_RULES).grade_synonyms
    mapped = map_folder(data, contracts, synonyms)
    for line in mapped.seen:
        say(line)
    if ask:
        mapped = asked(mapped, _answer)
    path = save_draft(data, mapped, contracts, synonyms)
    say(f"Written: {path}")
    say(f"Read it, confirm or correct its lines, and then: qa-analysis check --data {data}")


def _answer(question: str, suggestion: str) -> str:
    """The answer typed at a question; Enter takes the suggestion."""
    return str(click.prompt(question, default=suggestion, show_default=bool(suggestion)))


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--core/--all", "core", default=True, help="The four sheets that most reports rest on (the default), or every one."
)
def template(folder: Path, core: bool) -> None:
    """Put an empty workbook to fill in into FOLDER: lists to choose from, a guide, and made-up examples."""
    from qa_analysis.data.contracts import load_contracts
    from qa_analysis.forms.template.workbook import FILE
    from qa_analysis.forms.template.workbook import template as made
    from qa_analysis.forms.template.writing import write_new
    from qa_analysis.framework import rules_for

    contracts = load_contracts()
    sheets = [name for name, contract in contracts.items() if contract.is_core or not core]
    rules = rules_for(f"{date.today():%Y-%m}")
    path = write_new(folder / FILE, lambda: made(contracts, rules, datasets=sheets))
    say(f"Made: {path}, with {counted(len(sheets), 'sheet')} to fill in. Read its sheet Guide first. Then:")
    say(f'  qa-analysis check --data "{folder}"')


@main.command()
@_outputs
@click.option("--month", default=DEMO_MONTH, show_default=True, help="The month to publish.")
@click.option("--seed", default=2022, show_default=True, help="Another seed makes another council.")
def demo(outputs: Path, month: str, seed: int) -> None:
    """Make a synthetic council of two years and publish a month of it."""
    from qa_analysis.data.identity import own_key
    from qa_analysis.data.synthetic import council, plant_faults, with_practice_week, write_council, write_settings
    from qa_analysis.dates import parse_month
    from qa_analysis.publishing.publish import writable

    parse_month(month)
    writable(outputs)
    say("Making a synthetic council: no person in it is real.")
    folder = outputs / "demo"
    with writing(folder, "Nothing was published. Free some space or choose another folder."):
        held = with_practice_week(plant_faults(council(seed=seed), seed).frames, seed)
        write_council(folder / "extracts", held)
        write_settings(folder / "extracts")
        key, _ = own_key(folder / "pseudonym.key", is_unused=True)  # of people who are not real
    _run(month, folder / "extracts", outputs, key=key)


@main.command()
@click.option(
    "--data", type=click.Path(path_type=Path), help="The folder of extracts; by default the newest published month."
)
@_outputs
@click.option("--browser/--no-browser", default=True, help="Open a browser, or print the address alone.")
@click.option("--page", is_flag=True, help="The drop-downs alone, without JupyterLab around them.")
def explore(data: Path | None, outputs: Path, browser: bool, page: bool) -> None:
    """Ask your own question: JupyterLab on the question notebook. Answers are kept in answers/, beside the outputs."""
    from qa_analysis.publishing.lab import explore as start

    say("Starting, for this machine alone. To end it: Ctrl and C in this window.", err=True)
    sys.exit(start(outputs, data, browser=browser, page=page))


@main.command()
@click.argument("name")
@click.option(
    "-p", "parameters", nargs=2, multiple=True, metavar="NAME VALUE", help="A parameter; may be given more than once."
)
@click.option("--output", type=click.Path(path_type=Path), help="The file to write; by default NAME.ipynb, here.")
def notebook(name: str, parameters: tuple[tuple[str, str], ...], output: Path | None) -> None:
    """Run the notebook NAME alone and publish nothing: papermill, with its doors closed."""
    from qa_analysis.publishing.one_notebook import run_alone

    say(f"Written: {run_alone(name, parameters, output, today=date.today())}")


@main.command()
def reports() -> None:
    """List the reports: name, how often each falls due, for whom it is, and the question it answers."""
    from qa_analysis.reports import reports as all_reports

    for line in in_columns([(one.name, one.falls_due, one.audience, one.question) for one in all_reports().values()]):
        say(line)


@main.command()
@click.argument("month", required=False)
@_outputs
def due(month: str | None, outputs: Path) -> None:
    """Say which reports fall due with MONTH (by default the newest), by when, for whom, and which came on time."""
    from qa_analysis.publishing.before.on_time import due_lines

    for line in due_lines(month, outputs, today=date.today()):
        say(line)


@main.command()
@click.argument("month")
@_outputs
@click.option("--on", help="The day, YYYY-MM-DD: what had been published by then. By default today.")
@click.option("--with-later", is_flag=True, help="Also what is published today of figures that have changed since.")
def inspect(month: str, outputs: Path, on: str | None, with_later: bool) -> None:
    """Put together what was known of practice up to MONTH on a day, in the order an inspection team asks for it."""
    from qa_analysis.publishing.inspection.pack import inspect as packed

    now = datetime.now().astimezone()
    done = packed(outputs, month, _day(on) or now.date(), now=now, with_later=with_later)
    say(f"Inspection pack: {done.folder / 'index.html'}")
    for line in done.lines:
        say(line)


@main.command()
@click.argument("month")
@_data
@click.option("--size", type=int, help="How many audits; by default what the plan says.")
@click.option("--seed", default="", help="The digits thrown at the meeting; without them the frame is fixed first.")
@click.option("--nominated", type=click.Path(path_type=Path), help="Case numbers put forward for good practice.")
@click.option("--because", default="", help="Why the audits of a month are to be selected anew.")
@_outputs
def select(
    month: str, data: Path, size: int | None, seed: str, nominated: Path | None, because: str, outputs: Path
) -> None:
    """Select the audits of MONTH at random: first the slip for the meeting, then with --seed the list."""
    from qa_analysis.publishing.selecting import Request
    from qa_analysis.publishing.selecting import select as selected

    asked = Request(month, data, outputs, date.today(), size, seed, because, nominated)
    with progress(steps=6) as step:
        done = selected(asked, progress=step)
    for line in done.lines:
        say(line)
    if done.draw is not None:
        say(f"Recorded, for you alone: {done.folder}")
        say(f'To prove it: qa-analysis verify "{done.folder}"')


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
def verify(folder: Path) -> None:
    """Say whether a published month, or a recorded draw, is whole and unchanged."""
    from qa_analysis.draw.checking import problems as problems_of_draw
    from qa_analysis.draw.record import DETAILS_FILE
    from qa_analysis.publishing.publish import verify as problems_of_month

    if not folder.is_dir():
        raise WrongUse(f"There is no folder {folder}. Give a published month, such as outputs/2023-06.")
    problems_of = problems_of_draw if (folder / DETAILS_FILE).exists() else problems_of_month
    if problems := problems_of(folder):
        for problem in problems:
            say(problem, err=True)
        sys.exit(Changed.exit_code)
    say(f"{folder}: whole and unchanged.")


def _run(
    month: str,
    data: Path,
    outputs: Path,
    *,
    key: Any,
    as_at: date | None = None,
    reports: tuple[str, ...] = (),
    only: Any = MappingProxyType({}),
    strict: bool = False,
    accept_stale: bool = False,
    inputs: str = "",
) -> None:
    """Run a month with progress shown, and say where it went."""
    from qa_analysis.cadence import no_cycle_words
    from qa_analysis.dates import month_name
    from qa_analysis.publishing.run import chosen, rules_in, run_month
    from qa_analysis.publishing.tidying import tidied

    rules = rules_in(data, month)
    if not rules.cadence.has_cycle(month):
        say(no_cycle_words(rules.cadence, month, month_name(month)))
        return
    wanted = chosen(reports, month, rules)
    with progress(steps=len(wanted) + 3) as step:
        done = run_month(
            month,
            data,
            outputs,
            key=key,
            now=(now := datetime.now().astimezone()),
            as_at=as_at,
            reports=wanted,
            only=only,
            strict=strict,
            accept_stale=accept_stale,
            inputs=inputs,
            progress=step,
        )
    say(f"Published: {done.folder}")
    for report in done.pages:
        say(f"  {report}")
    if done.front_page is None:
        say("The front page of the output folder could not be renewed; the next run tries again.", err=True)
    else:
        say(f"Everything published: {done.front_page}")
    for note in done.notes:
        say(note)
    for line in (*done.set_aside, *tidied(outputs, settings() / "faults", now=now)):
        say(line)
    if done.warnings:
        say(
            f"{counted(done.warnings, 'data quality issue')} to correct: see data-quality.html and the lists for "
            f"record owners in {done.folder / 'restricted'}."
        )


def _key(key_file: Path | None, outputs: Path) -> Any:
    """The key of this user: from the file named, the environment, or the user's own folder, made there at first use."""
    from qa_analysis.data.identity import key_from_environment, key_from_file, own_key
    from qa_analysis.publishing.publish import publications

    if key_file is not None:
        return key_from_file(key_file)
    if (given := key_from_environment()) is not None:
        return given
    own = settings() / "pseudonym.key"
    try:
        key, is_new = own_key(own, is_unused=not (outputs.is_dir() and publications(outputs)))
    except OSError:
        raise WrongUse(
            f"No key could be kept in {own}. Set QA_ANALYSIS_KEY to 64 hexadecimal digits, or name a --key-file."
        ) from None
    if is_new:
        say(f"A new pseudonym key was made for you in {own}. Keep it private and backed up.", err=True)
    return key


def _day(text: str | None) -> date | None:
    from qa_analysis.dates import parse_day

    return None if text is None else parse_day(text)
