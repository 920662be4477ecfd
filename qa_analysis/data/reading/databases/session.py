"""Sessions: what each kind of database offers to the one place that pulls rows from it."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from qa_analysis.data.reading.databases.declared import Database
from qa_analysis.data.reading.raw import Remark


@dataclass(frozen=True)
class Field:
    """One column of a query: its name, and how it is selected so that ids and dates come as text."""

    name: str
    selected: str


class Session(Protocol):
    """One read-only transaction, in which every query sees the same moment."""

    @property
    def read_at(self) -> str:
        """The server's own time of that moment, in UTC."""
        ...

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What the analyst should know of the session."""
        ...

    def fields(self, query: str) -> Sequence[Field]:
        """The columns of a query, without running it."""
        ...

    def rows(self, statement: str) -> Iterator[Sequence[object]]:
        """The rows of a statement, as they come."""
        ...


class Driver(Protocol):
    """How a kind of database is reached, and what its errors mean."""

    @property
    def errors(self) -> tuple[type[Exception], ...]:
        """What may be raised while a session is opened or read."""
        ...

    def session(self, database: Database, folder: Path) -> AbstractContextManager[Session]:
        """A session, closed and rolled back at the end."""
        ...

    def why(self, error: Exception, database: Database) -> str:
        """What an error means and what to do, in a sentence that repeats no word of the server's."""
        ...
