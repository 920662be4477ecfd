"""The rows of every dataset that comes from a database, each database's from one snapshot, as raw tables."""

import hashlib
import importlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Final

from qa_analysis.data.reading.cell_text import TEXT_FAULT
from qa_analysis.data.reading.databases.declared import Database
from qa_analysis.data.reading.databases.session import Driver, Field, Session
from qa_analysis.data.reading.raw import Cell, RawTable, Source
from qa_analysis.errors import InputRefused

MAX_ROWS: Final = 1_000_000
MAX_COLUMNS: Final = 300
EXTRAS: Final = {"duckdb": "duckdb"}  # of the package, for a kind; the others need sql


def pulled(folder: Path, databases: Mapping[str, Database], sources: Sequence[Source]) -> list[tuple[Source, RawTable]]:
    """The table of every source that names a database.

    Raises:
        InputRefused: a database cannot be reached or read, or its user could write.
    """
    return [
        pair
        for database in databases.values()
        if (wanted := [source for source in sources if source.database == database.name])
        for pair in zip(wanted, _in_one_snapshot(database, folder, wanted), strict=True)
    ]


def _in_one_snapshot(database: Database, folder: Path, sources: Sequence[Source]) -> list[RawTable]:
    """The tables of one database, all of the same moment."""
    driver = _driver(database)
    with _plainly(driver, database, database.name), driver.session(database, folder) as session:
        tables = []
        for source, sheet in zip(sources, _sheets(sources), strict=True):
            with _plainly(driver, database, f"{database.name}, {sheet}"):
                tables.append(_table(session, database, source, sheet))
        return [replace(table, remarks=session.remarks if not number else ()) for number, table in enumerate(tables)]


def _driver(database: Database) -> Driver:
    """What reaches a database of that kind; its library is loaded only here."""
    try:
        match database.kind:
            case "postgresql":
                from qa_analysis.data.reading.databases.postgresql import PostgreSQL

                return PostgreSQL()
            case "sql server":
                from qa_analysis.data.reading.databases.sql_server import SQLServer

                importlib.import_module("pyodbc" if database.dsn else "mssql_python")
                return SQLServer()
            case "duckdb":
                from qa_analysis.data.reading.databases.duck import DuckDB

                return DuckDB()
            case "sqlite":
                from qa_analysis.data.reading.databases.sqlite import SQLite

                return SQLite()
    except ImportError as error:
        raise not_installed(database.name, database.kind, extra=EXTRAS.get(database.kind, "sql")) from error


def not_installed(place: str, what: str, *, extra: str) -> InputRefused:
    """What to do where a library is not there."""
    return InputRefused(
        f"{place}: reading {what} needs libraries that are not installed. Run .ci/start.py databases, or: "
        f'pip install "qa-analysis[{extra}]".'
    )


@contextmanager
def _plainly(driver: Driver, database: Database, place: str) -> Iterator[None]:
    """What a library or a server complains of, in one line of ours: theirs may hold a value or a name."""
    try:
        yield
    except driver.errors as error:
        raise InputRefused(f"{place}: {driver.why(error, database)}") from None


def _sheets(sources: Sequence[Source]) -> list[str]:
    """What each table is called: its view, or the query of its dataset."""
    seen: dict[str, int] = {}
    sheets = []
    for source in sources:
        name = source.view or f"query of {source.dataset}"
        seen[name] = number = seen.get(name, 0) + 1
        sheets.append(name if source.view or number == 1 else f"{name} {number}")
    return sheets


def _table(session: Session, database: Database, source: Source, sheet: str) -> RawTable:
    """One view or query as a raw table: its columns as headings, its rows in the order of what they hold.

    A database keeps no order: they are put in one, so that the same rows give the same row numbers and checksum.
    """
    place = f"{database.name}, {sheet}"
    query = source.query or f"SELECT * FROM {source.view}"
    fields = session.fields(query)
    _refuse_names(fields, place)
    rows = sorted(
        _cells(session.rows(statement_of(fields, query)), place), key=lambda row: [_text(cell) for cell in row]
    )
    headings = [field.name for field in fields]
    return RawTable(
        file=database.name,
        sheet=sheet,
        sha256=checksum(headings, rows),
        rows=[headings, *rows],
        read_at=session.read_at,
    )


def statement_of(fields: Sequence[Field], query: str) -> str:
    """The statement that is run: the query in parentheses, in which nothing but a query can stand."""
    return f"SELECT {', '.join(field.selected for field in fields)} FROM (\n{query}\n) AS qa_query"


def checksum(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """SHA-256 of a table's content: one JSON list a line, the headings first, in UTF-8."""
    digest = hashlib.sha256()
    for row in (headings, *rows):
        digest.update(json.dumps(row, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass") + b"\n")
    return digest.hexdigest()


def cell(value: object) -> Cell:
    """A value of a database as a file would hold it: whole numbers as text, because an id may be one of any length.

    A number with a fraction stays one, so that a prompt kept as 3.1 is not taken for certain: it may have been 3.10.
    """
    if isinstance(value, bytes | bytearray | memoryview):
        return TEXT_FAULT
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        whole = value.is_finite() and value.as_tuple().exponent == 0
        return str(value) if whole else float(value)
    return str(value) if isinstance(value, int) else value if isinstance(value, float | str | None) else str(value)


def _cells(rows: Iterable[Sequence[object]], place: str) -> Iterator[list[Cell]]:
    """The rows as cells, up to a sane number of them."""
    for number, row in enumerate(rows):
        if number == MAX_ROWS:
            raise InputRefused(
                f"{place}: it has more than {MAX_ROWS:,} rows. Select fewer, such as those of two years."
            )
        yield [cell(value) for value in row]


def _refuse_names(fields: Sequence[Field], place: str) -> None:
    """Refuse columns that cannot be named."""
    names = [field.name for field in fields]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None or "" in names:
        shown = f'two columns are called "{twice}"' if twice else "a column has no name"
        raise InputRefused(f"{place}: {shown}. Give each its own, with AS.")
    if len(names) > MAX_COLUMNS:
        raise InputRefused(f"{place}: it has more than {MAX_COLUMNS} columns. Select those that are wanted.")


def _text(value: Cell) -> str:
    """A cell as it is put in order."""
    return "" if value is None else str(value)
