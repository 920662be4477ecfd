"""What may be asked of a database, and what never is."""

import sqlite3

import duckdb
import pytest
from escapes import escapes
from hypothesis import given
from hypothesis import strategies as st

from qa_analysis.data.reading.databases.declared import KINDS
from qa_analysis.data.reading.databases.query import refuse_view, single_query
from qa_analysis.errors import WrongUse

PLACE = "sources.yaml, datasets, audits, query"


def refusal(text: str, kind: str = "postgresql") -> str:
    with pytest.raises(WrongUse) as refused:
        single_query(text, kind, PLACE)
    return str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT audit_id, 'it''s; fine' AS note FROM qa.audits WHERE team LIKE 'N%'",
        "WITH a AS (SELECT 1 AS x) SELECT x::text, replace(y, '(', ')') FROM a JOIN b ON a.x = b.x",
        'select "update", "grade; drop" from qa.audits order by 1',
        "SELECT CASE WHEN a <> 1 THEN 'DELETE' ELSE N'x' END AS a FROM t WHERE \"into\" IS NULL",
    ],
)
def test_a_single_query_is_let_through_as_it_stands(text: str):
    assert single_query(text, "postgresql", PLACE) == text


def test_comments_and_a_last_semicolon_are_left_out():
    text = "-- those ' of one (team\nSELECT audit_id -- the key\nFROM qa.audits;\n"
    assert single_query(text, "sqlite", PLACE).split() == ["SELECT", "audit_id", "FROM", "qa.audits"]


@pytest.mark.parametrize(
    "start", ["", "-- nothing", "(SELECT 1)", "VALUES (1)", "EXPLAIN SELECT 1", "'select'", "TABLE x"]
)
def test_nothing_but_a_query_is_ever_run(start: str):
    assert refusal(start) == f"{PLACE}: a query begins with SELECT or WITH. Nothing else is ever run."


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("WITH gone AS (DELETE FROM qa.audits RETURNING *) SELECT * FROM gone", "DELETE"),
        ("SELECT * INTO copy_of FROM qa.audits", "INTO"),
        ("SELECT * FROM qa.audits FOR UPDATE", "UPDATE"),
        ("SELECT set_config('transaction_read_only', 'off', false)", "set_config"),
        ("SELECT pg_read_file ('/etc/passwd')", "pg_read_file"),
        ("SELECT lo_export(1, 'x')", "lo_export"),
        ("SELECT * FROM OPENROWSET('x', 'y', 'z')", "OPENROWSET"),
        ("SELECT 1 drop table x", "drop"),
    ],
)
def test_a_word_that_may_write_is_named(text: str, word: str):
    assert refusal(text).startswith(f'{PLACE}: "{word}" has no place in a query.')


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("SELECT 1; SELECT 2", '";"'),
        ("SELECT 'open", "a quotation mark that is not closed"),
        ("SELECT $$x$$", '"$"'),
        ("SELECT 1 /* x */", '"/*"'),
        ("SELECT 1\u00a0AS x", "a control character"),
    ],
)
def test_what_is_not_certainly_one_query_is_refused(text: str, mark: str):
    assert f"it is not certain how to read {mark}. Make it a view instead." in refusal(text)


def test_parentheses_that_would_end_ours_are_refused():
    assert refusal("SELECT 1) AS a, (SELECT 2") == f"{PLACE}: its parentheses do not match."
    assert "do not match" in refusal("SELECT (1")


def test_a_text_with_escapes_of_its_own_is_refused():
    assert "put a space before a text" in refusal(r"SELECT E'\' ; '")
    assert single_query("SELECT N'a', date '2023-06-08'", "postgresql", PLACE)


def test_brackets_hold_a_name_in_sql_server_a_list_in_postgresql_and_nothing_in_sqlite():
    assert single_query("SELECT [Date of; audit]] x] FROM [QA Audits]", "sql server", PLACE)
    assert single_query("SELECT a[1] FROM qa.audits", "postgresql", PLACE)
    assert "not certain" in refusal("SELECT [a] FROM b", "sqlite")


@pytest.mark.parametrize("text", ["WITH a AS (SELECT 1 AS x) SELECT x FROM a", "SELECT a FROM b ORDER BY a"])
def test_what_sql_server_cannot_nest_is_told(text: str):
    assert "SQL Server takes no" in refusal(text, "sql server")
    assert single_query("SELECT TOP 5 a FROM (SELECT TOP 9 a FROM b ORDER BY a) AS c", "sql server", PLACE)


@given(st.text(alphabet="seELCT WITH'\"[];()-/*$\\\n\r,1\x00\u00a0é", max_size=40))
def test_any_text_is_let_through_or_refused_in_one_line(text: str):
    for kind in KINDS:
        try:
            single_query(text, kind, PLACE)
        except WrongUse as refused:
            assert "\n" not in str(refused)


def test_no_escape_is_two_statements_for_sqlite_or_duckdb():
    tried, table = 0, sqlite3.connect(":memory:")
    table.executescript("CREATE TABLE held (a); INSERT INTO held VALUES (1)")
    for text in escapes("held"):
        for kind in ("sqlite", "duckdb"):
            try:
                query = f"SELECT * FROM (\n{single_query(text, kind, PLACE)}\n) AS qa_query"
            except WrongUse:
                continue
            tried += 1
            if kind == "sqlite":
                _run_alone(table, query)
            else:
                assert _statements(query) <= 1, query
    assert tried > 20
    assert table.execute("SELECT count(*) FROM held").fetchone() == (1,)


def _run_alone(table: sqlite3.Connection, query: str) -> None:
    """Run by SQLite, which refuses a second statement with an error of its own kind."""
    try:
        table.execute(query)
    except sqlite3.OperationalError:
        return


def _statements(query: str) -> int:
    """How many statements DuckDB makes of it; none where it makes no sense of it."""
    try:
        return len(duckdb.extract_statements(query))
    except duckdb.Error:
        return 0


@pytest.mark.parametrize("name", ["qa.audits", "audits", 'qa."Audits 2023"', "hdm.dbo.audits", "Prüfung"])
def test_a_view_is_named_with_or_without_its_schema(name: str):
    refuse_view(name, "postgresql", PLACE)


@pytest.mark.parametrize(
    "name", ["qa.audits; x", "qa.audits WHERE 1=1", "a.b.c.d", 'qa."x', "(SELECT 1)", "[a]", "a--", "a\nb"]
)
def test_what_is_no_name_of_a_view_is_refused(name: str):
    with pytest.raises(WrongUse, match=r"such as qa\.audits"):
        refuse_view(name, "postgresql", PLACE)
