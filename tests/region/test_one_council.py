"""One council of a region: whatever its program does, it ends in an outcome, and what harms it harms nobody else."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from council_program import begun, command, council, order

from qa_analysis.publishing.apart.ready import Ready
from qa_analysis.region import one_council, processes
from qa_analysis.region.one_council import publish_council
from qa_analysis.region.orders import Limits, Outcome

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals")


def outcome(place: Path, does: str, **limits: float) -> Outcome:
    """What comes of a council that does this, without how long it took."""
    (place / "outputs").mkdir(exist_ok=True)
    asked = order(council(place / "councils", "Alder", does), place / "outputs", **limits)
    return replace(publish_council(asked, command), seconds=0.0)


def failed(code: int, line: str) -> Outcome:
    return Outcome("Alder", "failed", exit_code=code, line=line, tries=1)


def test_a_council_is_published_once_from_the_same_inputs(tmp_path: Path) -> None:
    assert outcome(tmp_path, "publish") == Outcome("Alder", "published", "2023-06", tries=1)
    asked = order(tmp_path / "councils" / "Alder", tmp_path / "outputs")
    again = [replace(publish_council(one, command), seconds=0.0) for one in (asked, replace(asked, begun="later"))]
    assert again == [Outcome("Alder", "already published", "2023-06")] * 2
    assert begun(tmp_path / "outputs", "Alder") == 1
    (asked.data / "actions.csv").write_text("new")
    assert publish_council(replace(asked, begun="later"), command).folder == "2023-06-r2"


def test_a_council_without_a_cycle_in_the_month_is_not_due(tmp_path: Path) -> None:
    line = "No audit cycle of the council ends in the month."
    assert outcome(tmp_path, "nothing") == Outcome("Alder", "not due", line=line, tries=1)


@pytest.mark.parametrize(
    ("does", "expected"),
    [
        ("exit 10 audits.xlsx is damaged. Save it again.", failed(10, "audits.xlsx is damaged. Save it again.")),
        ("exit 11 one\\ntwo\\nthree", failed(11, "two (1 more: run it alone to see all)")),
        ("exit 2 with \x1b[31m colour", failed(2, "with [31m colour")),
        ("exit 2 " + "x" * 900, failed(2, "x" * 600)),
        ("exit 3 child 612300", failed(3, "It ended without saying why.")),
        ("exit 1 Traceback (most recent call last):\\nKeyError: 612300", failed(1, "It ended without saying why.")),
        ("exit 143 Ended from outside; nothing was published.", failed(143, "It was ended from outside (signal 15).")),
        ("key", failed(2, "key False")),
    ],
)
def test_a_council_that_stops_is_told_of_in_a_line_of_ours_or_in_none_of_its_own(
    does: str, expected: Outcome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QA_ANALYSIS_KEY", "5a" * 32)
    assert outcome(tmp_path, does) == expected


@POSIX
@pytest.mark.parametrize("does", ["endless", "deaf"])
def test_a_council_that_never_ends_is_ended(does: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "GRACE", 0.5)
    line = "It took more than 0.02 minutes and was ended. Run it alone, or give more --minutes."
    assert outcome(tmp_path, does, minutes=0.02) == failed(41, line)


@LINUX
def test_a_council_that_takes_all_memory_is_refused_it(tmp_path: Path) -> None:
    assert outcome(tmp_path, "bomb", gigabytes=0.3) == failed(1, "It ended without saying why.")


@POSIX
def test_a_council_that_is_killed_is_named(tmp_path: Path) -> None:
    line = "It was ended by the system (signal 9), most often for want of memory."
    assert outcome(tmp_path, "die") == failed(40, line)


def test_a_council_that_never_stops_talking_is_published(tmp_path: Path) -> None:
    assert outcome(tmp_path, "talk").state == "published"


def test_a_folder_that_is_in_use_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_council, "LOOK", 0.01)
    assert outcome(tmp_path, "busy") == Outcome("Alder", "published", "2023-06", tries=1)
    assert begun(tmp_path / "outputs", "Alder") == 2


def test_but_not_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_council, "BUSY_FOR", 0.0)
    assert outcome(tmp_path, "exit 30 another run is at work here.") == failed(30, "another run is at work here.")


def test_a_worker_with_another_version_publishes_nothing(tmp_path: Path) -> None:
    asked = order(council(tmp_path, "Alder"), tmp_path / "outputs", program="0.0.9")
    told = publish_council(asked, command)
    assert (told.exit_code, told.line.endswith("the region 0.0.9. Update it.")) == (2, True)
    assert not (tmp_path / "outputs").exists()


def test_a_worker_that_does_not_see_the_extracts_says_so(tmp_path: Path) -> None:
    told = publish_council(order(tmp_path / "Alder", tmp_path / "outputs"), command)
    assert (told.exit_code, told.line) == (
        10,
        f"There is no folder {tmp_path / 'Alder'} on the machine that was to read it.",
    )


def test_a_run_that_cannot_be_copied_is_started_as_a_program(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError("no memory")

    monkeypatch.setattr(Ready, "start", refused)
    ended = processes.ended_within([*processes.OURS, "nonsense"], Limits(5, 8))
    assert (ended.code, ended.said) == (2, "Wrong use: No such command 'nonsense'.\n")


def test_a_key_of_its_own_is_made_for_each_council_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa_analysis.region.one_council.settings", lambda: tmp_path / "settings")
    asked = [order(council(tmp_path, name), tmp_path / "outputs") for name in ("Alder", "Birch")]
    files = [line[line.index("--key-file") + 1] for line in (one_council.run_command(one, "m") for one in asked * 2)]
    assert files == [str(tmp_path / "settings" / "councils" / f"{name}.key") for name in ("Alder", "Birch")] * 2
    assert len({Path(file).read_text() for file in files}) == 2
    named = replace(asked[0], key_file=tmp_path / "mine.key", options=("--strict",))
    line = one_council.run_command(named, "m")
    assert line[1:] == [
        "-P", "-m", "qa_analysis", "run", "2023-06", "--data", str(tmp_path / "Alder"), "--outputs",
        str(tmp_path / "outputs" / "Alder"), "--key-file", str(tmp_path / "mine.key"), "--strict", "--inputs", "m",
    ]  # fmt: skip
