"""Why ids do not match is told by what they differ in, and no id is."""

from collections.abc import Sequence

import pytest
from pandas import DataFrame

from qa_analysis.data.contracts import Column
from qa_analysis.data.links import cause

LINK = Column("audit_id", "id", references="audits.audit_id")


def told(links: Sequence[str | None], keys: Sequence[str | None]) -> str:
    frames = {"findings": DataFrame({"audit_id": links}), "audits": DataFrame({"audit_id": keys})}
    return cause(frames, "findings", LINK)


@pytest.mark.parametrize(
    ("link", "key", "words"),
    [
        ("000123", "123", "leading zeros are ignored"),
        ("A-00123", "A-123", "leading zeros are ignored"),
        ("'000123", "000123", "apostrophes are ignored"),
        ("\N{RIGHT SINGLE QUOTATION MARK}123", "123", "apostrophes are ignored"),
        ("qa/123", "QA/123", "case is ignored (capitals and small letters)"),
        ("QA 123", "QA123", "spaces are ignored"),
        ("QA-2023-7", "QA2023/7", "spaces, hyphens and slashes are ignored"),
        ("'qa 007", "QA-7", "leading zeros, apostrophes, case, spaces and hyphens are ignored"),
        ("AUD123", "123", "the letters before the number are ignored"),
        ("AUD00123", "123", "the letters before the number and leading zeros are ignored"),
    ],
)
def test_the_least_difference_that_explains_it_is_named(link: str, key: str, words: str) -> None:
    said = told([link, None], [key, None])
    assert said.startswith(f"Their ids match once {words}. ")
    assert link not in said
    assert "123" not in said


def test_a_difference_that_explains_few_of_the_links_is_no_cause() -> None:
    said = told(["001", "xa", "xb", "xc"], ["1", "ya", "yb", "yc"])
    assert said == "Correct the ids, or supply the audits that are missing: both extracts must cover the same time."


def test_links_that_hold_as_they_are_are_no_sign_of_a_difference() -> None:
    assert told(["1", "2", "3", "nowhere"], ["1", "2", "3"]).startswith("Correct the ids, or supply the audits")


def test_the_difference_that_explains_most_is_named() -> None:
    assert "leading zeros" in told(["001", "002", "'3"], ["1", "2", "3"])
