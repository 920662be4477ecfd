"""Databases in a file, Parquet, and what sources.yaml may say of a database."""

import builtins
import sqlite3
import sys
from pathlib import Path

import duckdb
import keyring
import pytest
from extracts import ACTION, ACTION_HEADINGS, AUDIT_HEADINGS, audit, plain, read, rules, write_csv
from keyring.backend import KeyringBackend

from qa_analysis.data.reading.databases.credentials import password
from qa_analysis.data.reading.databases.declared import Database
from qa_analysis.errors import InputRefused, WrongUse

AUDITS = [audit(number, team="O'Brien; North") for number in range(1, 4)]
SAID = """
databases:
  tracker: {{kind: {kind}, file: {file}}}
datasets:
  audits:
    database: tracker
    {source}
"""


def say(folder: Path, text: str) -> None:
    (folder / "sources.yaml").write_text(text, encoding="utf-8")


def sqlite_file(folder: Path, name: str = "tracker.db") -> Path:
    with sqlite3.connect(folder / name) as tracker:
        tracker.execute(f"CREATE TABLE audits ({', '.join(AUDIT_HEADINGS)})")
        tracker.executemany("INSERT INTO audits VALUES (?, ?, ?, ?, ?)", AUDITS)
    tracker.close()
    return folder / name


def duckdb_file(folder: Path, name: str = "tracker.db") -> Path:
    with duckdb.connect(str(folder / name)) as tracker:
        tracker.execute(
            "CREATE TABLE audits (audit_id BIGINT, cycle_month VARCHAR, team VARCHAR, audited_on DATE, "
            "overall_grade VARCHAR, noticed TIMESTAMPTZ)"
        )
        tracker.execute(
            "INSERT INTO audits VALUES (12345678901234567, '2023-06', 'North', '2023-06-08', 'Good', "
            "'2023-06-08 23:30:00+00'), (2, '2023-06', 'North', '2023-06-09', 'Good', NULL)"
        )
    return folder / name


def refusal(folder: Path, kind: type[Exception] = InputRefused) -> str:
    with pytest.raises(kind) as refused:
        read(folder)
    assert "\n" not in str(refused.value)
    return str(refused.value)


# Files ----------------------------------------------------------------------------------------------------------------


def test_a_table_of_sqlite_is_read_like_a_file_of_the_same_rows(tmp_path: Path):
    (tmp_path / "file").mkdir()
    write_csv(tmp_path / "file", "audits.csv", [AUDIT_HEADINGS, *AUDITS])
    (tmp_path / "table").mkdir()
    sqlite_file(tmp_path / "table")
    say(tmp_path / "table", SAID.format(kind="sqlite", file="tracker.db", source="view: audits"))
    from_file, from_table = read(tmp_path / "file"), read(tmp_path / "table")
    columns = list(from_file.frames["audits"].columns.drop(["source_file", "source_sheet"]))
    assert plain(from_table.frames["audits"], *columns) == plain(from_file.frames["audits"], *columns)
    assert rules(from_table) == rules(from_file) == []
    [extract] = from_table.extracts
    assert (extract.file, extract.sheet, extract.rows_in) == ("tracker", "audits", 3)
    assert (extract.read_at or "").endswith("Z")
    assert from_file.extracts[0].read_at is None


def test_sqlite_numbers_come_as_ids_and_a_number_with_a_fraction_stays_one(tmp_path: Path):
    sqlite_file(tmp_path)
    query = "query: SELECT 12345678901234567 AS audit_id, cycle_month, team, audited_on, 2.5 AS overall_grade"
    say(tmp_path, SAID.format(kind="sqlite", file="tracker.db", source=f"{query} FROM audits LIMIT 1"))
    loaded = read(tmp_path)
    assert plain(loaded.frames["audits"], "audit_id", "overall_grade") == [("12345678901234567", None)]
    assert rules(loaded) == ["grade-not-known"]


