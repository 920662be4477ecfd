"""Keeps frames in one private file and reads them back in a blink, every column of the type it had.

SQLite through pandas: it comes with Python, a file of it is one file, and it does not run what it reads (decision 017).
"""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Final

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.errors import WrongUse

UNIT: Final = "us"  # dates are kept as whole microseconds
_TYPES = "types of columns"  # no dataset has spaces in its name


def keep(frames: Mapping[str, DataFrame], path: Path) -> None:
    """The frames in one file, by name; their order of rows stays, their index does not. Nothing may be there yet."""
    types = [(name, str(column), str(frame[column].dtype)) for name, frame in frames.items() for column in frame]
    with closing(sqlite3.connect(path)) as file:
        for name, frame in frames.items():
            frame.apply(_plain).to_sql(name, file, index=False)
        DataFrame(types, columns=["frame", "column", "type"]).to_sql(_TYPES, file, index=False)
        file.commit()


def kept(path: Path) -> dict[str, DataFrame]:
    """The frames of a file. One row per row that was kept.

    Raises:
        WrongUse: the file is not there, or is none of ours.
    """
    if not path.is_file():
        raise WrongUse(f"There are no kept rows in {path.parent.name}. Give the folder of extracts instead.")
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as file:
        try:
            types = pd.read_sql(f'select * from "{_TYPES}"', file)
            names = types["frame"].drop_duplicates()
            frames = {name: pd.read_sql(f'select * from "{name}"', file) for name in names}
        except (sqlite3.DatabaseError, pd.errors.DatabaseError):
            raise WrongUse(f"{path.name} cannot be read as kept rows. Run the month again.") from None
    of_frame = {name: dict(zip(rows["column"], rows["type"], strict=True)) for name, rows in types.groupby("frame")}
    return {
        name: frame.assign(**{column: _typed(frame[str(column)], kind) for column, kind in of_frame[name].items()})
        for name, frame in frames.items()
    }


def _plain(values: Series) -> Series:
    """A column in the few types that SQLite has."""
    if pd.api.types.is_datetime64_any_dtype(values):
        return Series(values.dt.as_unit(UNIT).astype("int64").astype("Int64").mask(values.isna()))
    if values.dtype == "boolean":
        return values.astype("Int64")
    return values


def _typed(values: Series, kind: str) -> Series:
    """A column in the type it had."""
    if kind.startswith("datetime64"):
        values = pd.to_datetime(values.astype("Int64"), unit=UNIT)
    elif kind == "boolean":
        values = values.astype("Int64")
    return Series(values.astype(kind))  # type: ignore[call-overload]
