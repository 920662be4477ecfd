"""Servers: one read-only transaction over SQLAlchemy, its isolation set before it begins, always rolled back."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import URL, Connection, create_engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from qa_analysis.data.reading.databases.declared import Database
from qa_analysis.data.reading.raw import Remark
from qa_analysis.errors import InputRefused

ERRORS: tuple[type[Exception], ...] = (SQLAlchemyError, OSError)
BATCH = 10_000  # rows fetched at a time
PATIENCE = 15  # seconds until a server that does not answer counts as not there

BROKEN = "the connection broke while it was read. Nothing was kept of it. Run again when the server is back."
NOT_THERE = "the server does not answer. Check host and port in sources.yaml, and whether you are on the network."
NOT_RUN = "the server cannot run the query. Try it in the database's own tool, and correct it in sources.yaml."


@dataclass(frozen=True)
class Proof:
    """What the server itself says of a transaction, as its first word in it."""

    read_at: str
    is_snapshot: bool
    writable: int  # how many tables the user could write to
    example: str | None  # one of them


@dataclass(frozen=True)
class ServerSession:
    """A session on a server; each kind adds how the columns of a query are told."""

    connection: Connection
    read_at: str
    remarks: tuple[Remark, ...]

    def rows(self, statement: str) -> Iterator[Sequence[object]]:
        """The rows of a statement, a batch at a time."""
        options = {"stream_results": True, "max_row_buffer": BATCH}
        with self.connection.exec_driver_sql(statement, execution_options=options) as result:
            yield from result


@contextmanager
def transaction(url: URL, *, isolation: str, arguments: dict[str, Any], **options: Any) -> Iterator[Connection]:
    """A connection in a transaction of that isolation, rolled back at the end whatever happened."""
    engine = create_engine(url, isolation_level=isolation, poolclass=NullPool, connect_args=arguments)
    with engine.connect().execution_options(no_parameters=True, **options) as connection:
        yield connection


def cannot_write(proof: Proof, database: Database) -> tuple[Remark, ...]:
    """Nothing, where the server says that the user cannot write; a remark where the council accepts one who could.

    Raises:
        InputRefused: the user could write, or the transaction is not what was asked for.
    """
    if not proof.is_snapshot:
        raise InputRefused(
            f"{database.name}: the server did not begin a read-only snapshot, as some pools of connections do not. "
            "Give the server's own host and port."
        )
    if not proof.writable:
        return ()
    could = f"the user could write to {proof.writable:,} of its tables, such as {proof.example}"
    if database.user_may_write:
        return (Remark("user-may-write", f"{database.name}: {could}. Ask for a user that may only read."),)
    raise InputRefused(
        f"{database.name}: {could}. Ask for a user that may only read (GRANT SELECT, and nothing else). If there is "
        "none, write user_may_write: yes in sources.yaml; what is run reads all the same."
    )


def sign_in(database: Database) -> str:
    """What to do where the server did not take the user or the password."""
    return (
        f"the server did not accept the user or the password. Check user in sources.yaml, and set "
        f"{database.variable} or run: keyring set qa-analysis {database.name}."
    )