def test_bytes_are_no_text(tmp_path: Path):
    sqlite_file(tmp_path)
    query = "query: SELECT audit_id, cycle_month, CAST('ab' AS BLOB) AS team, audited_on, overall_grade FROM audits"
    say(tmp_path, SAID.format(kind="sqlite", file="tracker.db", source=query))
    assert rules(read(tmp_path)) == ["text-not-readable"] * len(AUDITS)


def test_a_table_of_duckdb_is_read_with_its_dates_as_here(tmp_path: Path):
    duckdb_file(tmp_path)
    query = "query: SELECT * EXCLUDE (noticed), CAST(noticed AS VARCHAR) IS NULL AS is_disputed FROM audits"
    say(tmp_path, SAID.format(kind="duckdb", file="tracker.db", source=query))
    assert plain(read(tmp_path).frames["audits"], "audit_id", "audited_on", "is_disputed") == [
        ("12345678901234567", "2023-06-08", False),
        ("2", "2023-06-09", True),
    ]
    dated = query.replace("CAST(noticed AS VARCHAR) IS NULL AS is_disputed", "noticed AS impact_statement")
    say(tmp_path, SAID.format(kind="duckdb", file="tracker.db", source=dated))
    assert plain(read(tmp_path).frames["audits"], "impact_statement") == [("2023-06-09 00:30:00",), (None,)]


def test_a_parquet_file_is_known_by_its_name_and_read_like_csv(tmp_path: Path):
    write_parquet(tmp_path / "Audits [June].parquet")
    loaded = read(tmp_path)
    assert plain(loaded.frames["audits"], "audit_id", "audited_on") == [("2", "2023-06-08"), ("1", "2023-06-09")]
    assert rules(loaded) == []


def write_parquet(path: Path) -> None:
    with duckdb.connect() as maker:
        maker.execute("CREATE TABLE a AS SELECT 2 AS audit_id, '2023-06' AS cycle_month, 'North' AS team, "
                      "DATE '2023-06-08' AS audited_on, 'Good' AS overall_grade UNION ALL "
                      "SELECT 1, '2023-06', 'North', DATE '2023-06-09', 'Good'")  # fmt: skip
        maker.execute(f"COPY a TO '{path}' (FORMAT parquet)")


def test_a_damaged_parquet_file_is_named(tmp_path: Path):
    (tmp_path / "audits.parquet").write_bytes(b"PAR1 no more")
    assert refusal(tmp_path) == "audits.parquet is damaged, or no Parquet file. Ask for a new export."


def test_a_dataset_of_a_database_is_not_taken_from_a_file_too(tmp_path: Path):
    sqlite_file(tmp_path)
    write_csv(tmp_path, "audits.csv", [AUDIT_HEADINGS, audit(9)])
    write_csv(tmp_path, "actions.csv", [ACTION_HEADINGS, ACTION])
    say(tmp_path, SAID.format(kind="sqlite", file="tracker.db", source="view: audits"))
    loaded = read(tmp_path)
    assert {e.dataset: (e.file, e.rows_in) for e in loaded.extracts} == {
        "audits": ("tracker", 3),
        "actions": ("actions.csv", 1),
    }
    assert rules(loaded) == ["file-not-read"]


def test_the_columns_and_words_of_a_view_are_named_like_those_of_a_file(tmp_path: Path):
    sqlite_file(tmp_path)
    query = "query: SELECT audit_id, cycle_month, team AS squad, audited_on, 'fine' AS overall_grade FROM audits"
    say(
        tmp_path,
        SAID.format(kind="sqlite", file="tracker.db", source=query)
        + "    columns: {team: squad}\n    grades: {fine: good}\n",
    )
    assert plain(read(tmp_path).frames["audits"], "team", "overall_grade")[0] == ("O'Brien; North", "good")


