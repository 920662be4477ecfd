"""PostgreSQL, by a real server that these tests start themselves."""

import json
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from certificates import Certificate, authority, issued
from councils import council
from escapes import escapes
from postgres import PASSWORD, Server, load, said, server
from runs import CORE, KEY, MONTH, published, run
from small import frames

from qa_analysis.data.contracts import load_contracts
from qa_analysis.data.identity import key_from_environment
from qa_analysis.data.reading.databases.declared import Database
from qa_analysis.data.reading.databases.pulling import pulled
from qa_analysis.data.reading.databases.query import single_query
from qa_analysis.data.reading.raw import Source
from qa_analysis.data.sources import Loaded, read_folder
from qa_analysis.errors import InputRefused, WrongUse
from qa_analysis.framework import rules_for
from qa_analysis.month.files import write_csv
from qa_analysis.month.preparing import prepare

CONTRACTS, RULES = load_contracts(), rules_for(MONTH)
CORE_FOUR = [name for name, contract in CONTRACTS.items() if contract.is_core]


@pytest.fixture(scope="module")
def quality() -> Iterator[Server]:
    """A server that holds the small council; nobody may change what lies in the schema `qa`."""
    with server() as running:
        load(running, without_places(frames(**CORE)))
        yield running


@pytest.fixture(autouse=True)
def _password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_ANALYSIS_DB_QUALITY_PASSWORD", PASSWORD)
    monkeypatch.setenv("QA_ANALYSIS_KEY", KEY)


def without_places(held: dict) -> dict:
    return {name: frame.drop(columns=[c for c in frame if c.startswith("source_")]) for name, frame in held.items()}


def folder_saying(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "sources.yaml").write_text(text, encoding="utf-8")
    return folder


def read(folder: Path) -> Loaded:
    return read_folder(folder, CONTRACTS, RULES.grade_synonyms, prompts=tuple(RULES.prompts))


def refusal(folder: Path) -> str:
    with pytest.raises(InputRefused) as refused:
        read(folder)
    line = str(refused.value)
    assert refused.value.exit_code == 10
    assert "\n" not in line
    assert PASSWORD not in line
    return line


# What is read ---------------------------------------------------------------------------------------------------------


def test_a_council_from_tables_gives_the_same_figures_as_from_files_byte_for_byte(
    quality: Server, full: Path, tmp_path: Path
):
    held = council(cycles=14)
    load(quality, held, schema="whole")
    folder = folder_saying(tmp_path / "data", said(quality, held, schema="whole"))
    month = prepare(folder, MONTH, as_at=None, key=key_from_environment()).month
    write_csv(month.measures, tmp_path / "measures.csv")
    files = full / "outputs" / MONTH / "tables" / "measures.csv"
    assert (tmp_path / "measures.csv").read_bytes() == files.read_bytes()
    assert len(month.extracts) == len(held)


def test_a_small_council_from_tables_is_published_with_time_rows_and_checksum(
    quality: Server, core: Path, tmp_path: Path
):
    folder = folder_saying(tmp_path / "data", said(quality, CORE_FOUR))
    result = run(folder, tmp_path / "outputs", "--report", "data-quality")  # which lists the extracts
    assert result.exit_code == 0, result.output
    month = tmp_path / "outputs" / MONTH
    assert (month / "tables" / "measures.csv").read_bytes() == (
        core / "outputs" / MONTH / "tables" / "measures.csv"
    ).read_bytes()
    extracts = json.loads((month / "manifest.json").read_text())["extracts"]
    assert [(e["dataset"], e["file"], e["sheet"], e["rows_in"]) for e in extracts] == [
        (name, "quality", f"qa.{name}", rows) for name, rows in zip(CORE_FOUR, (18, 2, 1, 2), strict=True)
    ]
    assert len({e["read_at"] for e in extracts}) == 1
    assert all(len(e["sha256"]) == 64 for e in extracts)
    assert PASSWORD not in "".join(path.read_text(errors="replace") for path in month.rglob("*.*"))


