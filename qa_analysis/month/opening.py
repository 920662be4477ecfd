"""Opens a month for a notebook: from its published tables, or made from a folder of extracts."""

import tempfile
from datetime import date
from pathlib import Path

from qa_analysis.dates import parse_month
from qa_analysis.errors import WrongUse
from qa_analysis.month.files import read_month, write_month
from qa_analysis.month.month import Month
from qa_analysis.month.shared import SharedMonth, shared_of


def open_month(month: str, *, data: str = "", tables: str = "", as_at: str = "") -> Month:
    """A month for a notebook: from its published tables, or else made from a folder of extracts.

    A month made here uses a key that is kept nowhere: nothing a notebook shows depends on it.

    Raises:
        WrongUse: neither folder is given, or the tables are another month's.
    """
    if tables:
        found = read_month(Path(tables))
        if found.month != parse_month(str(month)):
            raise WrongUse(f"The tables in {Path(tables).name!r} are of {found.month}, not {month}.")
        return found
    if not data:
        raise WrongUse("Give the folder of extracts: -p data FOLDER (or, for a published month, -p tables FOLDER).")
    from qa_analysis.data.identity import new_key  # reading and checking takes seconds to load,
    from qa_analysis.month.preparing import prepare  # and a published month needs neither

    day = date.fromisoformat(as_at) if as_at else None
    prepared = prepare(Path(data), str(month), as_at=day, key=new_key())
    with tempfile.TemporaryDirectory(prefix="qa-") as scratch:
        write_month(prepared.month, Path(scratch))
        return read_month(Path(scratch))


def open_shared(month: str, *, data: str = "", tables: str = "", as_at: str = "") -> SharedMonth:
    """A month for a notebook that everyone may read; where it comes from as for `open_month`."""
    return shared_of(open_month(month, data=data, tables=tables, as_at=as_at))
