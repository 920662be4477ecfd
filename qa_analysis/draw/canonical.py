"""One spelling of a number or name, whatever file it came from, so that the same record always has the same ticket."""

import pandas as pd
from pandas import DataFrame, Series

_WHOLE = r"^([+-]?\d+)\.0+$"  # what Excel and numbers with blanks among them make of 12345


def canonical(values: Series) -> Series:
    """The values as text: composed letters (NFC), single spaces, none around, whole numbers without ".0".

    A blank is an empty text. One text per value.
    """
    texts = values.astype("object").where(values.notna(), "").astype("str")
    composed = texts.str.normalize("NFC").str.split().str.join(" ")
    return Series(composed.str.replace(_WHOLE, r"\1", regex=True), dtype="str")


def canonical_text(value: object) -> str:
    """One value, as `canonical` writes it."""
    return str(canonical(Series([value], dtype="object"))[0])


def canonical_columns(frame: DataFrame, columns: list[str]) -> DataFrame:
    """These columns in their canonical spelling; one that the frame lacks is blank. One row per row of the frame."""
    blank = Series("", index=frame.index, dtype="str")
    return pd.DataFrame({name: canonical(frame[name]) if name in frame else blank for name in columns})
