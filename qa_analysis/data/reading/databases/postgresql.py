"""PostgreSQL: a REPEATABLE READ READ ONLY transaction by psycopg, its server's certificate and name checked."""

import re
import ssl
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import psycopg  # noqa: F401  # so that a missing driver is known before anything is opened
from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

from qa_analysis.data.reading.databases.credentials import password
from qa_analysis.data.reading.databases.declared import Database
from qa_analysis.data.reading.databases.server import (
    BROKEN,
    ERRORS,
    NOT_RUN,
    NOT_THERE,
    PATIENCE,
    Proof,
    ServerSession,
    cannot_write,
    sign_in,
    transaction,
)
from qa_analysis.data.reading.databases.session import Field
from qa_analysis.errors import InputRefused

FLOATING: Final = {700, 701, 1700, 790}  # type numbers of real, double precision, numeric and money
WITH_ZONE: Final = 1184  # timestamp with time zone
LONGEST_STATEMENT: Final = "15min"

SETTINGS: Final = (
    "SET LOCAL TimeZone = 'Europe/London'",
    "SET LOCAL DateStyle = 'ISO, YMD'",
    "SET LOCAL standard_conforming_strings = on",
    "SET LOCAL extra_float_digits = 1",
    f"SET LOCAL statement_timeout = '{LONGEST_STATEMENT}'",
)
# The tables of this database that the user could change, unless the server takes no writing at all, as a standby does,
# or itself gives this user read-only sessions; that this machine asks for such sessions does not count.
PROOF: Final = """
WITH could AS (
    SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS name
    FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'f')
        AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'
        AND (pg_catalog.has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
            OR pg_catalog.has_any_column_privilege(c.oid, 'INSERT, UPDATE'))
        AND NOT pg_catalog.pg_is_in_recovery()
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_settings WHERE name = 'default_transaction_read_only'
            AND setting = 'on' AND source NOT IN ('client', 'session'))
)
SELECT
    pg_catalog.to_char(pg_catalog.timezone('UTC', pg_catalog.statement_timestamp()), 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    pg_catalog.current_setting('transaction_isolation') = 'repeatable read'
        AND pg_catalog.current_setting('transaction_read_only') = 'on',
    (SELECT pg_catalog.count(*) FROM could),
    (SELECT pg_catalog.min(name) FROM could)
"""

_BY_STATE: Final = (
    (r"28...", "sign in"),
    (r"42501", "the user has no right to read it. Ask for GRANT SELECT on it, and GRANT USAGE on its schema."),
    (
        r"42P01|3F000",
        "there is no such table or view, or not in this database. Name it with its schema, as it is there.",
    ),
    (r"42703", "the query names a column that is not there. Correct it in sources.yaml."),
    (r"3D000", "the server has no database of that name. Check database in sources.yaml."),
    (r"25006", "it tried to write, and was stopped. A query may only read."),
    (
        r"57014",
        f"it took longer than {LONGEST_STATEMENT}, or was cancelled on the server. Run again at a quieter time.",
    ),
    (r"40...", "the server needed the rows for something else while they were read. Run again."),
    (r"42...", NOT_RUN),
    (r"22021", "it holds text that is not UTF-8. Ask for a view that converts it."),
    (r"22...", "a value in it cannot be converted. Try the query in the database's own tool, and correct it there."),
)
_BY_TEXT: Final = (
    (
        r"certificate|SSL error|no such file.*root",
        "the server's certificate could not be verified: it has expired, is not from an authority that this machine "
        "knows, or has another name than host. Three remedies, all for IT: renew it; install the authority on this "
        "machine or name its file in sources.yaml (authority); or give as host the name in the certificate.",
    ),
    (r"does not support SSL", "the server offers no encryption. Ask IT to switch TLS on for it (ssl = on)."),
    (r"password|authentication|role .* does not exist|pg_hba", "sign in"),
    (r"database .* does not exist", "the server has no database of that name. Check database in sources.yaml."),
    (
        r"translate host|resolve",
        "there is no such host. Check host in sources.yaml, and whether you are on the network.",
    ),
)


