"""DuckDB, and Parquet through it: the file is opened for reading, and no other file can be reached from a query."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from qa_analysis.data.reading.databases import files
from qa_analysis.data.reading.databases.declared import Database
from qa_analysis.data.reading.databases.session import Field
from qa_analysis.data.reading.raw import Remark

WITH_FRACTION: Final = ("FLOAT", "DOUBLE", "REAL", "DECIMAL")
WITH_ZONE: Final = "TIMESTAMP WITH TIME ZONE"
SAFE: Final = {"enable_external_access": "false", "autoinstall_known_extensions": "false", "lock_configuration": "true"}


@dataclass(frozen=True)
class _Session:
    """A session on a DuckDB file."""

    connection: duckdb.DuckDBPyConnection
    read_at: str
    remarks: tuple[Remark, ...] = ()

    def fields(self, query: str) -> Sequence[Field]:
        """The columns of a query, without running it."""
        described = self.connection.execute(f"DESCRIBE SELECT * FROM (\n{query}\n) AS qa_query").fetchall()
        return [Field(str(name), selected(str(name), str(kind))) for name, kind, *_ in described]

    def rows(self, statement: str) -> Iterator[Sequence[object]]:
        """The rows of a statement, as they come."""
        cursor = self.connection.execute(statement)
        while batch := cursor.fetchmany(10_000):
            yield from batch


class DuckDB:
    """How DuckDB is reached, and what its errors mean."""

    errors: tuple[type[Exception], ...] = (duckdb.Error,)

    @contextmanager
    def session(self, database: Database, folder: Path) -> Iterator[_Session]:
        """A session, closed and rolled back at the end."""
        path = files.file_of(database, folder)
        with closing(duckdb.connect(str(path), read_only=True, config=dict(SAFE))) as connection:
            connection.execute("BEGIN TRANSACTION READ ONLY")
            [read_at] = connection.execute(
                "SELECT strftime(get_current_timestamp() AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%SZ')"
            ).fetchall()[0]
            yield _Session(connection, str(read_at))

    def why(self, error: Exception, database: Database) -> str:
        """What an error means and what to do."""
        return files.why(error)


def rows_of_parquet(path: Path) -> tuple[list[str], list[tuple[object, ...]]]:
    """The columns and the rows of a Parquet file."""
    with closing(duckdb.connect()) as connection:
        session, query = (
            _Session(connection, ""),
            f"SELECT * FROM read_parquet('{str(path).replace(chr(39), chr(39) * 2)}')",
        )
        fields = session.fields(query)
        statement = f"SELECT {', '.join(field.selected for field in fields)} FROM ({query}) AS qa_query"
        return [field.name for field in fields], connection.execute(statement).fetchall()


def selected(name: str, kind: str) -> str:
    """How a column is selected: as text, save for numbers that have fractions; a time with its zone as here."""
    column = f'qa_query."{name.replace(chr(34), chr(34) * 2)}"'
    if kind.startswith(WITH_FRACTION):
        return column
    return (
        f"CAST({column} AT TIME ZONE 'Europe/London' AS VARCHAR)" if kind == WITH_ZONE else f"CAST({column} AS VARCHAR)"
    )
