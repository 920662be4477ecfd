"""The mess of real extracts: the same council, written as untidily as councils really write."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from random import Random

from pandas import DataFrame

from qa_analysis.data.synthetic.columns import is_date, is_grade, is_yes_no
from qa_analysis.data.synthetic.era import stream
from qa_analysis.data.synthetic.files.writing import (
    GUIDANCE,
    TITLES,
    WORKBOOKS,
    Cell,
    Sheet,
    as_text,
    cells,
    shown_heading,
    write_workbook,
)

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
GRADE_WORDS: Mapping[str, tuple[str, ...]] = {
    "outstanding": ("Outstanding", "O", "outstanding ", "OUTSTANDING"),
    "good": ("Good", "G", "good", " Good", "GOOD"),
    "requires improvement": (
        "RI", "R.I.", "Req Imp", "Requires Improvement", "requires improvement to be good", "RIG", "ri ",
    ),
    "inadequate": ("Inadequate", "I", "inadequate", "Inad"),
    "not applicable": ("N/A", "n/a", "Not applicable", "NA"),
}  # fmt: skip
YES_WORDS: tuple[Cell, ...] = ("Y", "Yes", "yes ", "a) Yes", "TRUE", True)
NO_WORDS: tuple[Cell, ...] = ("N", "No", "no", "b) No", "FALSE", False)
BLANKS: tuple[Cell, ...] = (None, "", "-", " ", NO_BREAK_SPACE)
ROLE_COLUMNS = ("auditor_role", "owner_role", "signed_off_role", "observer_role")
ROLE_WORDS = {
    "team manager": "TM", "service manager": "SM", "practice improvement team": "PIT", "assistant director": "AD",
    "principal social worker": "PSW",
}  # fmt: skip
CODED: Mapping[str, tuple[str, ...]] = {  # columns with a list of codes: forms prefix a letter, people change the case
    "audits": ("case_status", "subject", "selection_route", "age_band"), "moderations": ("route", "reason_about"),
    "findings": ("polarity",), "actions": ("source", "level"), "family_feedback": ("respondent", "outcome", "views"),
    "observations": ("kind", "trigger"), "audit_answers": ("answer",), "conferences": ("kind", "child_participated"),
    "complaints_compliments": ("kind", "outcome"), "indicators": ("better_is", "level"), "learning_events": ("kind",),
}  # fmt: skip
HEADINGS: Mapping[tuple[str, str], str] = {  # what trackers call some columns
    ("audits", "cycle_month"): "Month of audit", ("audits", "theme_code"): "Theme", ("audits", "team"): "Team name",
    ("audits", "child_id"): "Child LCS ID", ("audits", "key_worker_id"): "Allocated worker",
    ("audits", "team_manager_id"): "Team Manager", ("audits", "auditor_id"): "Auditor",
    ("audits", "reviewing_officer_id"): "IRO/CP Chair", ("audits", "overall_grade"): "Overall grade (auditor)",
    ("audits", "impact_statement"): "Impact on child", ("audits", "is_disputed"): "Disagreement?",
    ("audits", "grade_assessment"): "3. Assessment grade", ("actions", "source"): "Source of action",
    ("caseload", "child_id"): "Child Unique ID",
}  # fmt: skip
OLD_ENCODING = ("staff",)  # exported by an old system in Windows-1252, with semicolons
BY_YEAR = ("caseload",)  # exported once a year
TOTAL_ROWS = ("audits", "actions")


def write_messy(folder: Path, frames: Mapping[str, DataFrame], *, seed: int = 2022) -> None:
    """Workbooks and CSV files with every kind of mess that can be read for certain: the same frames come back."""
    random = stream(seed, "mess")
    for name, datasets in WORKBOOKS.items():
        sheets = [_messy_sheet(random, dataset, frames[dataset]) for dataset in datasets if dataset in frames]
        codes = Sheet("Codes", [["Grade", "Means"], ["RI", "Requires improvement"], ["G", "Good"]])
        write_workbook(folder / name, [Sheet("Guidance", GUIDANCE, merged=("A8:D9",)), *sheets, codes])
    in_workbooks = {dataset for datasets in WORKBOOKS.values() for dataset in datasets}
    for dataset in sorted(frames.keys() - in_workbooks):
        _write_messy_csv(random, folder, dataset, frames[dataset])


def _messy_sheet(random: Random, dataset: str, frame: DataFrame) -> Sheet:
    """A title, padding, the headings, untidy rows with blank ones and the headings again, a total."""
    columns = [str(name) for name in frame]
    headings: list[Cell] = [_heading(random, dataset, name) for name in columns]
    rows: list[list[Cell]] = [
        [untidy(random, dataset, name, cell) for name, cell in zip(columns, row, strict=True)]
        for row in cells(dataset, frame)
    ]
    for _ in range(min(3, len(rows))):
        rows.insert(random.randrange(1, len(rows) + 1), [None])
    if rows:
        rows.insert(random.randrange(1, len(rows) + 1), headings)
    if dataset in TOTAL_ROWS:
        rows.append(["Total", None, None, len(frame)])
    top: list[list[Cell]] = [[TITLES.get(dataset, shown_heading(dataset))], [None, "Last saved by the team"], []]
    return Sheet(shown_heading(dataset), [*top, [*headings, None, " "], *rows])


def _write_messy_csv(random: Random, folder: Path, dataset: str, frame: DataFrame) -> None:
    """A CSV file, or one a year, in one of the encodings and delimiters systems export."""
    text = as_text(dataset, frame, day="%d/%m/%Y").rename(columns=lambda name: _heading(random, dataset, str(name)))
    if dataset in BY_YEAR:
        for year, rows in text.groupby(frame["snapshot_on"].dt.year):
            rows.to_csv(folder / f"{dataset} {year}.csv", index=False, encoding="utf-8", lineterminator="\n")
        return
    encoding, mark = ("cp1252", ";") if dataset in OLD_ENCODING else ("utf-8-sig", ",")
    typed = _untidy_text(random, dataset, text, frame)
    typed.to_csv(folder / f"{dataset}.csv", index=False, encoding=encoding, sep=mark, lineterminator="\r\n")


def _untidy_text(random: Random, dataset: str, text: DataFrame, frame: DataFrame) -> DataFrame:
    """The text of a CSV file with some of the mess that workbooks have."""
    names = [str(name) for name in frame]
    rows = [
        [_in_text(untidy(random, dataset, name, cell)) for name, cell in zip(names, row, strict=True)]
        for row in cells(dataset, frame)
    ]
    return DataFrame(rows, columns=text.columns, index=text.index, dtype="object")


def _in_text(cell: Cell) -> str:
    """A cell as a CSV file has it: dates as people in England write them."""
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return "" if cell is None else str(cell)


def _heading(random: Random, dataset: str, name: str) -> str:
    """A heading as somebody typed it."""
    words = HEADINGS.get((dataset, name)) or shown_heading(name)
    return random.choice((words, words, words.upper(), f" {words} ", words.replace(" ", NO_BREAK_SPACE), f"{words} *"))


def untidy(random: Random, dataset: str, name: str, cell: Cell) -> Cell:
    """The cell as somebody typed it, meaning the same."""
    if cell is None:
        return random.choice(BLANKS)
    return _way(dataset, name)(random, cell)


def _way(dataset: str, name: str) -> Callable[[Random, Cell], Cell]:
    """How cells of a column are untidy."""
    if is_date(name):
        return _date
    if is_yes_no(dataset, name):
        return lambda random, cell: random.choice(YES_WORDS if cell == "Yes" else NO_WORDS)
    if is_grade(name):
        return lambda random, cell: random.choice(GRADE_WORDS[str(cell)])
    if name in ("cycle_month", "month", "period", "revisit_of"):
        return _month
    if name.endswith("_id"):
        return _identifier
    if name in ROLE_COLUMNS:
        return lambda random, cell: random.choice((cell, ROLE_WORDS.get(str(cell), cell)))
    return _code if name in CODED.get(dataset, ()) else _padded


def _date(random: Random, cell: Cell) -> Cell:
    """A real date, text of several kinds, or Excel's count of days."""
    if not isinstance(cell, date):
        return cell
    serial = (cell - date(1899, 12, 30)).days
    ways: Sequence[Cell] = (cell, cell, cell, f"{cell:%d/%m/%Y}", f"{cell:%d/%m/%Y} ", f"{cell:%d-%b-%Y}",
                            f"{cell:%Y-%m-%d} 00:00:00.000", serial)  # fmt: skip
    return random.choice(ways)