def test_ids_dates_and_prompts_come_as_a_file_would_hold_them(quality: Server, tmp_path: Path):
    quality.run("""
        CREATE SCHEMA kinds;
        CREATE VIEW kinds.audits AS SELECT 12345678901234567 AS audit_id, date '2023-06-08' AS audited_on,
            timestamptz '2023-06-08 23:30:00+00' AS notice_on, timestamp '2023-06-01 10:00' AS form_loaded_on,
            NULL::integer AS child_id, true AS is_disputed, 55::smallint AS key_worker_conversation_minutes,
            '0012'::text AS key_worker_id, '2023-06'::text AS cycle_month, 'good'::text AS overall_grade;
        CREATE VIEW kinds.findings AS SELECT '1' AS finding_id, 3.1::numeric(3,1) AS theme_code
            UNION ALL SELECT '2', 1.2::double precision;
        CREATE VIEW kinds.texts AS SELECT '3' AS finding_id, '3.10' AS theme_code;
        GRANT USAGE ON SCHEMA kinds TO reader; GRANT SELECT ON ALL TABLES IN SCHEMA kinds TO reader;
    """)
    database = Database("quality", "postgresql", quality.socket, quality.port, "qa", user="reader")
    sources = [
        Source(view.partition(".")[2], database="quality", view=view)
        for view in ("kinds.audits", "kinds.findings", "kinds.texts")
    ]
    audits, findings, texts = (table.rows for _, table in pulled(tmp_path, {"quality": database}, sources))
    assert dict(zip(*audits, strict=True)) == {
        "audit_id": "12345678901234567", "audited_on": "2023-06-08", "notice_on": "2023-06-09 00:30:00",
        "form_loaded_on": "2023-06-01 10:00:00", "child_id": None, "is_disputed": "true",
        "key_worker_conversation_minutes": "55", "key_worker_id": "0012", "cycle_month": "2023-06",
        "overall_grade": "good",
    }  # fmt: skip
    assert findings[1:] == [["1", 3.1], ["2", 1.2]]  # numbers, of which the reader cannot tell 3.1 from 3.10
    assert texts[1:] == [["3", "3.10"]]


def test_text_in_no_certain_encoding_is_refused(quality: Server, tmp_path: Path):
    quality.run("CREATE DATABASE plain ENCODING 'SQL_ASCII' TEMPLATE template0")
    quality.run(
        r"CREATE SCHEMA qa; CREATE VIEW qa.audits AS SELECT E'\351' AS audit_id; GRANT USAGE ON SCHEMA qa TO reader; "
        "GRANT SELECT ON qa.audits TO reader",
        database="plain",
    )
    text = said(quality, ["audits"]).replace("database: qa\n", "database: plain\n")
    assert "it holds text that is not UTF-8" in refusal(folder_saying(tmp_path, text))


def test_a_query_chooses_and_names_columns(quality: Server, tmp_path: Path):
    text = said(quality, []).replace("datasets:\n", "datasets:\n  audits:\n    database: quality\n    query: |\n")
    text += """      -- those of one cycle; 100% of them
      WITH wanted AS (SELECT * FROM qa.audits WHERE cycle_month LIKE '2023-0%')
      SELECT *, overall_grade AS "Mark" FROM wanted ORDER BY audit_id;
    columns: {overall_grade: Mark}
"""
    loaded = read(folder_saying(tmp_path, text))
    [extract] = loaded.extracts
    assert (extract.sheet, extract.rows_loaded) == ("query of audits", 12)


