"""What a second publication says of the first: published, changed, published again."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from small import frames, write

from qa_analysis.data.identity import Key
from qa_analysis.month.digests import Digested, write_digests
from qa_analysis.month.figures import Written
from qa_analysis.month.files import read_month, write_month
from qa_analysis.month.month import Month
from qa_analysis.month.preparing import prepare
from qa_analysis.month.rows import Rows, write_rows
from qa_analysis.publishing.before.earlier import vintages
from qa_analysis.publishing.before.ledger import with_ledger

JUNE = "2023-06"
KEY = Key(b"k" * 32)
MADE_BY = {"key": KEY.name, "program": "1", "rules_version": "1", "council": {}}
AUDITS: list[dict[str, Any]] = [
    {"audit_id": f"a{number}", "child_id": f"6123{number}", "key_worker_id": f"w{number}"} for number in range(6)
]


def made(folder: Path, audits: list[dict[str, Any]]) -> tuple[Month, Rows]:
    """June from extracts, of one measure."""
    held = {name: frame for name, frame in frames(audits=audits, actions=[{}]).items() if len(frame)}
    prepared = prepare(write(folder, held), JUNE, as_at=None, key=KEY)
    return replace(prepared.month, held=Written(prepared.month.held.of("audits_completed"))), prepared.rows


def publish(outputs: Path, name: str, month: Month, rows: Rows) -> None:
    place = outputs / name
    write_month(month, place / "tables")
    write_rows(rows, place)
    write_digests(Digested(rows), place, month.as_at)
    told = {"month": JUNE, "as_at": month.as_at.isoformat(), "published": "2023-07-12", **MADE_BY}
    (place / "manifest.json").write_text(json.dumps(told))


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    publish(tmp_path / "outputs", JUNE, *made(tmp_path / "first", AUDITS))
    return tmp_path / "outputs"


def again(outputs: Path, audits: list[dict[str, Any]], **manifest: Any) -> Month:
    """June made again from other extracts, with what it says of the first, through its files."""
    month, rows = made(outputs.parent / "again", audits)
    told = with_ledger(month, Digested(rows), vintages(outputs, JUNE), {**MADE_BY, **manifest})
    write_month(told, outputs.parent / "tables")
    return read_month(outputs.parent / "tables")


def test_the_same_rows_again_change_nothing(outputs: Path) -> None:
    told = again(outputs, AUDITS[::-1])
    assert told.restated.empty
    assert told.restated_rows.empty


def test_a_late_audit_is_told_with_its_cause_and_the_number_of_records(outputs: Path) -> None:
    told = again(outputs, [*AUDITS, {"audit_id": "late"}])
    whole = told.restated[told.restated["by"].eq("") & told.restated["period"].eq(JUNE)].iloc[0]
    assert (whole["then"], whole["now"], whole["cause"], whole["by_late"]) == (6, 7, "late", 1)
    assert told.restated_rows.to_numpy().tolist() == [[JUNE, "audits", 1, 0, 0]]


def test_with_another_key_figures_are_compared_and_no_cause_is_claimed(outputs: Path) -> None:
    told = again(outputs, [*AUDITS, {"audit_id": "late"}], key="another")
    assert set(told.restated["cause"]) == {""}


def test_where_the_rows_of_then_are_gone_figures_are_compared_all_the_same(outputs: Path) -> None:
    (outputs / JUNE / "restricted" / "rows.sqlite").write_bytes(b"no database")
    told = again(outputs, [*AUDITS, {"audit_id": "late"}])
    assert len(told.restated)
    assert set(told.restated["cause"]) == {""}


def test_digests_are_for_the_owner_alone(outputs: Path) -> None:
    assert (outputs / JUNE / "restricted" / "digests.json").is_file()
    assert not list((outputs / JUNE / "tables").glob("*digest*"))


def test_a_month_without_the_newer_tables_is_read_as_before(outputs: Path) -> None:
    (outputs / JUNE / "tables" / "settling.csv").write_text("measure,lag,status\naudits_completed,0,settled\n")
    assert read_month(outputs / JUNE / "tables").settling["group"].tolist() == [""]
    (outputs / JUNE / "tables" / "settling.csv").unlink()
    assert read_month(outputs / JUNE / "tables").settling.empty


def test_the_first_publication_costs_nothing(tmp_path: Path) -> None:
    month, rows = made(tmp_path / "first", AUDITS)
    assert with_ledger(month, Digested(rows), vintages(tmp_path / "none", JUNE), MADE_BY) is month
