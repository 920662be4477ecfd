"""Writes the inspection pack into the output folder, whole or not at all, as every publication is."""

import shutil
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from qa_analysis.dates import day_name
from qa_analysis.disclosure.places import MANIFEST
from qa_analysis.english import at_first
from qa_analysis.errors import WrongUse
from qa_analysis.forms.excel.workbook import write_workbook
from qa_analysis.forms.html.page import page_of
from qa_analysis.publishing.inspection.known import Known, known
from qa_analysis.publishing.inspection.page import pack_page, sheets, title_of
from qa_analysis.publishing.publish import publish, staging

INSPECTIONS: Final = "inspections"  # in the output folder; a folder for each day within it, and there one for the cycle
PAGE, FIGURES, FILES = "index.html", "figures.xlsx", "files.sha256"


@dataclass(frozen=True)
class Pack:
    """Where an inspection pack was put, and what to say of it."""

    folder: Path
    lines: tuple[str, ...]


def inspect(outputs: Path, month: str, day: date, *, now: datetime, with_later: bool = False) -> Pack:
    """The pack of what was known on a day of a cycle, from what was published by then.

    Raises:
        WrongUse: the day has not come, the month is none, or nothing of it had been published by then.
        Changed: what was published is not whole, or not as it was.
        Busy, OutputUnwritable: as in docs/errors.md.
    """
    if day > now.date():
        raise WrongUse(
            f"{day_name(day)} has not come yet: nobody can say what is known then. Give --on an earlier day."
        )
    found = known(outputs, month, day)
    with staging(outputs, month, now=now) as folder:
        _write(found, folder, with_later=with_later)
        sealed = {"known_on": day.isoformat(), "published": now.isoformat(), "taken_from": _taken_from(found)}
        return Pack(publish(folder, _place(outputs, day), month, sealed), _lines(found))


def _write(found: Known, folder: Path, *, with_later: bool) -> None:
    council, title = found.used[-1].council, title_of(found)
    page = page_of(pack_page(found, with_later=with_later), title=title, council=council)
    (folder / PAGE).write_text(page, encoding="utf-8", newline="\n")
    name, marking = at_first(council.name), council.marked("month")
    write_workbook(folder / FIGURES, sheets(found, with_later=with_later), title=title, council=name, marking=marking)
    listed = [f"{row.sha256}  {row.published_in}/{row.file}\n" for row in found.files.itertuples()]
    (folder / FILES).write_text("".join(listed), encoding="utf-8", newline="\n")


def _place(outputs: Path, day: date) -> Path:
    """The folder for packs of a day, as open as the output folder itself."""
    place = outputs / INSPECTIONS / f"known-on-{day}"
    for folder in (place.parent, place):
        if not folder.is_dir():
            folder.mkdir()
            shutil.copymode(outputs, folder)
    return place


def _taken_from(found: Known) -> list[str]:
    return [f"{one.folder}/{MANIFEST}" for one in found.used]


def _lines(found: Known) -> tuple[str, ...]:
    """What to say of a pack: the editions it was taken from, with the day of each."""
    return tuple(
        f"  from {one.folder}, published {day_name(one.published.date())}, data as at {day_name(one.as_at)}"
        for one in found.used
    )
