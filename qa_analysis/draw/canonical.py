"""One spelling of a number or name, whatever file it came from, so that the same record always has the same ticket."""

import re
import unicodedata

import pandas as pd
from pandas import DataFrame, Series

_WHOLE = re.compile(r"([+-]?\d+)\.0+")  # what Excel, and numbers with blanks among them, make of 12345


def canonical(values: Series) -> Series:
    """The values as text: composed letters (NFC), single spaces, none around, whole numbers without ".0".

    A blank is an empty text. One text per value.
    """
    codes, different = pd.factorize(values.astype("object"))  # most columns say the same few things many times
    spelt = pd.array([*map(canonical_text, different.tolist()), ""], dtype="str")
    return Series(spelt.take(codes), index=values.index, dtype="str")


def canonical_text(value: object) -> str:
    """One value that is not blank, in its canonical spelling."""
    text = str(value)
    if text.isascii() and text.isalnum():
        return text
    text = " ".join(unicodedata.normalize("NFC", text).split())
    whole = _WHOLE.fullmatch(text) if text.endswith("0") else None
    return whole[1] if whole else text


def canonical_columns(frame: DataFrame, columns: list[str]) -> DataFrame:
    """These columns in their canonical spelling; one that the frame lacks is blank. One row per row of the frame."""
    blank = Series("", index=frame.index, dtype="str")
    return pd.DataFrame({name: canonical(frame[name]) if name in frame else blank for name in columns})


def texts(values: Series) -> list[str]:
    """A column of texts as a list, which is far quicker to go through."""
    return list(values.to_numpy(dtype="object").tolist())
