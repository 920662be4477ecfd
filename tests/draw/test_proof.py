"""A draw can be proved: by the command, by plain Python, and a single ticket by one line of Windows PowerShell."""

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
import yaml
from draws import SEED, framed, recorded, records

from qa_analysis.draw.checking import problems
from qa_analysis.draw.drawing import draw
from qa_analysis.draw.record import (
    DETAILS_FILE,
    RECORD_FILE,
    digest,
    drawn_rows,
    fixed_rows,
    read_draw,
    read_texts,
    write_details,
    write_rows,
)
from qa_analysis.draw.tickets import ticket
from qa_analysis.framework import resource

DOCS = resource("docs")
ROWS = [
    *records(8, age_band="0-4", reviewing_officer_id="Zoë, “O’Neill”"),
    *records(8, first=20, team="South"),
    *records(6, first=40, service_area="Cared For", team="Oak", sibling_group="f"),
    *records(1, first=60, is_restricted=True),
]
DONE = [{"cycle_month": "2023-06", "child_id": "C00021", "key_worker_id": f"kw{place}"} for place in (1, 2, 3, 4, 5, 6)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The record of a draw in which one record was put forward."""
    return recorded(tmp_path, ROWS, size=7, audits=DONE, nominated=frozenset({"C00008"}))


def said_by_script(folder: Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-I", "-S", DOCS / "check_draw.py", folder], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return done.returncode, done.stdout.strip()


def test_the_command_and_plain_python_prove_the_recorded_draw(folder: Path) -> None:
    assert problems(folder) == ()
    assert said_by_script(folder) == (0, "Proved: the 7 audits are what the frame and the seed give.")


def test_a_record_reads_back_as_it_was_drawn(folder: Path) -> None:
    back, made = read_draw(folder), draw(framed(ROWS, size=7, audits=DONE), SEED, nominated={"C00008"})
    pd.testing.assert_frame_equal(
        back.records[["child_id", "rank", "outcome", "is_moderated"]],
        made.records[["child_id", "rank", "outcome", "is_moderated"]],
    )
    assert back.drawn["inclusion_probability"].tolist() == pytest.approx(made.drawn["inclusion_probability"].tolist())
    assert back.details["seed"] == SEED


TAMPERED = {
    "team": "South ", "key_worker_id": "kw99", "exclusion": "restricted record", "inclusion_probability": "0.5",
    "is_worker_recent": "no", "ticket": "0" * 64, "rank": "9", "outcome": "excluded", "is_moderated": "?",
    "child_id": "C99999", "stratum": "Safeguarding / South",
}  # fmt: skip


@pytest.mark.parametrize(("column", "value"), TAMPERED.items())
def test_one_row_tampered_with_is_found(folder: Path, column: str, value: str) -> None:
    rows = read_texts(folder / RECORD_FILE)
    rows.loc[0, column] = value
    write_rows(rows, folder / RECORD_FILE)
    assert problems(folder) != ()
    assert said_by_script(folder)[0] == 1


def test_a_row_taken_out_and_two_that_swapped_outcomes_are_found(folder: Path) -> None:
    rows = read_texts(folder / RECORD_FILE)
    write_rows(rows.drop(index=3), folder / RECORD_FILE)
    assert "the frame is not the one whose fingerprint was printed" in problems(folder)[0]
    one, other = rows.index[rows["outcome"].eq("drawn")][0], rows.index[rows["outcome"].eq("not drawn")][0]
    rows.loc[[one, other], "outcome"] = ["not drawn", "drawn"]
    write_rows(rows, folder / RECORD_FILE)
    named = sorted([one + 2, other + 2])
    assert (
        problems(folder)[0]
        == f"record.csv: outcome is not what the frame and the seed give in rows {named[0]} and {named[1]}"
    )


def test_another_seed_or_allocation_on_the_page_is_found(folder: Path) -> None:
    page = yaml.safe_load((folder / DETAILS_FILE).read_text(encoding="utf-8"))
    write_details({**page, "seed": "1"}, folder / DETAILS_FILE)
    assert len(problems(folder)) >= 2
    first = next(iter(page["allocation"]))
    held = {**page["allocation"], first: {**page["allocation"][first], "due": "5"}}
    write_details({**page, "allocation": held}, folder / DETAILS_FILE)
    assert "the audits due are not the sum of the records' chances" in problems(folder)[0]
    write_details({**page, "allocation": "x"}, folder / DETAILS_FILE)
    assert problems(folder) != ()


@pytest.mark.parametrize("name", [RECORD_FILE, DETAILS_FILE])
def test_a_file_that_is_gone_or_rubbish_is_one_line(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"\xff\x00:\n\t-")
    assert len(problems(folder)) == 1
    (folder / name).unlink()
    assert len(problems(folder)) == 1


def test_the_fingerprint_hangs_on_the_nonce_and_not_on_the_order_of_rows() -> None:
    rows = fixed_rows(framed(ROWS, size=7))
    assert digest(rows, "a") == digest(rows[::-1], "a") != digest(rows, "b")


def test_shuffled_rows_and_other_types_give_the_same_draw() -> None:
    numbered = [{**row, "child_id": 1000 + place} for place, row in enumerate(ROWS)]
    spelt = [{**row, "child_id": f" {row['child_id']}.0", "team": f"{row['team']}\u00a0"} for row in reversed(numbered)]
    first, second = (draw(framed(rows, size=7), SEED).records for rows in (numbered, spelt))
    pd.testing.assert_frame_equal(first, second)


SCRIPT = """
import locale; locale.setlocale(locale.LC_ALL, "")
from test_proof import printed; print(printed())
"""


def printed() -> str:
    """The fingerprint of a draw, chances and outcomes and all."""
    held = framed(ROWS, size=7, audits=DONE)
    return hashlib.sha256(drawn_rows(held, draw(held, SEED)).to_csv(lineterminator="\n").encode()).hexdigest()


def test_neither_locale_nor_hash_seed_changes_a_draw() -> None:
    places = os.pathsep.join(str(Path(__file__).parents[number]) for number in (2, 1, 0))
    other = {**os.environ, "PYTHONPATH": places, "PYTHONHASHSEED": "20", "LC_ALL": "C"}
    said = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, env=other)
    assert said.stdout.strip() == printed()


def test_the_windows_line_and_the_page_show_the_ticket_that_python_makes() -> None:
    """PowerShell is not run here: the steps of its line are held against Python's, and so is the result it shows."""
    page = (DOCS / "draw.md").read_text(encoding="utf-8")
    line = re.search(r"```powershell\n(.+?)\n```", page, re.DOTALL)
    assert line is not None
    seed, number = (re.search(rf"\${name}='([^']+)'", line[1])[1] for name in ("seed", "id"))  # type: ignore[index]
    assert ticket(seed, number) in page
    for step in ("SHA256]::Create()", "UTF8.GetBytes($t)", "'x2'", "sha ((sha $seed) + $id)"):
        assert step in line[1]
    assert "check_draw.py" in page
