"""From a folder of extracts to a list that was selected: the slip first, then the seed, then the proof."""

import stat
from pathlib import Path

import pandas as pd
import pytest
import yaml
from click.testing import CliRunner, Result
from draws import MONTH, SEED, records
from small import frame

from qa_analysis.cli import main
from qa_analysis.draw.record import read_draw

CASELOAD = [*records(12), *records(8, first=20, team="South"), *records(1, first=40, is_restricted=True)]
PLAN = [{"cycle_month": MONTH, "theme_code": "supervision", "factor": "trend", "planned_audits": 5}]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A caseload, a plan, and the audits of June."""
    folder = tmp_path / "data"
    folder.mkdir()
    put(folder, "caseload", CASELOAD)
    put(folder, "audit_plan", PLAN)
    put(folder, "audits", [{"child_id": "C00001", "key_worker_id": "kw2"}])
    return folder


def put(folder: Path, dataset: str, rows: list[dict[str, object]]) -> None:
    made = frame(dataset, rows)
    held = made[[name for name in made if not name.startswith("source_")]]
    held.to_csv(folder / f"{dataset}.csv", index=False, date_format="%Y-%m-%d")


def select(data: Path, *more: str) -> Result:
    outputs = data.parent / "outputs"
    done = CliRunner().invoke(main, ["select", MONTH, "--data", str(data), "--outputs", str(outputs), *more])
    assert "Traceback" not in done.output
    assert "C000" not in done.output  # no number of a record on the screen
    return done


def drawn(data: Path) -> Path:
    """The folder of the draw."""
    return data.parent / "outputs" / "draws" / MONTH


def test_the_slip_comes_first_then_the_list_then_the_proof(data: Path) -> None:
    fixed = select(data)
    assert (fixed.exit_code, "SEED SLIP: selection of audits for July 2023" in fixed.output) == (0, True), fixed.output
    page = yaml.safe_load((drawn(data) / "draw.yaml").read_text(encoding="utf-8"))
    assert page["frame_digest"][:8] in (drawn(data) / "seed-slip.txt").read_text(encoding="utf-8")
    assert page["nonce"] not in (drawn(data) / "seed-slip.txt").read_text(encoding="utf-8")
    assert select(data).output.splitlines()[4].startswith("The frame was fixed before")
    done = select(data, "--seed", SEED)
    assert "Selected for July 2023: 5 audits, 2 of them for moderation." in done.output
    made = read_draw(drawn(data))
    assert len(made.drawn) == 5
    assert not set(made.drawn["child_id"]) & {"C00001", "C00002", "C00040"}
    inside = [*drawn(data).rglob("*"), drawn(data), drawn(data).parent]
    assert {stat.S_IMODE(path.stat().st_mode) for path in inside if path.is_file()} == {0o600}
    assert {stat.S_IMODE(path.stat().st_mode) for path in inside if path.is_dir()} == {0o700}
    pack = pd.read_excel(drawn(data) / "panel-pack.xlsx", header=None, dtype="str", engine="calamine").fillna("")
    held = pack[pack[0].str.startswith("C0")]
    assert set(held[0]) == set(made.records.loc[made.records["is_moderated"], "child_id"])
    assert (held.iloc[:, 4:] == "").all(axis=None)
    proved = CliRunner().invoke(main, ["verify", str(drawn(data))])
    assert (proved.exit_code, "whole and unchanged" in proved.output) == (0, True)


def test_a_changed_record_is_found_by_verify(data: Path) -> None:
    select(data), select(data, "--seed", SEED)
    record = drawn(data) / "record.csv"
    record.write_text(record.read_text(encoding="utf-8").replace('"drawn"', '"not drawn"', 1), encoding="utf-8")
    found = CliRunner().invoke(main, ["verify", str(drawn(data))])
    assert found.exit_code == 50
    assert "outcome is not what the frame and the seed give in row" in found.output


def test_a_seed_before_the_frame_is_refused(data: Path) -> None:
    refused = select(data, "--seed", SEED)
    assert (refused.exit_code, "is not fixed yet" in refused.output) == (2, True)


def test_extracts_that_changed_after_the_slip_stop_the_draw_and_say_how(data: Path) -> None:
    select(data)
    put(data, "caseload", [*CASELOAD[1:], *records(2, first=60), {**CASELOAD[0], "team": "South"}])
    stopped = select(data, "--seed", SEED)
    assert stopped.exit_code == 50
    assert "2 records new, 0 gone, 1 changed" in stopped.output
    assert not (drawn(data) / "record.csv").exists()


def test_a_month_is_selected_once_and_again_only_with_a_reason_that_is_kept(data: Path) -> None:
    select(data), select(data, "--seed", SEED)
    assert "Selected before with this seed: the record is whole." in select(data, "--seed", SEED).output
    for more in (["--seed", "1"], []):
        refused = select(data, *more)
        assert (refused.exit_code, "--because" in refused.output) == (2, True)
    assert select(data, "--because", "x", "--seed", "1").exit_code == 2
    anew = select(data, "--because", "The caseload was a month old")
    assert anew.exit_code == 0
    assert select(data, "--seed", "271828").exit_code == 0
    page = read_draw(drawn(data)).details
    assert page["earlier_draws"][0]["replaced_because"] == "The caseload was a month old"
    assert page["earlier_draws"][0]["seed"] == SEED
    assert read_draw(drawn(data) / "earlier-1").details["seed"] == SEED


def test_the_size_is_fixed_with_the_frame(data: Path) -> None:
    assert "Audits: 3." in select(data, "--size", "3").output
    assert select(data, "--size", "4", "--seed", SEED).exit_code == 2
    assert select(data, "--seed", SEED).exit_code == 0
    assert len(read_draw(drawn(data)).drawn) == 3


def test_records_put_forward_are_listed_beside_and_unknown_ones_named_by_line(data: Path) -> None:
    select(data)
    listed = data.parent / "put-forward.txt"
    listed.write_text("C00001\n\nX1\nC00040\n", encoding="utf-8")
    refused = select(data, "--seed", SEED, "--nominated", str(listed))
    assert (refused.exit_code, "has the number of line 3 and 4." in refused.output) == (2, True), refused.output
    listed.write_text("C00001 \n", encoding="utf-8")
    assert "Put forward for good practice: 1 record" in select(data, "--seed", SEED, "--nominated", str(listed)).output
    made = read_draw(drawn(data)).records.set_index("child_id")
    assert made.loc["C00001", "outcome"] == "nominated"
    assert made["outcome"].eq("drawn").sum() == 5


def test_without_a_caseload_nothing_is_selected(data: Path) -> None:
    (data / "caseload.csv").unlink()
    refused = select(data)
    assert (refused.exit_code, "No audits can be selected without caseload" in refused.output) == (11, True)


def test_who_was_selected_last_month_is_spared_though_no_audit_is_in_yet(data: Path) -> None:
    select(data), select(data, "--seed", SEED)
    put(data, "caseload", [{**row, "snapshot_on": day} for day in ("2023-06-30", "2023-07-31") for row in CASELOAD])
    august = CliRunner().invoke(
        main, ["select", "2023-08", "--data", str(data), "--outputs", str(data.parent / "outputs"), "--size", "5"]
    )
    assert august.exit_code == 0, august.output
    fixed = pd.read_csv(drawn(data).parent / "2023-08" / "frame.csv", keep_default_na=False)
    rested = set(fixed.loc[fixed["exclusion"].str.startswith("child audited"), "child_id"])
    assert rested == {"C00001", *read_draw(drawn(data)).drawn["child_id"]}


def test_what_could_not_be_read_and_what_was_not_supplied_is_said(data: Path) -> None:
    (data / "audits.csv").unlink()
    put(data, "caseload", [*CASELOAD, {**CASELOAD[3], "team": "South"}])
    said = select(data)
    assert said.exit_code == 0, said.output
    assert "Not supplied: audits. Who was audited lately is not known." in said.output
    assert "caseload: " in said.output
