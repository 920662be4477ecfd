"""What sources.yaml says of each database, checked word by word; a password is never among it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from qa_analysis.data.reading.databases.query import refuse_view, single_query
from qa_analysis.data.reading.strict_yaml import Checks
from qa_analysis.errors import WrongUse

Kind = Literal["postgresql", "sql server", "sqlite", "duckdb"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
SERVER_KEYS: Final = ("host", "port", "database", "user", "user_may_write")
KEYS: Final[Mapping[Kind, tuple[str, ...]]] = {
    "postgresql": (*SERVER_KEYS, "authority"),
    "sql server": (*SERVER_KEYS, "certificate", "certificate_name", "dsn"),
    "sqlite": ("file",),
    "duckdb": ("file",),
}
SOURCE_KEYS: Final = ("database", "view", "query")  # of a dataset
OF_FILES: Final = ("file", "sheet", "header_row", "encoding", "delimiter")  # of a dataset, where it comes from a file

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}", re.ASCII)
_SECRET = re.compile(r"pass|pwd|secret|token|credential|url|uri|connection", re.IGNORECASE)
_ADDRESS = re.compile(r"[^;={}@\"']*")  # a password, or a setting of the driver, may hide behind any of these
_YES_NO = {"yes": True, "no": False}


@dataclass(frozen=True)
class Database:
    """One database of sources.yaml; what its kind does not know is left blank."""

    name: str
    kind: Kind
    host: str = ""
    port: int | None = None
    database: str = ""
    file: str = ""
    user: str = ""  # blank where the user signs in as on this machine
    authority: str = ""  # PostgreSQL: file of the certificate authority, where this machine does not know it
    certificate: str = ""  # SQL Server: file of the server's own certificate
    certificate_name: str = ""  # SQL Server: the name in its certificate, where that is not the host
    dsn: str = ""  # SQL Server: a data source name that ODBC knows on this machine
    user_may_write: bool = False  # whether the council accepts a user that could write

    @property
    def variable(self) -> str:
        """The environment variable of the password."""
        return f"QA_ANALYSIS_DB_{self.name.upper().replace('-', '_')}_PASSWORD"


def databases(written: Any, checks: Checks) -> dict[str, Database]:
    """Name -> database, of what stands under `databases`.

    Raises:
        WrongUse: a key means nothing, something is missing, or a password stands there.
    """
    return {name: _database(name, of, checks) for name, of in checks.mapping(written, "databases").items()}


def query_of(content: Mapping[str, Any], known: Mapping[str, Database], checks: Checks, place: str) -> dict[str, str]:
    """The database of a dataset, and the view or query, as `Source` holds them; empty where it comes from files.

    Raises:
        WrongUse: there is no such database, not one view or query, it is more than a query, or it is also a file.
    """
    if not any(key in content for key in SOURCE_KEYS):
        return {}
    text = {key: checks.text(content.get(key, ""), f"{place}, {key}") for key in SOURCE_KEYS}
    if text["database"] not in known:
        checks.known(text["database"], tuple(known), f"{place}, database")
    if bool(text["view"]) == bool(text["query"]):
        raise WrongUse(f"{checks.at(place)}: name one view, or write one query, of the database.")
    if wrong := [key for key in OF_FILES if content.get(key)]:
        raise WrongUse(f'{checks.at(place)}: "{wrong[0]}" is for a file; a dataset comes from a file or a database.')
    kind = known[text["database"]].kind
    if text["view"]:
        refuse_view(text["view"], kind, f"{checks.at(place)}, view")
    else:
        text["query"] = single_query(text["query"], kind, f"{checks.at(place)}, query")
    return text


def _database(name: str, written: Any, checks: Checks) -> Database:
    """One database."""
    place = f"databases, {name}"
    if not _NAME.fullmatch(name):
        raise WrongUse(f"{checks.at('databases')}: give each database a short name of letters, digits and hyphens.")
    content = checks.mapping(written, place)
    _refuse_secrets(name, content, checks)
    said = checks.known(checks.text(content.get("kind", ""), f"{place}, kind"), KINDS, f"{place}, kind")
    kind = next(known for known in KINDS if known == said)
    checks.mapping(content, place, ("kind", *KEYS[kind]))
    database = Database(
        name=name,
        kind=kind,
        port=_port(content.get("port"), place, checks),
        user_may_write=_YES_NO[checks.one_of(content.get("user_may_write", "no"), _YES_NO, place) or "no"],
        **{key: _address(content.get(key, ""), f"{place}, {key}", checks) for key in _texts(kind)},
    )
    _refuse_incomplete(database, place, checks)
    return database


def _texts(kind: Kind) -> list[str]:
    """The keys of a kind that are plain text."""
    return [key for key in KEYS[kind] if key not in ("port", "user_may_write")]


def _refuse_secrets(name: str, content: Mapping[str, Any], checks: Checks) -> None:
    """Refuse a password in the file, without repeating it."""
    if any(_SECRET.search(key) for key in content):
        variable = Database(name, "sqlite").variable
        raise WrongUse(
            f"{checks.at(f'databases, {name}')}: a password or connection string never stands in a file. Delete it "
            f"here, set the environment variable {variable} or run: keyring set qa-analysis {name}."
        )


def _address(written: Any, place: str, checks: Checks) -> str:
    """A host, a name, a user or a path, and nothing more."""
    text = checks.text(written, place)
    if not _ADDRESS.fullmatch(text) or not (text.isprintable()):
        raise WrongUse(f"{checks.at(place)}: write the name alone, without a password or further settings.")
    return text


def _port(written: Any, place: str, checks: Checks) -> int | None:
    """A port's number."""
    text = checks.text(written, f"{place}, port") if written is not None else ""
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and 0 < int(text[:6]) < 65536):
        raise WrongUse(f"{checks.at(place)}, port: write its number, such as 5432.")
    return int(text)


def _refuse_incomplete(database: Database, place: str, checks: Checks) -> None:
    """Refuse a database that cannot be found by what is said of it."""
    is_file = database.kind in ("sqlite", "duckdb")
    missing = [
        key
        for key in (("file",) if is_file else ("host", "database"))
        if not getattr(database, key) and not database.dsn
    ]
    if missing:
        raise WrongUse(f"{checks.at(place)}: say its {' and its '.join(missing)}.")
