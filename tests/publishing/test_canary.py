"""Five hundred made-up ids and names go in, some where a code belongs; none comes out, but in restricted/."""

import re
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from councils import council
from small import CONTRACTS

from qa_analysis.cli import main
from qa_analysis.data.synthetic import write_council
from qa_analysis.disclosure.masking import MASK
from qa_analysis.reports.moderation.workshop import FILE as CALIBRATION_PACK

pytestmark = pytest.mark.slow

THEN, MONTH = "2022-12", "2023-06"  # the first audit cycle of the council, and its last
# Every service and team is in the tables, and a page of one is cut from them: some are as good as all.
PLACES = {"service": ("Safeguarding", "Cared For"), "team": ("Harbour", "Willow", "Compass")}
EACH = 110
CODED = [(name, column.name) for name, contract in CONTRACTS.items() for column in contract.columns
         if column.codes or column.kind == "month"]  # fmt: skip
OPEN = [(name, column.name) for name, contract in CONTRACTS.items() for column in contract.columns
        if column.kind in ("code", "codes") and not column.codes and not column.key]  # fmt: skip
CANARIES = {
    "coded": [f"mum of Zel{chr(97 + number // 26)}{chr(97 + number % 26)}da" for number in range(len(CODED))],
    "open": [f"Wilhelmina Zof{chr(97 + number // 26)}{chr(97 + number % 26)}ra" for number in range(len(OPEN))],
    "child": [f"77{number:05d}31" for number in range(EACH)],
    "worker": [f"WQX{number:04d}" for number in range(EACH)],
    "name": [f"Zebedee Quillfeather{number:03d}" for number in range(EACH)],
    "text": [f"Perpetua Oxenfoord{number:03d}" for number in range(EACH)],
}


def planted(seed: int = 7) -> dict[str, pd.DataFrame]:
    """The synthetic council with canaries in every identifying and every free-text column, links kept."""
    rng = np.random.default_rng(seed)
    frames = council(first_cycle=THEN, cycles=7)
    swap = {domain: _swap(frames, domain, rng) for domain in ("child", "worker", "name")}
    return {name: _planted(frame, name, swap, rng) for name, frame in frames.items()}


def _swap(frames: dict[str, pd.DataFrame], domain: str, rng: np.random.Generator) -> dict[str, str]:
    """Real ones of the council -> canaries, so many that each identifying column holds some."""
    held = pd.concat(
        [frames[name][column.name] for name, contract in CONTRACTS.items() for column in contract.columns
         if column.person == domain]
    ).dropna()  # fmt: skip
    common = held.value_counts().index[: 3 * EACH]
    return dict(zip(rng.choice(common, EACH, replace=False), CANARIES[domain], strict=True))


def _planted(frame: pd.DataFrame, name: str, swap: dict[str, dict[str, str]], rng: np.random.Generator) -> pd.DataFrame:
    columns = {}
    for column in CONTRACTS[name].columns:
        if column.person:
            columns[column.name] = frame[column.name].replace(swap[column.person])
        elif column.free_text:
            named = frame[column.name].fillna("") + " " + rng.choice(CANARIES["text"], len(frame))
            columns[column.name] = named.where(rng.random(len(frame)) < 0.5, frame[column.name])
    return frame.assign(**columns)