def _month(random: Random, cell: Cell) -> Cell:
    """A cycle as 2023-06, 06/2023 or Jun 2023."""
    day = date.fromisoformat(f"{cell}-01")
    return random.choice((cell, f"{day:%m/%Y}", f"{day:%b %Y}", f"{day:%B %Y}"))


def _identifier(random: Random, cell: Cell) -> Cell:
    """An identifier as a number, with .0, or padded."""
    text = str(cell)
    if text.isdecimal() and not text.startswith("0"):
        return random.choice((text, int(text), float(text), f"{text}.0", f" {text}"))
    return random.choice((text, text, f"{text} ", f"{text}{NO_BREAK_SPACE}"))


def _code(random: Random, cell: Cell) -> Cell:
    """A code with a form's prefix, in another case or padded."""
    text = str(cell)
    return random.choice((text, f"a) {text}", text.upper(), f"{text} ", f"c) {text.capitalize()}"))


def _padded(random: Random, cell: Cell) -> Cell:
    """Text with padding, and no-break spaces between words."""
    if not isinstance(cell, str):
        return cell
    return random.choice((cell, cell, f" {cell}  ", cell.replace(" ", NO_BREAK_SPACE)))


def renamed_team(frames: Mapping[str, DataFrame], old: str, new: str) -> dict[str, DataFrame]:
    """The same council with a team under another name, such as "NA" for Neighbourhood Area. New frames."""
    return {
        dataset: frame.assign(**{
            name: frame[name].where(frame[name] != old, new) for name in ("team", "entity") if name in frame
        })
        for dataset, frame in frames.items()
    }  # fmt: skip
