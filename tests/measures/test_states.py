"""The first word that holds is the one a reader would come to first."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from qa_analysis.measures.states import first_that_holds

FLAGS = st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), max_size=10)


@given(FLAGS)
def test_each_record_has_the_first_word_whose_flag_is_set(flags: list[tuple[bool, bool, bool]]) -> None:
    names = ("first", "second", "third")
    index = pd.Index([f"row {place}" for place in range(len(flags))])
    states = {name: [flag[place] for flag in flags] for place, name in enumerate(names)}
    expected = [next((name for name, holds in zip(names, flag, strict=True) if holds), "none") for flag in flags]
    found = first_that_holds(states, otherwise="none", index=index)
    assert found.tolist() == expected
    assert found.index.equals(index)
    assert found.dtype == pd.Series(["a"]).dtype
