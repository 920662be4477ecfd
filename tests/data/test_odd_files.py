"""What may lie in a folder of extracts and is no file that can be read: it is said in one line, and nothing hangs."""

import os
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from extracts import CONTRACTS, SYNONYMS
from runs import CORE
from small import frames, write

from qa_analysis.cli import main
from qa_analysis.data.sources import read_folder
from qa_analysis.errors import InputRefused, WrongUse

POSIX = pytest.mark.skipif(os.name != "posix", reason="names of bytes, pipes and devices are POSIX")
ODD = {
    "a link to a device without an end": lambda path: path.symlink_to("/dev/zero"),
    "a pipe that nobody writes to": os.mkfifo if os.name == "posix" else None,
    "a link to nowhere": lambda path: path.symlink_to("gone"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "data", frames(**CORE))


@POSIX
@pytest.mark.parametrize("kind", ODD)
def test_what_is_no_file_is_named_and_the_rest_is_read(kind: str, folder: Path):
    ODD[kind](folder / "audits-july.csv")
    loaded = read_folder(folder, CONTRACTS, SYNONYMS)
    assert len(loaded.frames["audits"]) == len(CORE["audits"])
    told = loaded.issues.loc[loaded.issues["file"] == "audits-july.csv", "message"].tolist()
    assert [line.partition(". ")[0] for line in told] == [
        "Nothing was read from audits-july.csv: it is a device, a pipe or a link to nowhere"
    ]


@POSIX
@pytest.mark.parametrize(
    ("command", "name", "kind"),
    [*(("check", name, kind) for name in ("sources.yaml", "council.yaml") for kind in ODD),
     ("map", "sources.yaml", "a pipe that nobody writes to")],
)  # fmt: skip
def test_settings_that_are_no_file_are_refused_in_a_line(command: str, name: str, kind: str, folder: Path):
    ODD[kind](folder / name)
    result = CliRunner().invoke(main, [command, "--data", str(folder)])
    assert (result.exit_code, "Traceback" in result.output) == (2, False)
    assert f"{name} is no file but a folder, a device, a pipe or a link to nowhere." in result.output


@POSIX
@pytest.mark.parametrize("command", ["check", "map"])
def test_a_name_that_is_no_text_is_refused_in_a_line(command: str, folder: Path):
    (Path(os.fsdecode(os.fsencode(folder) + b"/audits-\xe9t\xe9.csv"))).touch()
    result = CliRunner().invoke(main, [command, "--data", str(folder)])
    assert result.exit_code == InputRefused.exit_code
    assert result.output.splitlines()[-1] == (
        'The name of a file cannot be read for certain: "audits-?t?.csv". Rename it, in plain letters.'
    )


@POSIX
def test_a_name_that_is_no_text_may_be_left_out_on_purpose(folder: Path):
    (Path(os.fsdecode(os.fsencode(folder) + b"/notes-\xe9.docx"))).touch()
    (folder / "sources.yaml").write_text("ignore:\n  - notes*\n")
    assert len(read_folder(folder, CONTRACTS, SYNONYMS).frames["audits"]) == len(CORE["audits"])


def test_a_folder_that_is_called_like_the_settings_is_refused(folder: Path):
    (folder / "sources.yaml").mkdir()
    with pytest.raises(WrongUse, match="no file but a folder"):
        read_folder(folder, CONTRACTS, SYNONYMS)


def test_a_file_that_means_nothing_costs_less_than_half_a_thousandth_of_a_second(folder: Path):
    started = time.process_time()
    read_folder(folder, CONTRACTS, SYNONYMS)
    alone = time.process_time() - started
    for number in range(2_000):
        (folder / f"minutes {number}.csv").touch()
    started = time.process_time()
    loaded = read_folder(folder, CONTRACTS, SYNONYMS)
    assert time.process_time() - started - alone < 1
    assert len(loaded.issues) >= 2_000