# What goes wrong ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["sqlite", "duckdb"])
def test_a_file_that_is_missing_or_damaged_is_named(tmp_path: Path, kind: str):
    say(tmp_path, SAID.format(kind=kind, file="tracker.db", source="view: audits"))
    assert refusal(tmp_path) == "tracker: there is no file tracker.db. Check file in sources.yaml."
    (tmp_path / "tracker.db").write_bytes(b"no database at all " * 500)
    assert "its file is damaged, or no database of that kind" in refusal(tmp_path)


@pytest.mark.parametrize(("kind", "make"), [("sqlite", sqlite_file), ("duckdb", duckdb_file)])
def test_a_view_that_is_not_there_is_named(tmp_path: Path, kind: str, make):
    make(tmp_path)
    say(tmp_path, SAID.format(kind=kind, file="tracker.db", source="view: audit"))
    assert refusal(tmp_path) == "tracker, audit: there is no such table or view. Name it as it is there."


def test_sqlite_and_duckdb_do_nothing_but_read(tmp_path: Path):
    sqlite_file(tmp_path)
    query = "query: SELECT * FROM pragma_table_info('audits')"
    say(tmp_path, SAID.format(kind="sqlite", file="tracker.db", source=query))
    assert "it tried to do more than read" in refusal(tmp_path)
    (tmp_path / "tracker.db").unlink()
    duckdb_file(tmp_path)
    (tmp_path / "secret.csv").write_text("a,b\n1,2\n")
    query = f"query: SELECT * FROM read_csv('{tmp_path}/secret.csv')"
    say(tmp_path, SAID.format(kind="duckdb", file="tracker.db", source=query) + "ignore: [secret.csv]\n")
    assert refusal(tmp_path).startswith("tracker, query of audits: ")


@pytest.mark.parametrize(
    ("kind", "library", "extra"),
    [
        ("postgresql", "sqlalchemy", "sql"),
        ("duckdb", "duckdb", "duckdb"),
    ],
)
def test_a_library_that_is_not_installed_is_told_with_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, library: str, extra: str
):
    without(library, monkeypatch)
    place = "file: tracker.db" if kind == "duckdb" else "host: db, database: qa"
    say(tmp_path, f"databases: {{tracker: {{kind: {kind}, {place}}}}}\n"
        "datasets: {audits: {database: tracker, view: audits}}\n")  # fmt: skip
    assert refusal(tmp_path).startswith(f"tracker: reading {kind} needs libraries that are not installed.")
    assert f'.ci/start.py databases, or: pip install "qa-analysis[{extra}]".' in refusal(tmp_path)


def test_parquet_without_duckdb_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "audits.parquet").write_bytes(b"PAR1")
    without("duckdb", monkeypatch)
    assert refusal(tmp_path).startswith("audits.parquet: reading Parquet needs libraries that are not installed.")


