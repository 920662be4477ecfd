"""The page of a region's month, and the same as JSON: who published, who did not and why, when, how long it took."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import pandas as pd

from qa_analysis.dates import month_name
from qa_analysis.disk import replace_whole
from qa_analysis.english import counted, in_letters, listed
from qa_analysis.forms.html.page import page_of
from qa_analysis.framework import usual_words
from qa_analysis.publishing.front_page import INDEX
from qa_analysis.publishing.publish import published
from qa_analysis.region.compared.comparison import FEWEST
from qa_analysis.region.compared.written import Written
from qa_analysis.region.inputs import when_published
from qa_analysis.region.orders import REGION, STATES, Outcome
from qa_analysis.telling.blocks import Html, heading, inline, link, message, page, paragraph, table
from qa_analysis.telling.blocks import listed as listed_links

MINUTE: Final = 60


@dataclass(frozen=True)
class Told:
    """A region's month as it was run: which, from when to when, and what came of each council."""

    month: str
    begun: datetime
    ended: datetime
    outcomes: tuple[Outcome, ...]
    compared: Written = field(default_factory=Written)

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The councils without a month."""
        return tuple(one for one in self.outcomes if one.is_failed)

    @property
    def in_words(self) -> str:
        """The whole in a sentence or two."""
        tally = {state: sum(one.state == state for one in self.outcomes) for state in STATES}
        done = tally["published"] + tally["already published"]
        verb = "is" if 1 in (done, len(self.outcomes)) else "are"
        said = f"{done:,} of {counted(len(self.outcomes), 'council')} {verb} published"
        before = f", {tally['already published']:,} of them before this run" if tally["already published"] else ""
        none = (
            f" {counted(tally['not due'], 'council has', 'councils have')} no audit cycle that ends in the month."
            if tally["not due"]
            else ""
        )
        late = f" {counted(tally['outside its dates'], 'council is outside its', 'councils are outside their')} dates."
        return f"{said}{before}.{none}{late if tally['outside its dates'] else ''}"


def write_page(told: Told, outputs: Path) -> Path:
    """The page, and beside it the record that programs read; each is put in place whole."""
    folder = outputs / REGION
    folder.mkdir(parents=True, exist_ok=True)
    record = json.dumps(_record(told), indent=2, ensure_ascii=False) + "\n"
    replace_whole(
        folder / f"{told.month}.json", lambda staged: staged.write_text(record, encoding="utf-8", newline="\n")
    )
    text, place = region_page(told, outputs), folder / f"{told.month}.html"
    replace_whole(place, lambda staged: staged.write_text(text, encoding="utf-8", newline="\n"))
    return place


def region_page(told: Told, outputs: Path) -> str:
    """The page as text; links lead from the region's folder to each council's month."""
    cycle = month_name(told.month)
    body = page(
        heading(f"Councils of the region: audit cycle {cycle}", level=1),
        message(paragraph(told.in_words, kind="lead"), paragraph(_when(told))),
        *_failed(told, outputs),
        *_published(told, outputs),
        *_compared(told, outputs),
        *_not_due(told.outcomes),
        paragraph(
            "Each council is published by itself, with its own key, rules and settings: no figure on its pages comes "
            "from another council. Run the region again to do what is missing.",
            kind="note",
        ),
    )
    return page_of(body, title=f"Region: audit cycle {cycle}", council=replace(usual_words(), name="the region"))


def lasted(seconds: float) -> str:
    """A length of time as a table shows it."""
    return f"{seconds:.0f} s" if seconds < MINUTE else f"{int(seconds // MINUTE)} min {int(seconds % MINUTE):02} s"


def _when(told: Told) -> str:
    took = lasted((told.ended - told.begun).total_seconds())
    return f"Run on {told.begun:%d/%m/%Y} from {told.begun:%H:%M} to {told.ended:%H:%M}, in {took}."


def _failed(told: Told, outputs: Path) -> Iterable[Html]:
    if not told.failed:
        return
    rows = [
        [one.council, one.line, f"{one.exit_code}", lasted(one.seconds), _newest(one, told.month, outputs)]
        for one in told.failed
    ]
    columns = ["Council", "Why", "Exit code", "Took", "Published before"]
    yield heading("Not published", level=2)
    yield paragraph("Months that were published before are untouched. What each exit code means is in docs/errors.md.")
    yield table(pd.DataFrame(rows, columns=columns), "Councils without the month", numbers=["Exit code", "Took"])


def _published(told: Told, outputs: Path) -> Iterable[Html]:
    done = [one for one in told.outcomes if one.folder]
    if not done:
        return
    rows = [
        [
            link(one.council, f"../{quote(one.council)}/{quote(one.folder)}/{INDEX}"),
            one.folder,
            _day_and_time(when_published(outputs / one.council / one.folder)),
            "before this run" if one.state == "already published" else lasted(one.seconds),
        ]
        for one in done
    ]
    columns = ["Council", "Folder", "Published", "Took"]
    yield heading("Published", level=2)
    yield table(pd.DataFrame(rows, columns=columns), "Councils with the month", numbers=["Took"])


def _not_due(outcomes: Sequence[Outcome]) -> Iterable[Html]:
    if rows := [[one.council, one.line] for one in outcomes if one.state == "not due"]:
        yield heading("Without a cycle in the month", level=2)
        yield table(pd.DataFrame(rows, columns=["Council", "Why"]), "Councils with nothing to publish")
    if rows := [[one.council, one.line] for one in outcomes if one.state == "outside its dates"]:
        yield heading("Outside their dates", level=2)
        yield table(pd.DataFrame(rows, columns=["Council", "Why"]), "Councils that are not run for this month")


def _compared(told: Told, outputs: Path) -> Iterable[Html]:
    """Where the councils are compared; or why they are not."""
    if not any(one.folder for one in told.outcomes):
        return
    yield heading("Compared", level=2)
    if told.compared.page is None:
        yield paragraph(f"Councils are compared where at least {in_letters(FEWEST)} have a figure that can be shown.")
    else:
        region = outputs / REGION
        yield inline([link("The region's page, which names no council", told.compared.page.name)])
        yield paragraph("Each council's own page names that council alone: send it to nobody else.")
        yield listed_links(
            link(name, quote(f"{path.relative_to(region).as_posix()}"), of="its own page")
            for name, path in told.compared.editions.items()
        )
    if told.compared.unread:
        yield paragraph(f"Left out, because their tables cannot be read: {listed(told.compared.unread)}.")


def _newest(one: Outcome, month: str, outputs: Path) -> Html | str:
    """A link to the revision of the month that readers still have, from other inputs."""
    before = published(outputs / one.council, month)
    if before is None:
        return "no"
    return link(before.name, f"../{quote(one.council)}/{quote(before.name)}/{INDEX}", of=one.council)


def _day_and_time(written: str) -> str:
    try:
        return f"{datetime.fromisoformat(written):%d/%m/%Y %H:%M}"
    except ValueError:
        return "not known"


def _record(told: Told) -> dict[str, Any]:
    tally = {state: sum(one.state == state for one in told.outcomes) for state in STATES}
    return {
        "month": told.month,
        "begun": told.begun.isoformat(timespec="seconds"),
        "ended": told.ended.isoformat(timespec="seconds"),
        "councils": len(told.outcomes),
        **{str(state): number for state, number in tally.items()},
        "outcomes": [asdict(one) for one in told.outcomes],
    }