def typed_wrongly(frames: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The council with a name in one cell of every column that holds a code, of a list or open, a grade or a month."""
    changed = {name: frame.copy() for name, frame in frames.items()}
    canaries = [*CANARIES["coded"], *CANARIES["open"]]
    for number, ((name, column), canary) in enumerate(zip([*CODED, *OPEN], canaries, strict=True)):
        values = changed[name][column].astype(object)
        values.iloc[(3 + 7 * number) % len(values)] = canary
        changed[name][column] = values
    return changed


def faulty(frames: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Records for which every kind of list, line and message has something to say."""
    audits, actions, staff = (frames[name].copy() for name in ("audits", "actions", "staff"))
    audits["age_band"] = audits["age_band"].astype(object).mask(audits.index % 5 == 0, "very young")
    audits["notice_on"] = audits["audited_on"] + pd.Timedelta(days=3)
    actions["completed_on"] = actions["agreed_on"] - pd.Timedelta(days=2)
    actions.loc[actions.index % 3 == 0, "audit_id"] = "nowhere"
    staff["ended_on"] = staff["started_on"] - pd.Timedelta(days=1)
    return {**frames, "audits": audits, "actions": actions, "staff": staff}


def texts(folder: Path) -> dict[str, str]:
    """The bytes of every file below a folder as text, workbooks unpacked, restricted/ and the extracts left out."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file() and "restricted" not in path.relative_to(folder).parts:
            data = path.read_bytes()
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as parts:
                    data = b"".join(parts.read(part) for part in parts.namelist())
            found[str(path)] = data.decode("utf-8", "replace") + data.decode("utf-16-le", "replace") + path.name
    return found


LAST = re.compile(r"(?=(Zel..da|Zof..ra|77\d{5}31|WQX\d{4}|Quillfeather\d{3}|Oxenfoord\d{3}))")  # words of canaries


def seen(text: str) -> list[str]:
    """The canaries whose last word stands in a text, alone or within another word."""
    words = set(LAST.findall(text))
    return [canary for group in CANARIES.values() for canary in group if canary.split()[-1] in words]


def test_every_canary_is_known_by_its_last_word() -> None:
    every = [canary for group in CANARIES.values() for canary in group]
    assert [canary for canary in every if seen(f"xx{canary.split()[-1]}7731") != [canary]] == []


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, int]:
    """A month published from a council full of canaries, with everything the run said and left behind."""
    place = tmp_path_factory.mktemp("canary")
    write_council(place / "data", typed_wrongly(faulty(planted())))
    left = place / "left"
    for name in ("tmp", "home"):
        (left / name).mkdir(parents=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(left / "tmp"))
        patch.setenv("HOME", str(left / "home"))
        patch.setattr("tempfile.tempdir", None)
        patch.chdir(left)
        places = [word for kind, names in PLACES.items() for name in names for word in (f"--{kind}", name)]
        result = CliRunner().invoke(
            main, ["run", MONTH, "--data", str(place / "data"), "--outputs", str(left / "outputs"), *places]
        )
    return left, result.output, result.exit_code


def test_the_canaries_are_really_in_the_extracts(ran: tuple[Path, str, int]) -> None:
    extracts = "".join(texts(ran[0].parent / "data").values())
    assert len(seen(extracts)) == 4 * EACH + len(CODED) + len(OPEN) >= 500


def test_no_canary_is_in_anything_published_or_left_behind(ran: tuple[Path, str, int]) -> None:
    left, output, code = ran
    assert code == 0, output
    pages = {path.stem for kind in PLACES for path in (left / "outputs" / MONTH / f"{kind}s").glob("*.html")}
    assert len(pages) == sum(map(len, PLACES.values()))
    assert {name: seen(text) for name, text in texts(left).items() if seen(text)} == {}


def test_no_canary_is_on_the_screen(ran: tuple[Path, str, int]) -> None:
    assert seen(ran[1]) == []


def test_the_fix_lists_do_name_whom_they_must(ran: tuple[Path, str, int]) -> None:
    restricted = ran[0] / "outputs" / MONTH / "restricted"
    named = ""
    for path in restricted.glob("*.xlsx"):
        with zipfile.ZipFile(path) as parts:
            named += "".join(parts.read(part).decode("utf-8", "replace") for part in parts.namelist())
    assert any(canary in named for canary in CANARIES["worker"])


def test_no_canary_is_in_the_pack_that_people_read_together(ran: tuple[Path, str, int]) -> None:
    """The pack lies in restricted/, yet a room reads it: canaries are in half of all texts that go into it."""
    with zipfile.ZipFile(ran[0] / "outputs" / MONTH / "restricted" / CALIBRATION_PACK) as parts:
        words = "".join(parts.read(part).decode("utf-8", "replace") for part in parts.namelist())
    assert MASK in words
    assert seen(words) == []


def test_the_temporary_folder_is_left_empty(ran: tuple[Path, str, int]) -> None:
    assert list((ran[0] / "tmp").iterdir()) == []


def test_no_canary_is_on_the_screen_when_the_run_is_refused(tmp_path: Path) -> None:
    frames = faulty(planted())
    audits = frames["audits"]
    frames["audits"] = pd.concat([audits, audits.head(40)]).assign(overall_grade="Good/RI", team=audits["team"])
    write_council(tmp_path / "data", frames)
    for command in (
        ["check", "--data", str(tmp_path / "data")],
        ["run", MONTH, "--data", str(tmp_path / "data"), "--outputs", str(tmp_path / "o")],
    ):
        result = CliRunner().invoke(main, command)
        assert result.exit_code == 11, result.output
        assert seen(result.output) == []
