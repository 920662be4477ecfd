"""What is asked of each different text once is what each text would have been told."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from pandas import Series

from qa_analysis.stats.wording.different import of_each

TEXTS = st.lists(st.one_of(st.none(), st.text(alphabet="ab ", max_size=3)), max_size=20)


@given(TEXTS)
def test_each_text_has_the_answer_that_it_would_have_by_itself(texts: list[str | None]) -> None:
    held = Series(texts, dtype="str", index=[f"row {place}" for place in range(len(texts))])
    asked: list[int] = []

    def lengths(different: Series) -> Series:
        asked.append(len(different))
        return different.str.len().fillna(-1).astype("int64")

    found = of_each(held, lengths)
    assert found.tolist() == [-1 if text is None else len(text) for text in texts]
    assert found.index.equals(held.index)
    assert asked == [len({*texts})]


def test_answers_keep_their_type() -> None:
    assert of_each(Series(["a", "b", "a"], dtype="str"), lambda texts: texts == "a").tolist() == [True, False, True]
    assert of_each(Series(["a"], dtype="str"), lambda texts: texts.str.upper()).dtype == pd.Series(["A"]).dtype
