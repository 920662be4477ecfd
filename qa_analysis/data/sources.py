"""Sources: a folder of extracts in; one canonical frame per dataset, the issues and the row counts out."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import pandas as pd
from pandas import DataFrame

from qa_analysis.data.contracts import Contract
from qa_analysis.data.issues import issue_table
from qa_analysis.data.reading.finding import find_tables
from qa_analysis.data.reading.raw import Extract
from qa_analysis.data.reading.sheets import read_sheet
from qa_analysis.data.reading.sources_file import read_plan
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
        read_sheet(found.table, contract, found.source, grade_synonyms, prompts=prompts)
        for dataset, contract in contracts.items()
        for found in finds.tables
        if found.dataset == dataset
    ]
    return Loaded(
        frames=MappingProxyType(_together((sheet.extract.dataset, sheet.frame) for sheet in sheets)),
        extracts=(*(sheet.extract for sheet in sheets), *finds.left_out),
        issues=issue_table([*finds.issues, *(issue for sheet in sheets for issue in sheet.issues)]),
        aside=MappingProxyType(_together((sheet.extract.dataset, sheet.aside) for sheet in sheets)),
    )


def _together(parts: Iterable[tuple[str, DataFrame | None]]) -> dict[str, DataFrame]:
    """What the sheets gave of each dataset as one frame. Dataset -> frame."""
    read: dict[str, list[DataFrame]] = {}
    for dataset, frame in parts:
        if frame is not None:
            read.setdefault(dataset, []).append(frame)
    return {dataset: pd.concat(frames, ignore_index=True) for dataset, frames in read.items()}
