"""Damaged extracts are refused, listed or read the same; never a traceback, never a difference in silence."""

import pytest
from mutated import LOST, mutated_csv, mutated_workbook, outcome

WORKBOOKS, TEXT_FILES = range(60), range(60)  # benchmarks/mutated_extracts.py tries 7,000 and 3,000


@pytest.mark.parametrize("seed", WORKBOOKS)
def test_a_damaged_workbook_loses_nothing_in_silence(seed: int):
    how, content = mutated_workbook(seed)
    assert (how, outcome("audits.xlsx", content)) != (how, LOST)


@pytest.mark.parametrize("seed", TEXT_FILES)
def test_a_damaged_text_file_loses_nothing_in_silence(seed: int):
    how, content = mutated_csv(seed)
    assert (how, outcome("audits.csv", content)) != (how, LOST)
