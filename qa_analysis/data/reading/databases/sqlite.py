"""SQLite, by the standard library: the file is opened for reading, and nothing but reading is authorised."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from qa_analysis.data.reading.databases import files
from qa_analysis.data.reading.databases.declared import Database
from qa_analysis.data.reading.databases.session import Field
from qa_analysis.data.reading.raw import Remark

READING: Final = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
PATIENCE: Final = 15.0  # seconds to wait for another program's lock


@dataclass(frozen=True)
class _Session:
    """A session on a SQLite file."""

    connection: sqlite3.Connection
    read_at: str
    remarks: tuple[Remark, ...] = ()

    def fields(self, query: str) -> Sequence[Field]:
        """The columns of a query. Their types say nothing, since each value of SQLite has its own."""
        cursor = self.connection.execute(f"SELECT * FROM (\n{query}\n) AS qa_query LIMIT 0")
        names = [str(column[0]) for column in cursor.description]
        return [Field(name, f'qa_query."{name.replace(chr(34), chr(34) * 2)}"') for name in names]

    def rows(self, statement: str) -> Iterator[Sequence[object]]:
        """The rows of a statement, as they come."""
        return self.connection.execute(statement)


class SQLite:
    """How SQLite is reached, and what its errors mean."""

    errors: tuple[type[Exception], ...] = (sqlite3.Error,)

    @contextmanager
    def session(self, database: Database, folder: Path) -> Iterator[_Session]:
        """A session, closed at the end."""
        address = f"{files.file_of(database, folder).resolve().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None)) as connection:
            connection.execute("BEGIN")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # the moment that every query sees
            [read_at] = connection.execute("SELECT strftime('%Y-%m-%dT%H:%M:%SZ', 'now')").fetchone()
            connection.set_authorizer(_only_reading)
            yield _Session(connection, read_at)

    def why(self, error: Exception, database: Database) -> str:
        """What an error means and what to do."""
        return files.why(error)


def _only_reading(action: int, *of: str | None) -> int:
    """Whether SQLite may do what a statement asks for."""
    return sqlite3.SQLITE_OK if action in READING else sqlite3.SQLITE_DENY
