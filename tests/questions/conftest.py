"""The demo's council of two years, as an opening would hold it: made once for all that asks it."""

from pathlib import Path

import pytest
from councils import council
from small import CONTRACTS

from qa_analysis.framework import rules_for
from qa_analysis.month.checking import extracts_table
from qa_analysis.questions.opening import KEPT, Held, held_of


@pytest.fixture(scope="session")
def demo() -> Held:
    """Two years of the demo's council."""
    supplied = {name: frame for name, frame in council(seed=2022).items() if name in KEPT}
    month = max(supplied["audits"]["cycle_month"].dropna())
    rules = rules_for(month)
    return held_of(supplied, CONTRACTS, extracts_table(()), rules, month, None, Path("nowhere"))