def test_the_same_rows_in_another_order_give_the_same_checksum_and_a_changed_one_another(
    quality: Server, tmp_path: Path
):
    quality.run("""
        CREATE SCHEMA sums; CREATE TABLE sums.held (finding_id integer, text text);
        INSERT INTO sums.held VALUES (1, 'a'), (2, 'b');
        CREATE VIEW sums.one AS SELECT * FROM sums.held ORDER BY finding_id;
        CREATE VIEW sums.two AS SELECT * FROM sums.held ORDER BY finding_id DESC;
        CREATE VIEW sums.three AS SELECT finding_id, upper(text) AS text FROM sums.held;
        GRANT USAGE ON SCHEMA sums TO reader; GRANT SELECT ON ALL TABLES IN SCHEMA sums TO reader;
    """)
    database = Database("quality", "postgresql", quality.socket, quality.port, "qa", user="reader")
    sources = [Source("findings", database="quality", view=f"sums.{name}") for name in ("one", "two", "three")]
    one, two, three = (table.sha256 for _, table in pulled(tmp_path, {"quality": database}, sources))
    assert one == two != three


# One moment -----------------------------------------------------------------------------------------------------------


def test_what_is_written_while_the_rows_are_pulled_is_not_seen(quality: Server, tmp_path: Path):
    """After the audits the pull waits for a lock, until another connection has added an audit and its action."""
    load(quality, without_places(frames(**CORE)), schema="moving")
    quality.run("""
        CREATE FUNCTION moving.gate() RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER AS $$
            BEGIN PERFORM pg_advisory_xact_lock_shared(7); RETURN true; END $$;
        CREATE OR REPLACE VIEW moving.moderations AS SELECT * FROM tracker_moving.moderations WHERE moving.gate();
    """)
    folder = folder_saying(tmp_path, said(quality, CORE_FOUR, schema="moving"))
    before = {extract.dataset: extract.rows_in for extract in read(folder).extracts}
    with quality.connect() as writer:
        writer.execute("SELECT pg_advisory_lock(7)")
        done: list[Loaded] = []
        puller = threading.Thread(target=lambda: done.append(read(folder)))
        puller.start()
        wait_until(quality, "wait_event = 'advisory'")
        writer.execute("""
            INSERT INTO tracker_moving.audits (audit_id) VALUES ('late');
            INSERT INTO tracker_moving.actions (action_id, audit_id) VALUES ('late', 'late');
        """)
        writer.execute("SELECT pg_advisory_unlock(7)")
        puller.join(30)
    assert {extract.dataset: extract.rows_in for extract in done[0].extracts} == before
    after = {extract.dataset: extract.rows_in for extract in read(folder).extracts}
    assert (after["audits"], after["actions"]) == (before["audits"] + 1, before["actions"] + 1)


def wait_until(at: Server, condition: str) -> None:
    """Wait until the session that pulls is seen in some state."""
    query = f"SELECT count(*) FROM pg_stat_activity WHERE application_name = 'qa-analysis' AND {condition}"
    until = time.monotonic() + 30
    while not at.run(query)[0][0]:
        assert time.monotonic() < until, "the pull never came that far"
        time.sleep(0.02)


# What goes wrong: one line, 10, nothing lost --------------------------------------------------------------------------


def test_a_server_that_is_killed_midway_stops_the_run_and_leaves_what_was_published(tmp_path: Path):
    outputs = tmp_path / "outputs"
    (outputs / "2023-05").mkdir(parents=True)
    (outputs / "2023-05" / "manifest.json").write_text("{}")
    with server() as doomed:
        load(doomed, without_places(frames(**CORE)))
        doomed.run("""
            CREATE OR REPLACE VIEW qa.actions AS SELECT * FROM tracker_qa.actions WHERE pg_sleep(60) IS NOT NULL
        """)
        folder = folder_saying(tmp_path / "data", said(doomed, CORE_FOUR))

        def kill() -> None:
            wait_until(doomed, "wait_event = 'PgSleep'")
            doomed.kill()

        killer = threading.Thread(target=kill)
        killer.start()
        result = run(folder, outputs)
        killer.join()
    assert result.exit_code == 10
    assert "quality, qa.actions: the connection broke while it was read. Nothing was kept of it." in result.output
    assert "Traceback" not in result.output
    assert published(outputs) == ["2023-05"]
    assert "does not answer" in refusal(folder)


