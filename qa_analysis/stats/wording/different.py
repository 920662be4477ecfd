"""What is asked of texts, asked of each different text once: in many records many say the same."""

from collections.abc import Callable

import pandas as pd
from pandas import Series


def of_each(texts: Series, answer: Callable[[Series], Series]) -> Series:
    """The answer to each text, in order and with the index of the texts, from the answers to the different ones."""
    codes, different = pd.factorize(texts, use_na_sentinel=False)
    return Series(answer(Series(different, dtype=texts.dtype)).array.take(codes), index=texts.index, name=texts.name)
