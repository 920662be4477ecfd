"""Small caseloads for draws: say what matters of a record, the rest is filled in."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pandas import DataFrame
from small import frame

from qa_analysis.draw.asked import asked_for
from qa_analysis.draw.drawing import Draw, draw
from qa_analysis.draw.frame import Frame, frame_of
from qa_analysis.draw.record import DETAILS_FILE, RECORD_FILE, details, drawn_rows, with_draw, write_details, write_rows
from qa_analysis.framework import Rules, rules_for

MONTH = "2023-07"
SEED = "31415926535897932384"
OPEN = {
    "snapshot_on": "2023-06-30", "case_status": "CIN", "service_area": "Safeguarding", "team": "North",
    "key_worker_id": "kw", "opened_on": "2023-01-09",
}  # fmt: skip
Rows = Iterable[Mapping[str, Any]]


def records(number: int, *, first: int = 1, **said: Any) -> list[dict[str, Any]]:
    """So many open records that say the same, numbered from the first; each has a key worker of its own."""
    return [
        {**OPEN, "child_id": f"C{place:05}", "key_worker_id": f"kw{place}", **said}
        for place in range(first, first + number)
    ]


def framed(
    rows: Rows,
    *,
    size: int | None = 4,
    audits: Rows | None = None,
    plan: Rows = (),
    rules: Rules | None = None,
    before: DataFrame | None = None,
) -> Frame:
    """The frame of July 2023."""
    held = rules or rules_for(MONTH)
    asked = asked_for(MONTH, frame("audit_plan", plan), held, size=size)
    done = None if audits is None else frame("audits", audits)
    return frame_of(frame("caseload", rows), done, asked=asked, rules=held, drawn_before=before)


def drawn(rows: Rows, *, seed: str = SEED, **said: Any) -> Draw:
    """A draw of July 2023."""
    return draw(framed(rows, **said), seed)


def recorded(
    folder: Path, rows: Rows, *, seed: str = SEED, nominated: frozenset[str] = frozenset(), **said: Any
) -> Path:
    """A folder that holds the record of a draw."""
    held = framed(rows, **said)
    made = draw(held, seed, nominated=nominated)
    write_rows(drawn_rows(held, made), folder / RECORD_FILE)
    page = with_draw(details(held, nonce="5eed", made_on="2023-06-28"), made, drawn_on="2023-06-29")
    write_details(page, folder / DETAILS_FILE)
    return folder


def column(made: Draw, name: str) -> dict[str, Any]:
    """One column of a draw, by record."""
    return dict(zip(made.records["child_id"], made.records[name], strict=True))