class _Session(ServerSession):
    """A session on a PostgreSQL server."""

    def fields(self, query: str) -> Sequence[Field]:
        """The columns of a query, without running it."""
        with self.connection.exec_driver_sql(f"SELECT * FROM (\n{query}\n) AS qa_query LIMIT 0") as result:
            described: Sequence[Sequence[Any]] = result.cursor.description or ()
            return [Field(name, selected(name, kind)) for name, kind, *_ in described]


class PostgreSQL:
    """How PostgreSQL is reached, and what its errors mean."""

    errors = ERRORS

    @contextmanager
    def session(self, database: Database, folder: Path) -> Iterator[_Session]:
        """A session, closed and rolled back at the end."""
        with tempfile.TemporaryDirectory() as place:
            options = arguments(database, folder, Path(place))
            with transaction(
                url(database), isolation="REPEATABLE READ", arguments=options, postgresql_readonly=True
            ) as connection:
                for setting in SETTINGS:
                    connection.exec_driver_sql(setting)
                proof = Proof(*connection.exec_driver_sql(PROOF).one())
                yield _Session(connection, proof.read_at, cannot_write(proof, database))

    def why(self, error: Exception, database: Database) -> str:
        """What an error means and what to do."""
        cause = error.orig if isinstance(error, DBAPIError) else error
        if state := getattr(cause, "sqlstate", None):
            known = next((told for pattern, told in _BY_STATE if re.fullmatch(pattern, state)), BROKEN)
        else:
            is_open = isinstance(error, DBAPIError) and error.statement is not None
            text = str(cause)
            reached = BROKEN if is_open else NOT_THERE
            known = next((told for pattern, told in _BY_TEXT if re.search(pattern, text, re.IGNORECASE)), reached)
        return sign_in(database) if known == "sign in" else known


def url(database: Database) -> URL:
    """The address of a database with its user's password, which SQLAlchemy never prints."""
    return URL.create(
        "postgresql+psycopg",
        username=database.user or None,
        password=password(database),
        host=database.host,
        port=database.port,
        database=database.database,
    )


def arguments(database: Database, folder: Path, place: Path) -> dict[str, Any]:
    """How the connection is made: encrypted, the server's certificate and name checked; nothing hangs for ever.

    A socket in a folder of this machine is no network, and libpq encrypts none.
    """
    return {
        "sslmode": "verify-full",
        "sslrootcert": _authority(database, folder, place),
        "connect_timeout": PATIENCE,
        "keepalives_idle": 30,
        "keepalives_interval": 10,
        "keepalives_count": 3,
        "application_name": "qa-analysis",
        "client_encoding": "utf8",  # else a database without an encoding gives bytes
    }


def _authority(database: Database, folder: Path, place: Path) -> str:
    """The file of the authorities to trust: the one named, or all that this machine trusts, Windows' own too."""
    if database.authority:
        named = folder / database.authority
        if not named.is_file():
            raise InputRefused(f"{database.name}: there is no file {named.name} of an authority. Check authority.")
        return str(named)
    trusted = ssl.create_default_context().get_ca_certs(binary_form=True)
    if not trusted:
        return "system"
    file = place / "authorities.pem"
    file.write_text("".join(map(ssl.DER_cert_to_PEM_cert, trusted)), encoding="ascii")
    return str(file)


def selected(name: str, kind: int) -> str:
    """How a column is selected: as text, save for numbers that have fractions; a time with its zone as here."""
    column = f'qa_query."{name.replace(chr(34), chr(34) * 2)}"'
    if kind in FLOATING:
        return column
    local = f"pg_catalog.timezone('Europe/London', {column})" if kind == WITH_ZONE else column
    return f"({local})::pg_catalog.text"
