"""Only what was approved is quoted, masked, and nobody is named in it."""

import pytest
from small import month, tables

from qa_analysis.data.synthetic.people.names import FORENAMES, SURNAMES
from qa_analysis.disclosure.masking import MASK
from qa_analysis.framework import rules_for
from qa_analysis.measures.themes.phrases import vocabulary
from qa_analysis.month.quotations import COLUMNS, masked, of_year, quotations

PEOPLE = ["Jane Smith", "612306", "CH-10234", "Siân O'Neill-Jones"]
APPROVED = {"approved_by_role": "principal social worker", "approved_on": "2023-06-20"}
PLAIN = "The plan was written with the family."


def quoted(text: str, *, originals: list[str] = PEOPLE, **more: object) -> list[str]:
    held = tables(
        audits=[{}], findings=[{"audit_id": "audits-1", "text": text}],
        approved_quotations=[{"finding_id": "findings-1", **APPROVED, **more}],
    )  # fmt: skip
    return quotations(held, originals)["text"].tolist()


def test_a_finding_that_nobody_approved_is_not_quoted() -> None:
    held = tables(
        audits=[{}],
        findings=[{"audit_id": "audits-1", "text": PLAIN}, {"audit_id": "audits-1", "text": "Another one, not read."}],
        approved_quotations=[{"finding_id": "findings-1", **APPROVED}],
    )
    assert quotations(held, PEOPLE)["text"].tolist() == [PLAIN]
    assert quotations(tables(audits=[{}], findings=[{"text": PLAIN}]), PEOPLE).empty


@pytest.mark.parametrize(
    "not_valid", [{"approved_on": "2023-07-11"}, {"approved_on": None}, {"approved_by_role": None}]
)
def test_an_approval_after_the_day_without_a_date_or_by_nobody_is_none(not_valid: dict[str, object]) -> None:
    assert quoted(PLAIN, **not_valid) == []


def test_what_was_kept_later_is_quoted_from_the_day_of_its_approval_on() -> None:
    """A question as at an earlier day is answered from the quotations that were kept with a later month."""
    datasets = {
        "audits": [{}],
        "findings": [{"audit_id": "audits-1", "text": PLAIN}],
        "approved_quotations": [{"finding_id": "findings-1", **APPROVED, "approved_on": "2023-07-09"}],
    }
    kept = masked(tables(**datasets), PEOPLE)
    shown = {day: len(of_year(kept, tables(**datasets, as_at=day))) for day in ("2023-07-08", "2023-07-09")}
    assert shown == {"2023-07-08": 0, "2023-07-09": 1}


def test_the_approved_wording_is_quoted_and_not_the_finding() -> None:
    assert quoted("What the finding said.", wording=PLAIN) == [PLAIN]
    assert quoted(PLAIN, wording="yes") == []


def test_names_and_identifiers_of_the_extracts_are_masked() -> None:
    assert quoted("The plan that Jane Smith wrote was shared with the family.") == [
        f"The plan that {MASK} wrote was shared with the family."
    ]
    assert quoted("The plan of 612306 was shared with the family, says Jane.") == [
        f"The plan of {MASK} was shared with the family, says {MASK}."
    ]


def test_a_childs_name_that_stands_in_no_extract_is_masked() -> None:
    assert quoted("The plan was written with Zebedee and shared.") == [f"The plan was written with {MASK} and shared."]
    assert quoted("Zebedee wrote the plan with the family.") == [f"{MASK} wrote the plan with the family."]


def test_months_posts_and_the_frameworks_words_stay() -> None:
    said = "The Team Manager saw the Chronology in March."
    assert quoted(said) == [said]


def test_a_name_that_is_also_a_word_stays_masked_within_a_sentence() -> None:
    assert quoted("The plan was shared with Will and the family.") == [
        f"The plan was shared with {MASK} and the family."
    ]


def test_what_is_mostly_masked_is_not_quoted() -> None:
    assert quoted("The plan of Zebedee, Aloysius and Perpetua was shared.") == []


def test_a_quotation_carries_where_it_belongs_and_no_reference() -> None:
    held = tables(
        audits=[{}],
        findings=[
            {"audit_id": "audits-1", "text": PLAIN, "theme_code": "1.3", "key_area": "help_protection_stability"}
        ],
        approved_quotations=[{"finding_id": "findings-1", **APPROVED}],
    )
    table = month(held).quotations
    assert tuple(table.columns) == COLUMNS
    assert table.iloc[0].tolist() == ["2023-06", "help_protection_stability", "1.3", "strength", PLAIN]


def test_the_vocabulary_holds_no_name_of_the_synthetic_council() -> None:
    assert not {name.casefold() for name in (*FORENAMES, *SURNAMES)} & vocabulary(rules_for("2023-06"))
