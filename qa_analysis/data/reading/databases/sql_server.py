"""SQL Server: a SNAPSHOT transaction by mssql-python, or by pyodbc where a data source name is given.

Nobody has run this against a server yet: the tests hold its address and its statements to what is documented.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

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

FLOATING: Final = re.compile(r"float|real|money|smallmoney|(?:decimal|numeric)\(\d+,[1-9]\d*\)")
DATED: Final = re.compile(r"date|datetime|smalldatetime|datetime2(?:\(\d\))?")
WITH_ZONE: Final = re.compile(r"datetimeoffset(?:\(\d\))?")
LOGIN_TIMEOUT: Final = 103  # ODBC's number of that setting
ISO: Final = 126  # the style of CONVERT that writes YYYY-MM-DDThh:mm:ss

SHAPE: Final = (
    "SELECT name, system_type_name, error_number FROM sys.dm_exec_describe_first_result_set(N'{query}', NULL, 0) "
    "WHERE is_hidden = 0 OR is_hidden IS NULL ORDER BY column_ordinal"
)
PROOF: Final = """
WITH could AS (
    SELECT QUOTENAME(SCHEMA_NAME(schema_id)) + '.' + QUOTENAME(name) AS name FROM sys.objects WHERE type IN ('U', 'V')
)
SELECT
    CONVERT(varchar(19), SYSUTCDATETIME(), 126) + 'Z',
    (SELECT CASE WHEN transaction_isolation_level = 5 THEN 1 ELSE 0 END
        FROM sys.dm_exec_sessions WHERE session_id = @@SPID),
    COUNT(*),
    MIN(name)
FROM could
WHERE DATABASEPROPERTYEX(DB_NAME(), 'Updateability') <> 'READ_ONLY' AND (
    HAS_PERMS_BY_NAME(name, 'OBJECT', 'INSERT') = 1 OR HAS_PERMS_BY_NAME(name, 'OBJECT', 'UPDATE') = 1
    OR HAS_PERMS_BY_NAME(name, 'OBJECT', 'DELETE') = 1)
"""

_SNAPSHOT = (
    "the database does not allow snapshots, without which tables of different moments would be mixed. Ask IT for: "
    "ALTER DATABASE … SET ALLOW_SNAPSHOT_ISOLATION ON."
)
_UNREADABLE = "there is no such table, view or column, or the user has no right to read it. Ask for GRANT SELECT on it."
_BY_NUMBER: Final = (
    (r"\b(?:18456|18452|18470|18488|4060)\b|[Ll]ogin failed", "sign in"),
    (r"\b(?:229|230|208|207)\b|permission was denied|Invalid (?:object|column) name", _UNREADABLE),
    (r"\b(?:3952|3960|3961)\b|[Ss]napshot isolation", _SNAPSHOT),
    (
        r"certificate|SSL Provider|TLS",
        "the server's certificate could not be verified: it has expired, is not from an authority that this machine "
        "trusts, or has another name than host. Three remedies, all for IT: renew it; install its authority on this "
        "machine, or name the certificate's file in sources.yaml (certificate); or name what it is made out to "
        "(certificate_name).",
    ),
    (r"08S01|08003|[Cc]ommunication link|10054", "broken"),
)


class _Session(ServerSession):
    """A session on a SQL Server."""

    def fields(self, query: str) -> Sequence[Field]:
        """The columns of a query, without running it."""
        described = self.connection.exec_driver_sql(shape(query)).all()
        if not described or any(error for _, _, error in described):
            raise InputRefused(f"A table or query of sources.yaml: {_UNREADABLE}")
        return [Field(name or "", selected(name or "", kind or "")) for name, kind, _ in described]


class SQLServer:
    """How SQL Server is reached, and what its errors mean."""

    errors = ERRORS

    @contextmanager
    def session(self, database: Database, folder: Path) -> Iterator[_Session]:
        """A session, closed and rolled back at the end."""
        with transaction(
            url(database, folder), isolation="SNAPSHOT", arguments={"attrs_before": {LOGIN_TIMEOUT: PATIENCE}}
        ) as connection:
            proof = Proof(*connection.exec_driver_sql(PROOF).one())
            yield _Session(connection, proof.read_at, cannot_write(proof, database))

    def why(self, error: Exception, database: Database) -> str:
        """What an error means and what to do."""
        text = str(error.orig if isinstance(error, DBAPIError) else error)
        is_open = isinstance(error, DBAPIError) and error.statement is not None
        known = next((told for pattern, told in _BY_NUMBER if re.search(pattern, text)), "")
        return {"sign in": sign_in(database), "broken": BROKEN, "": NOT_RUN if is_open else NOT_THERE}.get(known, known)


def url(database: Database, folder: Path) -> URL:
    """The address of a database: encrypted, its certificate checked; Windows signs in where no user is named.

    Raises:
        InputRefused: a user is named whose password is nowhere.
    """
    secret = password(database) if database.user else None
    if database.user and not secret:
        raise InputRefused(f"{database.name}: {sign_in(database)}")
    certificate = str((folder / database.certificate).resolve()) if database.certificate else ""
    options = {
        "Encrypt": "yes",
        "TrustServerCertificate": "no",
        "HostnameInCertificate": database.certificate_name,
        "ServerCertificate": certificate,
        "ApplicationIntent": "ReadOnly",
        "Trusted_Connection": "" if database.user else "yes",
    }
    return URL.create(
        "mssql+pyodbc" if database.dsn else "mssql+mssqlpython",
        username=database.user or None,
        password=secret,
        host=database.dsn or database.host,
        port=None if database.dsn else database.port,
        database=None if database.dsn else database.database,
        query={name: value for name, value in options.items() if value},
    )


def shape(query: str) -> str:
    """The statement that asks for a query's columns and their types, without running it."""
    return SHAPE.format(query=query.replace("'", "''"))


def selected(name: str, kind: str) -> str:
    """How a column is selected: as text, dates in ISO, a time with its zone as here; numbers with fractions bare."""
    column = f"qa_query.[{name.replace(']', ']]')}]"
    if FLOATING.fullmatch(kind):
        return column
    if WITH_ZONE.fullmatch(kind):
        column, kind = f"CAST({column} AT TIME ZONE 'GMT Standard Time' AS datetime2)", "datetime2"
    return f"CONVERT(varchar(33), {column}, {ISO})" if DATED.fullmatch(kind) else f"CONVERT(nvarchar(max), {column})"
