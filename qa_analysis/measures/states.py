"""One word for each record: the first whose condition holds."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from pandas import Series


def first_that_holds(states: Mapping[str, ArrayLike], *, otherwise: str, index: pd.Index) -> "Series[str]":
    """The first word whose flags are set, of each record of an index; another where none is.

    Each word is one text however many records have it, where a choice among arrays of text makes one for each.
    """
    places = np.full(len(index), len(states))
    for place, flags in reversed([*enumerate(states.values())]):
        places[np.asarray(flags, dtype=bool)] = place
    words = np.array([*states, otherwise], dtype=object)
    return Series(words[places], index=index, dtype="str")
