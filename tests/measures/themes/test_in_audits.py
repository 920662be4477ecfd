"""Which audits have which prompt is what a reader of the findings would say, each once."""

from hypothesis import given, settings
from hypothesis import strategies as st
from small import tables

from qa_analysis.measures.themes.in_audits import audit_themes

FINDING = st.tuples(
    st.integers(1, 6), st.sampled_from(["strength", "development"]), st.sampled_from([None, "1.1", "6.5"])
)


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 5), st.lists(FINDING, max_size=25))
def test_each_prompt_of_an_audit_is_told_once_with_what_is_known_of_the_audit(
    audits: int, findings: list[tuple[int, str, str | None]]
) -> None:
    council = tables(
        audits=[{"team": f"Team {number}"} for number in range(1, audits + 1)],
        findings=[
            {"audit_id": f"audits-{number}", "polarity": side, "theme_code": code} for number, side, code in findings
        ],
    )
    some = council.audits.iloc[: max(1, audits - 1)]  # the last audit is not asked about
    found = audit_themes(council, some, "development")
    expected = {
        (f"audits-{number}", code): f"Team {number}"
        for number, side, code in findings
        if side == "development" and code and number <= len(some)
    }
    assert dict(zip(zip(found["audit_id"], found["theme_code"], strict=True), found["team"], strict=True)) == expected
    assert len(found) == len(expected)
    assert list(found.index) == list(range(len(found)))


def test_prompts_keep_the_order_of_their_findings() -> None:
    council = tables(
        audits=[{}, {}],
        findings=[
            {"audit_id": "audits-2", "theme_code": "6.5"},
            {"audit_id": "audits-1", "theme_code": "1.1"},
            {"audit_id": "audits-2", "theme_code": "6.5"},
        ],
    )
    found = audit_themes(council, council.audits, "strength")
    assert found[["audit_id", "theme_code"]].to_numpy().tolist() == [["audits-2", "6.5"], ["audits-1", "1.1"]]
    assert audit_themes(council, council.audits[["audit_id"]], "development").empty