def without(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine where a library was never installed."""
    real = builtins.__import__

    def without_it(name: str, *more, **options):
        if name.partition(".")[0] == library:
            raise ImportError(name)
        return real(name, *more, **options)

    for name in [name for name in sys.modules if name.startswith("qa_analysis.data.reading.databases.")]:
        if name.rpartition(".")[2] in ("postgresql", "server", "duck"):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", without_it)


# What is said of a database -------------------------------------------------------------------------------------------

SERVER = "kind: postgresql, host: db.council.internal, database: qa"


@pytest.mark.parametrize(
    "secret", ["password: s3cret", "pwd: s3cret", "url: 'postgresql://reader:s3cret@db/qa'", "Password: s3cret"]
)
def test_a_password_in_the_file_is_refused_and_never_repeated(tmp_path: Path, secret: str):
    say(tmp_path, f"databases: {{quality: {{{SERVER}, {secret}}}}}\n")
    line = refusal(tmp_path, WrongUse)
    assert "a password or connection string never stands in a file" in line
    assert "QA_ANALYSIS_DB_QUALITY_PASSWORD" in line
    assert "s3cret" not in line


@pytest.mark.parametrize("host", ["reader:s3cret@db", "db;PWD=s3cret", "{s3cret}", "db=s3cret"])
def test_a_host_that_holds_more_than_a_name_is_refused(tmp_path: Path, host: str):
    say(tmp_path, f'databases: {{quality: {{kind: postgresql, host: "{host}", database: qa}}}}\n')
    line = refusal(tmp_path, WrongUse)
    assert line.endswith("databases, quality, host: write the name alone, without a password or further settings.")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("databases: {quality: {host: db}}", 'kind: "" is not known. Here may stand: "postgresql", "sql server"'),
        ("databases: {quality: {kind: postgres}}", 'kind: "postgres" is not known. Did you mean "postgresql"?'),
        ("databases: {quality: {kind: postgresql}}", "databases, quality: say its host and its database."),
        ("databases: {quality: {kind: sqlite}}", "databases, quality: say its file."),
        (f"databases: {{quality: {{{SERVER}, file: x}}}}", 'databases, quality: "file" is not known.'),
        (f"databases: {{quality: {{{SERVER}, port: x}}}}", "port: write its number"),
        (f"databases: {{quality: {{{SERVER}, user_may_write: perhaps}}}}", '"perhaps" is not known.'),
        (f"databases: {{'a b': {{{SERVER}}}}}", "give each database a short name"),
        ("datasets: {audits: {view: qa.audits}}", 'audits, database: "" is not known. Here may stand: nothing.'),
    ],
)
def test_what_means_nothing_of_a_database_is_refused(tmp_path: Path, written: str, told: str):
    say(tmp_path, written)
    assert told in refusal(tmp_path, WrongUse)


@pytest.mark.parametrize(
    ("of", "told"),
    [
        ("database: quality", "name one view, or write one query, of the database."),
        ("database: quality, view: qa.audits, query: SELECT 1", "name one view, or write one query"),
        ("database: qualty, view: qa.audits", 'Did you mean "quality"?'),
        ("database: quality, view: qa.audits, file: x.csv", '"file" is for a file; a dataset comes from a file or'),
        ("database: quality, view: qa.audits, header_row: 2", '"header_row" is for a file'),
        ("database: quality, query: DELETE FROM qa.audits", "a query begins with SELECT or WITH"),
        ("database: quality, view: qa.audits; x", "write the view's name with its schema"),
    ],
)
def test_what_means_nothing_of_a_dataset_of_a_database_is_refused(tmp_path: Path, of: str, told: str):
    say(tmp_path, f"databases: {{quality: {{{SERVER}}}}}\ndatasets: {{audits: {{{of}}}}}\n")
    assert told in refusal(tmp_path, WrongUse)


# Passwords ------------------------------------------------------------------------------------------------------------


class _Keyring(KeyringBackend):
    """A keyring of the tests' own."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        return "from the keyring" if (service, username) == ("qa-analysis", "quality") else None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise NotImplementedError

    def delete_password(self, service: str, username: str) -> None:
        raise NotImplementedError


def test_a_password_comes_from_the_environment_or_else_from_the_keyring(monkeypatch: pytest.MonkeyPatch):
    was = keyring.get_keyring()
    keyring.set_keyring(_Keyring())
    try:
        assert password(Database("quality", "postgresql")) == "from the keyring"
        assert password(Database("another-one", "postgresql")) is None
        monkeypatch.setenv("QA_ANALYSIS_DB_ANOTHER_ONE_PASSWORD", "from the environment")
        assert password(Database("another-one", "postgresql")) == "from the environment"
    finally:
        keyring.set_keyring(was)


def test_a_machine_without_a_keyring_has_no_password():
    was = keyring.get_keyring()
    from keyring.backends.fail import Keyring

    keyring.set_keyring(Keyring())
    try:
        assert password(Database("quality", "postgresql")) is None
    finally:
        keyring.set_keyring(was)
