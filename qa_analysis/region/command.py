"""`qa-analysis region`: the month of every council of a region, each published by itself."""

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from qa_analysis.disk import writing
from qa_analysis.ending import Ended
from qa_analysis.english import counted
from qa_analysis.errors import SomeFailed, WrongUse
from qa_analysis.terminal import progress, say

if TYPE_CHECKING:
    from qa_analysis.region.councils import Member
    from qa_analysis.region.orders import Order, Outcome

Clock = Callable[[], datetime]
MINUTES: Final = 60.0
GIGABYTES: Final = 8.0
_ADVICE: Final = "What the councils published is in place. Free some space, and run the region again."


def region_command(clock: Clock, outputs: Callable[[Any], Any]) -> click.Command:
    """The command, told the time by the clock; `outputs` is the option of that name, as every command has it."""

    @click.command(name="region")
    @click.argument("month")
    @click.option("--councils", type=click.Path(path_type=Path), required=True, help="A folder of councils, or a list.")
    @outputs
    @click.option("--workers", type=click.IntRange(1), help="How many councils at once on this machine.")
    @click.option("--scheduler", help="The address of a Dask scheduler, whose workers do it instead.")
    @click.option("--as-at", help="The date of the data, YYYY-MM-DD, of every council; by default a rule.")
    @click.option("--report", "reports", multiple=True, help="One report only; may be given more than once.")
    @click.option("--strict", is_flag=True, help="Stop a council at its first broken error promise.")
    @click.option("--accept-stale", is_flag=True, help="Publish though an extract holds an earlier month's rows.")
    @click.option("--again", is_flag=True, help="Also the councils that are published from the same inputs.")
    @click.option("--compare-only", is_flag=True, help="Run nothing: compare what the councils have published.")
    @click.option("--minutes", type=click.FloatRange(0, min_open=True), default=MINUTES, show_default=True,
                  help="How long a council may take.")  # fmt: skip
    @click.option("--gigabytes", type=click.FloatRange(0, min_open=True), default=GIGABYTES, show_default=True,
                  help="How much memory each of its processes may take (Linux).")  # fmt: skip
    def command(
        month: str,
        councils: Path,
        outputs: Path,
        scheduler: str | None,
        workers: int | None,
        compare_only: bool,
        **more: Any,
    ) -> None:
        """Publish MONTH of every council of a region, each by itself; what is published already is not done again."""
        if scheduler and workers:
            raise WrongUse("--workers is for this machine alone: a scheduler has the workers that were started for it.")
        if compare_only:
            _compare_alone(month, councils, outputs, clock)
            return
        _region(month, councils, outputs, scheduler, workers or _usual_workers(), clock, **more)

    return command


def _region(
    month: str, councils: Path, outputs: Path, scheduler: str | None, workers: int, clock: Clock, **more: Any
) -> None:
    """Run the region with its progress shown, and say what came of it."""
    from qa_analysis.publishing.publish import only_run, writable
    from qa_analysis.region import crew
    from qa_analysis.region.councils import members_of
    from qa_analysis.region.orders import REGION
    from qa_analysis.region.whole import publish_region

    begun = clock()
    _refuse_what_no_council_knows(month, begun, **more)
    members = members_of(councils, outputs)
    writable(outputs / REGION)
    at_work = [member for member in members if not member.absent_in(month)]
    orders = [_order(member, month, outputs.resolve(), begun, **more) for member in at_work]
    outcomes: list[Outcome] = []
    with only_run(outputs / REGION, month, begun), progress(steps=len(orders)) as step:

        def told(outcome: "Outcome") -> None:
            outcomes.append(outcome)
            step(f"{len(outcomes)} of {len(orders)}: {_line(outcome)}")

        try:
            with crew.at(scheduler) if scheduler else crew.here(workers) as held:
                if held.note:
                    say(held.note, err=True)
                publish_region(orders, held.executor, told=told, trouble=held.trouble)
        except (Ended, KeyboardInterrupt) as ended:
            _say_ended(outcomes, len(orders), ended)
        outcomes += [_absent(member, month) for member in members if member not in at_work]
        _finish(month, begun, clock(), tuple(sorted(outcomes, key=lambda one: one.council)), outputs, members)


def _refuse_what_no_council_knows(
    month: str, now: datetime, *, as_at: str | None, reports: tuple[str, ...], **_: Any
) -> None:
    """Say once what every council would be refused for.

    Raises:
        WrongUse: the month, the day or a report is none.
    """
    from qa_analysis.dates import parse_day, parse_month, refuse_day_to_come

    parse_month(month)
    if as_at:
        refuse_day_to_come(parse_day(as_at), today=now.date())
    if reports:
        from qa_analysis.publishing.run import chosen

        chosen(reports, month)


