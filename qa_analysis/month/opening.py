"""Opens a month for a notebook: from its published tables, from the rows kept beside them, or from extracts.

Reading a published month takes neither measures nor contracts, so what loads those is imported where it is needed.
"""

import os
from datetime import date
from pathlib import Path

from qa_analysis.data.scope import Scope
from qa_analysis.dates import parse_month
from qa_analysis.disclosure.places import DATA_VARIABLE, PUBLISHED_VARIABLE, RESTRICTED, ROWS, is_published
from qa_analysis.errors import DisclosureFailed, WrongUse
from qa_analysis.month.files import read_month
from qa_analysis.month.month import Month
from qa_analysis.month.place import of_place
from qa_analysis.month.shared import SharedMonth, shared_of

MONTH_LETTERS = len("2023-06")  # a later revision of a month is called 2023-06-r2


def open_month(
    month: str, *, data: str = "", tables: str = "", as_at: str = "", service: str = "", team: str = ""
) -> Month:
    """A month for a notebook: of the whole, or of one service or team.

    `tables` is the tables/ folder of a published month: the month itself is read from there, and any other month or
    place is measured from the rows kept beside it. `data` is a folder of extracts, or a published month's folder; where
    neither is given, it is the one that qa-analysis explore was started with. A month made from extracts uses a key
    that is kept nowhere: nothing a notebook shows depends on it.

    Raises:
        WrongUse: no folder is given, there is no such month or place, or its rows are not at hand.
        DisclosureFailed: the place has too few children or workers for figures of its own.
    """
    if not (tables or data):
        month, data = _as_started_with(str(month))
    month, scope = parse_month(str(month)), Scope(str(service).strip(), str(team).strip())
    day = date.fromisoformat(as_at) if as_at else None
    if tables:
        published = read_month(Path(tables))
        if published.month == month and scope.is_whole and day in (None, published.as_at):
            return published
        return _from_rows(Path(tables).resolve().parent, month, day, scope)
    if is_published(Path(data)):
        return _from_rows(Path(data), month, day, scope)
    return _from_extracts(Path(data), month, day, scope)


def open_shared(
    month: str, *, data: str = "", tables: str = "", as_at: str = "", service: str = "", team: str = ""
) -> SharedMonth:
    """A month for a notebook that everyone may read; where it comes from as for `open_month`.

    Raises:
        DisclosureFailed: of one team nothing is told to everyone.
    """
    if str(team).strip():
        raise DisclosureFailed(
            "What everyone may read covers the whole or one service, never one team. Leave team blank."
        )
    return shared_of(open_month(month, data=data, tables=tables, as_at=as_at, service=service))


def open_place(
    month: str, *, data: str = "", tables: str = "", as_at: str = "", service: str = "", team: str = ""
) -> Month:
    """A month for a notebook that is made for each service or team: what the month's own edition tells of one of them.

    Where it comes from is as for `open_month`. With neither service nor team it is the month of the whole.

    Raises:
        WrongUse: there is no such place.
    """
    return of_place(open_month(month, data=data, tables=tables, as_at=as_at), service=str(service), team=str(team))


def _as_started_with(month: str) -> tuple[str, str]:
    """The folder that JupyterLab was started with, and where no month is written its own.

    Raises:
        WrongUse: it was started with none.
    """
    folder = os.environ.get(PUBLISHED_VARIABLE) or os.environ.get(DATA_VARIABLE, "")
    if not folder:
        raise WrongUse(
            "There is nothing to open. Write the folder of extracts, or of a published month, in the cell above: "
            'data = "FOLDER" (with papermill: -p data FOLDER).'
        )
    return month or (Path(folder).name[:MONTH_LETTERS] if PUBLISHED_VARIABLE in os.environ else ""), folder


def _from_rows(folder: Path, month: str, day: date | None, scope: Scope) -> Month:
    """A month of any place from the rows of a published one.

    Raises:
        WrongUse: they are not there, or this user may not open them.
    """
    from qa_analysis.month.measuring import month_of
    from qa_analysis.month.rows import read_rows

    try:
        rows = read_rows(folder)
    except (WrongUse, PermissionError):
        raise WrongUse(
            f"What {folder.name} shows is the whole of its own month. Another month, day, service or team is "
            f"calculated from its {RESTRICTED}/{ROWS}, which is not there or not open to you. Give the folder of "
            "extracts instead: data = FOLDER."
        ) from None
    return month_of(rows, month, as_at=day, scope=scope)


def _from_extracts(folder: Path, month: str, day: date | None, scope: Scope) -> Month:
    """A month of any place from a folder of extracts, by a key that is kept nowhere."""
    from qa_analysis.data.identity import new_key
    from qa_analysis.month.measuring import month_of
    from qa_analysis.month.preparing import prepare

    prepared = prepare(folder, month, as_at=day, key=new_key())
    return prepared.month if scope.is_whole else month_of(prepared.rows, month, as_at=day, scope=scope)
