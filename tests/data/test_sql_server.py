"""SQL Server, of which no test can start one: its address and its statements, held to what is documented."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from mssql_python.connection_string_parser import _ConnectionStringParser
from sqlalchemy.exc import OperationalError, ProgrammingError

from qa_analysis.data.reading.databases import sql_server
from qa_analysis.data.reading.databases.declared import Database
from qa_analysis.data.reading.databases.pulling import statement_of
from qa_analysis.data.reading.databases.session import Field
from qa_analysis.data.reading.databases.sql_server import PROOF, SQLServer, selected, shape, url
from qa_analysis.errors import InputRefused

SECRET = "correct;horse}7"
LIVE = Database("live", "sql server", host="sql.council.internal", port=1433, database="HDM_Local", user="reader")


@pytest.fixture(autouse=True)
def _password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_ANALYSIS_DB_LIVE_PASSWORD", SECRET)


def connection_string(database: Database, folder: Path = Path()) -> str:
    """What the driver is given."""
    address = url(database, folder)
    [[text], _] = address.get_dialect()().create_connect_args(address)
    return str(text)


def settings(text: str) -> dict[str, str]:
    """The settings as the driver itself takes them apart, which refuses any it does not know."""
    return dict(_ConnectionStringParser(validate_keywords=True)._parse(text))


def test_the_connection_is_encrypted_and_its_certificate_checked(tmp_path: Path):
    assert settings(connection_string(LIVE)) == {
        "server": "sql.council.internal,1433", "database": "HDM_Local", "uid": "reader", "pwd": SECRET,
        "encrypt": "yes", "trustservercertificate": "no", "applicationintent": "ReadOnly",
    }  # fmt: skip
    known = replace(LIVE, certificate="sql.cer", certificate_name="sql")
    told = settings(connection_string(known, tmp_path))
    assert (told["servercertificate"], told["hostnameincertificate"]) == (str(tmp_path / "sql.cer"), "sql")


def test_without_a_user_windows_signs_in():
    told = settings(connection_string(Database("live", "sql server", host="sql", database="HDM")))
    assert told["trusted_connection"] == "yes"
    assert "uid" not in told
    assert "pwd" not in told


def test_a_data_source_name_is_reached_by_pyodbc_and_encrypted_too():
    text = connection_string(Database("live", "sql server", dsn="Council live"))
    assert text.startswith("dsn=Council live;Trusted_Connection=Yes;")
    assert "Encrypt=yes" in text
    assert "TrustServerCertificate=no" in text


def test_a_user_without_a_password_is_told_where_to_put_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("QA_ANALYSIS_DB_LIVE_PASSWORD")
    with pytest.raises(InputRefused, match="QA_ANALYSIS_DB_LIVE_PASSWORD or run: keyring set qa-analysis live"):
        url(LIVE, Path())


def test_the_password_is_in_no_text_of_the_address():
    assert SECRET not in f"{url(LIVE, Path())} {url(LIVE, Path())!r} {LIVE!r}"


@pytest.mark.parametrize(
    ("kind", "expression"),
    [
        ("int", "CONVERT(nvarchar(max), qa_query.[a])"),
        ("nvarchar(50)", "CONVERT(nvarchar(max), qa_query.[a])"),
        ("uniqueidentifier", "CONVERT(nvarchar(max), qa_query.[a])"),
        ("decimal(18,0)", "CONVERT(nvarchar(max), qa_query.[a])"),
        ("decimal(4,1)", "qa_query.[a]"),
        ("float", "qa_query.[a]"),
        ("date", "CONVERT(varchar(33), qa_query.[a], 126)"),
        ("datetime2(7)", "CONVERT(varchar(33), qa_query.[a], 126)"),
        (
            "datetimeoffset(7)",
            "CONVERT(varchar(33), CAST(qa_query.[a] AT TIME ZONE 'GMT Standard Time' AS datetime2), 126)",
        ),
    ],
)
def test_ids_and_dates_are_selected_as_text_and_numbers_with_fractions_as_they_are(kind: str, expression: str):
    assert selected("a", kind) == expression


def test_a_name_cannot_end_its_brackets_nor_a_query_its_quotation_marks():
    assert selected("a] FROM x --", "int") == "CONVERT(nvarchar(max), qa_query.[a]] FROM x --])"
    assert "(N'SELECT ''x'' AS a', NULL, 0)" in shape("SELECT 'x' AS a")


def test_the_statement_holds_the_query_in_parentheses():
    fields = [Field("audit_id", selected("audit_id", "int")), Field("b", selected("b", "float"))]
    assert statement_of(fields, "SELECT * FROM a").splitlines() == [
        "SELECT CONVERT(nvarchar(max), qa_query.[audit_id]), qa_query.[b] FROM (",
        "SELECT * FROM a",
        ") AS qa_query",
    ]


def test_the_first_word_of_the_server_is_of_its_snapshot_and_of_what_could_be_written():
    assert "transaction_isolation_level = 5" in PROOF  # SNAPSHOT, in sys.dm_exec_sessions
    assert re.findall(r"HAS_PERMS_BY_NAME\(name, 'OBJECT', '(\w+)'\)", PROOF) == ["INSERT", "UPDATE", "DELETE"]


class _DriverError(Exception):
    """As a driver raises it."""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[28000] Login failed for user 'reader'. (18456)", "did not accept the user or the password"),
        ("[42000] The SELECT permission was denied on the object 'audits' (229)", "no right to read it"),
        ("[42S02] Invalid object name 'qa.audits'. (208)", "no such table, view or column"),
        ("SSL Provider: The certificate chain was issued by an authority that is not trusted", "could not be verified"),
        ("Snapshot isolation transaction failed accessing database 'HDM' (3952)", "ALLOW_SNAPSHOT_ISOLATION ON"),
        ("[08S01] Communication link failure", "the connection broke while it was read"),
        ("[42000] Incorrect syntax near 'x'. (102)", "the server cannot run the query"),
    ],
)
def test_what_the_driver_says_is_told_in_our_words(text: str, told: str):
    line = SQLServer().why(ProgrammingError("SELECT 1", None, _DriverError(text)), LIVE)
    assert told in line
    assert "TrustServerCertificate" not in line


def test_a_server_that_does_not_answer_is_told():
    error = OperationalError(None, None, _DriverError("[HYT00] Login timeout expired"))
    assert "does not answer" in SQLServer().why(error, LIVE)


def test_the_driver_itself_is_refused_by_a_port_where_nothing_listens(monkeypatch: pytest.MonkeyPatch):
    """As far as the real driver comes on this machine: loaded, its connection string taken, no server there."""
    monkeypatch.setattr(sql_server, "PATIENCE", 1)
    closed = Database("live", "sql server", host="127.0.0.1", port=1, database="HDM", user="reader")
    driver = SQLServer()
    with pytest.raises(driver.errors) as refused, driver.session(closed, Path()):
        pass
    assert driver.why(refused.value, closed).startswith("the server does not answer")
    assert SECRET not in driver.why(refused.value, closed)
