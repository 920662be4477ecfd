"""Sources: a folder of extracts in; one canonical frame per dataset, the issues and the row counts out."""

import gc
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

import pandas as pd
from pandas import DataFrame

from qa_analysis.data.contracts import Contract
from qa_analysis.data.issues import Issue, issue_table
from qa_analysis.data.reading.finding import Found, find_tables
from qa_analysis.data.reading.raw import Extract
from qa_analysis.data.reading.sheets import Sheet, read_sheet
from qa_analysis.data.reading.sources_file import read_plan
from qa_analysis.data.reading.whole_datasets.answers import without_one_answer
from qa_analysis.data.reading.whole_datasets.overlaps import Part, without_repeats
from qa_analysis.data.reading.whole_datasets.spellings import one_spelling
from qa_analysis.errors import WrongUse

__all__ = ["Extract", "Loaded", "read_folder"]


@dataclass(frozen=True)
class Loaded:
    """What a folder held: a frame per supplied dataset, an extract per sheet, an issue per problem.

    `aside` has of each dataset the records that mean nothing, which are in no frame.
    """

    frames: Mapping[str, DataFrame]
    extracts: tuple[Extract, ...]
    issues: DataFrame
    aside: Mapping[str, DataFrame]
    personal: frozenset[str] = frozenset()  # ids that sources.yaml makes of a person's number or name
    is_draft: bool = False  # sources.yaml was drafted and not yet confirmed
    words: frozenset[str] = frozenset()  # codes that sources.yaml names


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Within it Python does not look for things to throw away: of the cells read none is, and looking takes a quarter.

    What is no longer needed goes as ever; only circles of things that hold each other wait until the end.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_nothing_collected()
def read_folder(
    folder: Path,
    contracts: Mapping[str, Contract],
    grade_synonyms: Mapping[str, str],
    *,
    prompts: Collection[str] = (),
) -> Loaded:
    """Every dataset found in a folder, read by its contract. One row of a frame per record.

    `prompts` are the framework's, so that a number is not taken for the wrong one.

    Raises:
        InputRefused: a file cannot be read safely, or which dataset it holds cannot be told for certain.
        WrongUse: there is no such folder, or its sources.yaml says what cannot be.
    """
    if not folder.is_dir():
        raise WrongUse(f"There is no folder {folder.name}. Give the folder that holds the extracts.")
    plan = read_plan(folder, contracts, grade_synonyms)
    finds = find_tables(folder, contracts, plan)
    sheets = [
        (found, read_sheet(found.table, contract, found.source, grade_synonyms, prompts=prompts))
        for dataset, contract in contracts.items()
        for found in finds.tables
        if found.dataset == dataset
    ]
    read, overlaps = _without_repeats(sheets, contracts)
    frames, put, told = looked_at_together(_together((sheet.extract.dataset, sheet.frame) for sheet in read), contracts)
    listed = [*finds.issues, *overlaps, *told, *(issue for sheet in read for issue in sheet.issues)]
    return Loaded(
        frames=MappingProxyType(frames),
        extracts=(*(sheet.extract for sheet in read), *finds.left_out),
        issues=issue_table(listed).replace(put),
        aside=MappingProxyType(_together((sheet.extract.dataset, sheet.aside) for sheet in read)),
        personal=plan.personal,
        is_draft=plan.is_draft,
        words=plan.words,
    )


def looked_at_together(
    frames: Mapping[str, DataFrame], contracts: Mapping[str, Contract]
) -> tuple[dict[str, DataFrame], dict[str, dict[str, str]], list[Issue]]:
    """The datasets as all their files and all datasets together say what they mean, and what to know of it.

    In the middle stands which spelling of a team and of a service was put for which.
    """
    answered = {name: without_one_answer(frame, contracts[name]) for name, frame in frames.items()}
    settled, put, told = one_spelling({name: frame for name, (frame, _) in answered.items()})
    return settled, put, [*(issue for _, issues in answered.values() for issue in issues), *told]


def _without_repeats(
    sheets: Sequence[tuple[Found, Sheet]], contracts: Mapping[str, Contract]
) -> tuple[list[Sheet], list[Issue]]:
    """The sheets without the records that another file of the same dataset holds as well, and what to know of it."""
    read, issues = [], []
    for dataset, contract in contracts.items():
        own = [(found, sheet) for found, sheet in sheets if found.dataset == dataset]
        framed = [(found, sheet) for found, sheet in own if sheet.frame is not None]
        parts, told = without_repeats([_part(found, sheet) for found, sheet in framed], contract)
        left = {id(sheet): part.frame for (_, sheet), part in zip(framed, parts, strict=True)}
        read += [_holding(sheet, left.get(id(sheet))) for _, sheet in own]
        issues += told
    return read, issues


def _part(found: Found, sheet: Sheet) -> Part:
    """A sheet as it is compared with others."""
    frame = DataFrame() if sheet.frame is None else sheet.frame
    return Part(sheet.extract.file, sheet.extract.sheet, found.mark, frame)


def _holding(sheet: Sheet, frame: DataFrame | None) -> Sheet:
    """A sheet of which only these records are loaded; those of its others that another file holds count as listed."""
    if frame is None or sheet.frame is None or len(frame) == len(sheet.frame):
        return sheet
    gone, extract = len(sheet.frame) - len(frame), sheet.extract
    counted = replace(extract, rows_loaded=extract.rows_loaded - gone, rows_listed=extract.rows_listed + gone)
    return replace(sheet, frame=frame, extract=counted)


def _together(parts: Iterable[tuple[str, DataFrame | None]]) -> dict[str, DataFrame]:
    """What the sheets gave of each dataset as one frame. Dataset -> frame."""
    read: dict[str, list[DataFrame]] = {}
    for dataset, frame in parts:
        if frame is not None:
            read.setdefault(dataset, []).append(frame)
    return {dataset: pd.concat(frames, ignore_index=True) for dataset, frames in read.items()}
