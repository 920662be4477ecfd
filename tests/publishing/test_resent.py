"""An extract sent again is recognised, whatever its file is called and however its rows are ordered."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from runs import run
from small import frames, write

from qa_analysis.data.identity import Key
from qa_analysis.month.digests import Digested, write_digests
from qa_analysis.month.preparing import prepare
from qa_analysis.month.rows import write_rows
from qa_analysis.publishing.before.earlier import vintages
from qa_analysis.publishing.before.resent import refuse_stale, said, sent_again

pytestmark = pytest.mark.usefixtures("own_key")
KEY = Key(bytes.fromhex("5a" * 32))
MAY, JUNE = "2023-05", "2023-06"


def audits(*cycles: str) -> list[dict[str, Any]]:
    return [
        {
            "audit_id": f"{cycle}-{number}",
            "cycle_month": cycle,
            "audited_on": f"{cycle}-15",
            "child_id": f"6123{number}",
        }
        for cycle in cycles
        for number in range(4)
    ]


ACTIONS = [
    {"action_id": f"a{number}", "agreed_on": f"2023-05-{number:02d}", "team": f"T{number}"} for number in range(10, 20)
]


def data(folder: Path, *cycles: str, actions: list[dict[str, Any]] = ACTIONS) -> Path:
    held = {name: frame for name, frame in frames(audits=audits(*cycles), actions=actions).items() if len(frame)}
    return write(folder, held)


def publish_may(outputs: Path, folder: Path) -> None:
    """May as a run would leave it, without its reports."""
    prepared, place = prepare(folder, MAY, as_at=None, key=KEY), outputs / MAY
    place.mkdir(parents=True)
    write_rows(prepared.rows, place)
    write_digests(Digested(prepared.rows), place, prepared.month.as_at)
    (place / "manifest.json").write_text(json.dumps({"key": KEY.name, "as_at": "2023-06-10"}))


def june(tmp_path: Path, folder: Path, key: Key = KEY) -> tuple[dict[str, str], Digested]:
    digested = Digested(prepare(folder, JUNE, as_at=date(2023, 7, 10), key=key).rows)
    return sent_again(digested, JUNE, vintages(tmp_path / "outputs", JUNE), key.name), digested


def test_last_months_file_renamed_and_in_another_order_is_recognised_and_stops_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_may(tmp_path / "outputs", data(tmp_path / "may", MAY))
    folder = data(tmp_path / "june", MAY, JUNE, actions=ACTIONS[::-1])
    (folder / "actions.csv").rename(folder / "Actions final v2.csv")
    monkeypatch.setenv("QA_ANALYSIS_KEY", "5a" * 32)
    result = run(folder, tmp_path / "outputs")
    assert result.exit_code == 12, result.output
    assert "actions (Actions final v2.csv) holds exactly the rows that May 2023 was published from" in result.output
    assert "--accept-stale" in result.output


def test_one_row_more_is_no_file_sent_again(tmp_path: Path) -> None:
    publish_may(tmp_path / "outputs", data(tmp_path / "may", MAY))
    more = [*ACTIONS, {"action_id": "a99", "agreed_on": "2023-06-01"}]
    assert june(tmp_path, data(tmp_path / "june", MAY, JUNE, actions=more))[0] == {}


def test_the_same_rows_that_reach_to_the_end_of_the_cycle_are_said_and_stop_nothing(tmp_path: Path) -> None:
    whole = [*ACTIONS, {"action_id": "a99", "agreed_on": "2023-07-03"}]
    publish_may(tmp_path / "outputs", data(tmp_path / "may", MAY, JUNE, actions=whole))
    again, digested = june(tmp_path, data(tmp_path / "june", MAY, JUNE, actions=whole))
    refuse_stale(again, digested, JUNE)
    assert said(again, digested) == ("Same rows as published for May 2023: every dataset.",)
    assert said({"actions": again["actions"]}, digested) == ("Same rows as published for May 2023: actions.",)


def test_a_month_of_another_key_is_not_compared(tmp_path: Path) -> None:
    publish_may(tmp_path / "outputs", data(tmp_path / "may", MAY))
    assert june(tmp_path, data(tmp_path / "june", MAY, JUNE), Key(b"c" * 32))[0] == {}


@pytest.mark.slow
def test_what_is_accepted_is_published_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish_may(tmp_path / "outputs", data(tmp_path / "may", MAY))
    monkeypatch.setenv("QA_ANALYSIS_KEY", "5a" * 32)
    folder = data(tmp_path / "june", MAY, JUNE)
    result = run(folder, tmp_path / "outputs", "--accept-stale", "--report", "restatements")
    assert result.exit_code == 0, result.output
    assert "Same rows as published for May 2023: actions." in result.output
