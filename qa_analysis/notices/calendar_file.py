"""Whole-day entries for an auditor's calendar, as RFC 5545 writes them.

Whole days carry a date and no time: a time without a zone is read differently by different programs, and a whole day
ends on the day after it (VALUE=DATE). Entries are private and leave the day free, because they are to be moved.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

WIDEST: Final = 75  # bytes of a line, without its end
PRODUCER: Final = "-//qa-analysis//audit notices//EN"


@dataclass(frozen=True)
class Entry:
    """One whole day: what it is known by, its day, its title and what to know."""

    key: str  # the same for the same audit, whenever the list is made: the entry is then moved and not doubled
    day: date
    title: str
    about: str


def calendar_file(entries: Iterable[Entry], *, made_on: date) -> str:
    """The entries as one file, with the line ends that the standard asks for."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCER}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines += [line for entry in entries for line in _event(entry, made_on)]
    return "".join(f"{_folded(line)}\r\n" for line in (*lines, "END:VCALENDAR"))


def _event(entry: Entry, made_on: date) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{hashlib.sha256(entry.key.encode()).hexdigest()[:32]}@qa-analysis",
        f"DTSTAMP:{made_on:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(entry.title)}",
        f"DESCRIPTION:{_text(entry.about)}",
        "CLASS:PRIVATE",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _text(words: str) -> str:
    """Words with what would end a value marked, and without control characters."""
    marked = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    return "".join(letter for letter in marked if letter.isprintable())


def _folded(line: str) -> str:
    """The line on as many as it needs, each but the first begun with a space; no letter is cut in two."""
    parts, size = [""], 0
    for letter in line:
        wide = len(letter.encode())
        if size + wide > WIDEST:
            parts.append(" ")
            size = 1
        parts[-1] += letter
        size += wide
    return "\r\n".join(parts)