def test_a_wrong_password_and_none_are_told_with_where_to_put_it(
    quality: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = folder_saying(tmp_path, said(quality, CORE_FOUR))
    monkeypatch.setenv("QA_ANALYSIS_DB_QUALITY_PASSWORD", "wrong-horse-8")
    line = refusal(folder)
    assert "set QA_ANALYSIS_DB_QUALITY_PASSWORD or run: keyring set qa-analysis quality" in line
    assert "wrong-horse-8" not in line
    monkeypatch.delenv("QA_ANALYSIS_DB_QUALITY_PASSWORD")
    assert refusal(folder) == line


@pytest.mark.parametrize(
    ("said_of", "told"),
    [
        ("quality, qa.audits: the user has no right to read it. Ask for GRANT SELECT", {"user": "stranger"}),
        ("quality, nowhere.audits: there is no such table or view", {"schema": "nowhere"}),
    ],
)  # fmt: skip
def test_a_view_that_cannot_be_read_is_named(quality: Server, tmp_path: Path, said_of: str, told: dict[str, str]):
    quality.run("GRANT USAGE ON SCHEMA qa TO stranger")
    assert refusal(folder_saying(tmp_path, said(quality, CORE_FOUR, **told))).startswith(said_of)


def test_a_database_a_host_and_a_column_that_are_not_there_are_told(quality: Server, tmp_path: Path):
    text = said(quality, ["audits"])
    assert "no database of that name" in refusal(
        folder_saying(tmp_path, text.replace("database: qa\n", "database: quality\n"))
    )
    assert "does not answer" in refusal(folder_saying(tmp_path, text.replace(str(quality.port), "1")))
    query = text.replace("view: qa.audits", "query: SELECT grade FROM qa.audits")
    assert "names a column that is not there" in refusal(folder_saying(tmp_path, query))


def test_two_columns_of_one_name_are_refused(quality: Server, tmp_path: Path):
    text = said(quality, ["audits"]).replace("view: qa.audits", "query: 'SELECT team, child_id AS team FROM qa.audits'")
    assert 'two columns are called "team"' in refusal(folder_saying(tmp_path, text))


# Nothing is written ---------------------------------------------------------------------------------------------------


def test_a_user_that_could_write_is_refused_and_accepted_only_in_writing(quality: Server, tmp_path: Path):
    quality.run("GRANT USAGE ON SCHEMA qa, tracker_qa TO writer; GRANT SELECT ON ALL TABLES IN SCHEMA qa TO writer; "
                "GRANT UPDATE (team) ON tracker_qa.audits TO writer")  # fmt: skip
    text = said(quality, CORE_FOUR, user="writer")
    line = refusal(folder_saying(tmp_path, text))
    assert line.startswith(
        "quality: the user could write to 1 of its tables, such as tracker_qa.audits. Ask for a user"
    )
    accepted = said(quality, CORE_FOUR, user="writer", more="    user_may_write: yes\n")
    loaded = read(folder_saying(tmp_path, accepted))
    assert list(loaded.issues["rule"]).count("user-may-write") == 1
    quality.run("ALTER ROLE writer SET default_transaction_read_only = on")
    assert "user-may-write" not in list(read(folder_saying(tmp_path, text)).issues["rule"])
    owner = text.replace("user: writer", "user: owner")
    assert "could write to" in refusal(folder_saying(tmp_path, owner))


def test_a_query_that_gets_past_us_is_stopped_by_the_server(quality: Server, tmp_path: Path):
    """Whatever a function does inside, the transaction is one that cannot write, even where its owner could."""
    quality.run("""
        CREATE SCHEMA sly; CREATE TABLE sly.seen (at timestamptz);
        CREATE FUNCTION sly.looks() RETURNS integer LANGUAGE sql SECURITY DEFINER AS
            $$ INSERT INTO sly.seen VALUES (now()) RETURNING 1 $$;
        CREATE VIEW sly.audits AS SELECT sly.looks() AS audit_id;
        GRANT USAGE ON SCHEMA sly TO reader; GRANT SELECT ON sly.audits TO reader;
    """)
    line = refusal(folder_saying(tmp_path, said(quality, ["audits"], schema="sly")))
    assert line == "quality, sly.audits: it tried to write, and was stopped. A query may only read."
    assert quality.run("SELECT count(*) FROM sly.seen") == [(0,)]


def test_no_escape_is_two_statements_for_the_server(quality: Server):
    quality.run("CREATE SCHEMA fuzz; CREATE TABLE fuzz.held AS SELECT 1 AS a")
    tried = 0
    with quality.connect() as connection:
        for text in escapes("fuzz.held"):
            try:
                query = single_query(text, "postgresql", "here")
            except WrongUse:
                continue
            tried += 1
            with suppress(psycopg.Error):
                cursor = connection.execute(f"SELECT * FROM (\n{query}\n) AS qa_query LIMIT 0")
                assert not cursor.nextset()
    assert tried > 20
    assert quality.run("SELECT count(*) FROM fuzz.held") == [(1,)]


# Encryption -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def council_authority() -> Certificate:
    return authority()


def present(at: Server, certificate: Certificate) -> None:
    """Let the server show a certificate from now on."""
    at.put("server.key", certificate.key)
    at.put("server.crt", certificate.pem)
    try:
        at.run("ALTER SYSTEM SET ssl = on")
    except psycopg.errors.InvalidParameterValue:
        pytest.skip("this PostgreSQL server was built without TLS, as those in wheels are: install Debian's postgresql")
    at.process.send_signal(signal.SIGHUP)
    until = time.monotonic() + 10
    while at.run("SHOW ssl") != [("on",)]:
        assert time.monotonic() < until
        time.sleep(0.02)
    time.sleep(0.2)  # until the postmaster has taken up the new certificate


def over_the_network(at: Server, folder: Path, trusted: Certificate) -> Path:
    """A folder whose sources.yaml reaches the server by its address, and trusts an authority."""
    (folder / "council.pem").write_bytes(trusted.pem)
    text = said(at, CORE_FOUR, more="    authority: council.pem\n").replace(at.socket, "127.0.0.1")
    return folder_saying(folder, text)


def test_a_connection_over_the_network_is_encrypted_and_its_server_known(
    quality: Server, tmp_path: Path, council_authority: Certificate
):
    present(quality, issued(council_authority))
    folder = over_the_network(quality, tmp_path, council_authority)
    assert [extract.rows_in for extract in read(folder).extracts] == [18, 2, 1, 2]


@pytest.mark.parametrize("wrong", ["expired", "unknown authority", "another name"])
def test_a_certificate_that_cannot_be_verified_stops_the_run_with_three_remedies(
    quality: Server, tmp_path: Path, council_authority: Certificate, wrong: str
):
    by = authority("Somebody else") if wrong == "unknown authority" else council_authority
    address = "127.0.0.9" if wrong == "another name" else "127.0.0.1"
    present(quality, issued(by, address, days=-1 if wrong == "expired" else 30))
    line = refusal(over_the_network(quality, tmp_path, council_authority))
    assert line.startswith("quality: the server's certificate could not be verified: it has expired")
    assert "renew it; install the authority on this machine or name its file in sources.yaml (authority)" in line
    assert "sslmode" not in line


def test_a_server_without_encryption_is_refused(tmp_path: Path, council_authority: Certificate):
    with server() as plain:
        line = refusal(over_the_network(plain, tmp_path, council_authority))
    assert line == "quality: the server offers no encryption. Ask IT to switch TLS on for it (ssl = on)."
