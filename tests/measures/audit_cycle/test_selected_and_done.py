"""What was done of what was selected, and the record on its way from the draw's folder into the month."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from pandas import DataFrame
from small import frames, tables, write

from qa_analysis.data.identity import Key
from qa_analysis.measures.audit_cycle.selected_and_done import OUTCOMES, RECORD, selected_and_done
from qa_analysis.month.drawn import record_frame
from qa_analysis.month.preparing import prepare
from qa_analysis.month.rows import read_rows, write_rows
from qa_analysis.publishing.recorded import recorded

JUNE = "2023-06"


def row(child: str, outcome: str, rank: int | None, stratum: str = "A", **more: Any) -> dict[str, Any]:
    return {"cycle_month": JUNE, "child_id": child, "outcome": outcome, "rank": rank, "stratum": stratum, **more}


def found(audited: str, *rows: dict[str, Any], **more: Any) -> list[int]:
    """The tally of each outcome, of audits of these children selected at random."""
    held = tables(audits=[{"child_id": child, **more} for child in audited])
    held = replace(held, frames={**held.frames, RECORD: record_frame(DataFrame(rows))})
    return [int(figure.value) for figure in selected_and_done(held)]


A = (row("a", "drawn", 1), row("b", "drawn", 2), row("c", "replacement", 3), row("d", "replacement", 4))


def test_the_list_was_followed_where_the_selected_were_audited() -> None:
    assert found("ab", *A) == [2, 0, 0, 0, 0]


def test_a_replacement_is_in_order_where_every_earlier_one_of_its_stratum_was_used() -> None:
    assert found("ac", *A) == [1, 1, 1, 0, 0]
    assert found("cd", *A) == [0, 2, 2, 0, 0]
    assert found("ad", *A) == [1, 1, 0, 1, 0]
    assert found("ax", *A, row("x", "replacement", 2, "B"), row("y", "replacement", 1, "B")) == [1, 1, 0, 1, 0]


def test_an_audit_said_to_be_selected_at_random_that_the_record_did_not_select_is_counted() -> None:
    assert found("abz", *A) == [2, 0, 0, 0, 1]
    assert found("abe", *A, row("e", "not drawn", 5)) == [2, 0, 0, 0, 1]
    assert found("abe", *A, row("e", "excluded", None)) == [2, 0, 0, 0, 1]


def test_a_record_selected_and_audited_by_another_route_was_audited() -> None:
    assert found("ab", *A, selection_route="reactive") == [2, 0, 0, 0, 0]


def test_a_household_of_foster_carers_cannot_be_found_and_is_left_out() -> None:
    assert found("ab", *A, row("f", "drawn", 1, "F", case_status="fostering")) == [2, 0, 0, 0, 0]


def test_a_record_of_another_cycle_says_nothing_of_this_one() -> None:
    assert found("a", row("a", "drawn", 1, cycle_month="2023-05")) == []


def test_the_record_in_the_outputs_is_pseudonymised_with_the_audits_and_kept_with_the_rows(tmp_path: Path) -> None:
    folder = tmp_path / "outputs" / "draws" / JUNE
    folder.mkdir(parents=True)
    rows = [
        {**row("00612", "drawn", 1), "is_worker_recent": "no", "inclusion_probability": "0.5", "is_moderated": "no"},
        {**row("", "excluded", None), "is_worker_recent": "no", "inclusion_probability": "0", "is_moderated": "no"},
    ]
    DataFrame(rows).to_csv(folder / "record.csv", index=False)
    write(tmp_path / "data", frames(audits=[{"child_id": "00612"}, {"child_id": "00613"}], actions=[{}]))
    record = recorded(tmp_path / "outputs", JUNE)
    prepared = prepare(tmp_path / "data", JUNE, as_at=None, key=Key(b"k" * 32), record=record)
    tally = dict(zip(OUTCOMES, prepared.month.figures("selection_followed", by="outcome")["value"], strict=True))
    assert list(tally.values()) == [1, 0, 0, 0, 1]
    assert "00612" not in prepared.tables.frames[RECORD]["child_id"].tolist()
    write_rows(prepared.rows, tmp_path)
    assert len(read_rows(tmp_path).frames[RECORD]) == 1


def test_without_a_record_or_with_a_damaged_one_there_is_none(tmp_path: Path) -> None:
    assert recorded(tmp_path, JUNE) is None
    (tmp_path / "draws" / JUNE).mkdir(parents=True)
    (tmp_path / "draws" / JUNE / "record.csv").write_text("no,record\n1,2\n")
    assert recorded(tmp_path, JUNE) is None