def _order(member: "Member", month: str, outputs: Path, begun: datetime, **more: Any) -> "Order":
    """What is asked for one council."""
    from importlib.metadata import version

    from qa_analysis.region.orders import Limits, Order

    return Order(
        council=member.name,
        month=month,
        data=member.data,
        outputs=outputs,
        limits=Limits(more["minutes"], more["gigabytes"]),
        program=version("qa-analysis"),
        begun=begun.isoformat(),
        key_file=member.key_file,
        options=_options(**more),
        is_again=more["again"],
    )


def _options(
    *, as_at: str | None, reports: tuple[str, ...], strict: bool, accept_stale: bool, **_: Any
) -> tuple[str, ...]:
    """What every council's own run is told."""
    given = ["--as-at", as_at] if as_at else []
    given += [word for report in reports for word in ("--report", report)]
    return (*given, *(["--strict"] if strict else []), *(["--accept-stale"] if accept_stale else []))


def _absent(member: "Member", month: str) -> "Outcome":
    """A council that is not run, because it is no council by itself in the month."""
    from qa_analysis.region.orders import Outcome

    return Outcome(member.name, "outside its dates", line=member.absent_in(month))


def _compare_alone(month: str, councils: Path, outputs: Path, clock: Clock) -> None:
    """Compare the newest months that the councils have published; nothing is run.

    Raises:
        OutputUnwritable: the pages could not be written.
    """
    from qa_analysis.dates import parse_month
    from qa_analysis.publishing.publish import only_run, published, writable
    from qa_analysis.region.compared.written import write_comparison
    from qa_analysis.region.councils import members_of, since_of
    from qa_analysis.region.orders import REGION

    parse_month(month)
    members = [member for member in members_of(councils, outputs) if not member.absent_in(month)]
    writable(outputs / REGION)
    with only_run(outputs / REGION, month, clock()), writing(outputs / REGION, _ADVICE):
        folders = {one.name: folder for one in members if (folder := published(outputs / one.name, month))}
        found = write_comparison(month, folders, outputs, since=since_of(members), anew=True)
    for council in found.unread:
        say(f"  {council}: left out, because its tables cannot be read.", err=True)
    if found.page is None:
        seen = counted(len(folders), "council")
        say(f"{seen} published: too few have a figure that can be shown, so none is compared.")
    else:
        say(f"{counted(len(found.editions), 'council')} compared: {found.page}")


def _finish(
    month: str,
    begun: datetime,
    ended: datetime,
    outcomes: "tuple[Outcome, ...]",
    outputs: Path,
    members: "tuple[Member, ...]",
) -> None:
    """Compare the councils, write the page and say what came of them.

    Raises:
        OutputUnwritable: the page could not be written; what the councils published stays.
        SomeFailed: a council is without the month.
    """
    from qa_analysis.region.compared.written import write_comparison
    from qa_analysis.region.councils import since_of
    from qa_analysis.region.orders import REGION
    from qa_analysis.region.page import Told, write_page

    folders = {one.council: outputs / one.council / one.folder for one in outcomes if one.folder}
    with writing(outputs / REGION, _ADVICE):
        told = Told(month, begun, ended, outcomes)
        write_page(told, outputs)  # so that it is there if the pictures of many councils are not waited for
        compared = write_comparison(month, folders, outputs, since=since_of(members))
        page = write_page(replace(told, compared=compared), outputs)
    say(told.in_words)
    for one in told.failed:
        say(f"  {_line(one)}")
    say(f"The region's page: {page}")
    if told.failed:
        left = counted(len(told.failed), "council is", "councils are")
        raise SomeFailed(f"{left} not published. Correct what is named above, and run the region again.")


def _line(one: "Outcome") -> str:
    """A council and what came of it, in a line."""
    if one.is_failed:
        return f"{one.council}: not published (exit {one.exit_code}). {one.line}"
    return f"{one.council}: {one.state}" + (f" in {one.seconds:.0f} s" if one.state == "published" else "")


def _say_ended(outcomes: "list[Outcome]", all_councils: int, ended: BaseException) -> None:
    done = sum(bool(one.folder) for one in outcomes)
    how = "Ended from outside" if isinstance(ended, Ended) and ended.exit_code != 130 else "Interrupted"
    say(f"{how}: {done} of {all_councils} councils are published. Run the region again to do the rest.", err=True)
    sys.exit(ended.exit_code if isinstance(ended, Ended) else 130)


def _usual_workers() -> int:
    """Half the cores: a council's own reports take a core each while they are written."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, cores // 2)
