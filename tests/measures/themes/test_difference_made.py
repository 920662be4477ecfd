from small import found, tables

from qa_analysis.measures.figure import Figure
from qa_analysis.measures.themes.difference_made import difference_made

YEAR = "2022-07/2023-06"


def parts(rows: list[Figure], change: str, **labels: object) -> tuple[float, float]:
    row = found(rows, "impact_on_child", **({"period": "2023-06", "group": change} | labels))  # type: ignore[arg-type]
    return row.numerator, row.denominator


def test_every_headline_audit_is_counted_once_by_what_changed_for_the_child() -> None:
    said = ["He is safer now.", "Nothing has changed for her.", "He is calmer but his brother was let down."]
    rest = ["Visits are in timescale.", "The worker is curious.", None, "N/A"]
    audits = [{"impact_statement": text} for text in [*said, *rest]]
    rows = difference_made(
        tables(audits=[*audits, {"impact_statement": "Safer.", "selection_route": "nominated good"}])
    )
    assert {row.group[0]: row.numerator for row in rows if row.by == ("change",) and row.period == "2023-06"} == {
        "better": 1,
        "worse or no difference": 1,
        "mixed": 1,
        "what changed is not said": 1,
        "direction not clear": 1,
        "not recorded": 2,
    }
    assert parts(rows, "better") == (1, 7)


def test_findings_speak_where_the_statement_says_no_direction_and_only_there() -> None:
    held = tables(
        audits=[
            {"impact_statement": "She is safer."},
            {"impact_statement": None},
            {"impact_statement": "Visits are late."},
        ],
        findings=[
            {"audit_id": "audits-1", "text": "He was let down."},
            {"audit_id": "audits-2", "text": "He is thriving."},
            {"audit_id": "audits-2", "text": "The chronology is missing."},
            {"audit_id": "audits-3", "text": "She is calmer."},
            {"audit_id": "audits-3", "text": "As a result he waited."},
        ],
    )
    rows = difference_made(held)
    assert parts(rows, "better") == (2, 3)
    assert parts(rows, "mixed") == (1, 3)
    assert parts(rows, "impact statement+better") == (1, 3)
    assert parts(rows, "findings+better") == (1, 3)
    assert parts(rows, "what changed is not said") == (0, 3)


def test_the_year_has_all_twelve_cycles_and_under_five_are_too_few() -> None:
    rows = difference_made(
        tables(audits=[{"impact_statement": "Safer."}, *({"cycle_month": "2023-01", "impact_statement": "x"},) * 5])
    )
    assert parts(rows, "better", period=YEAR) == (1, 6)
    assert found(rows, "impact_on_child", period="2023-06", group="better").verdict == "too few to say"
    assert found(rows, "impact_on_child", period=YEAR, group="better").verdict == ""


def test_where_no_statement_was_supplied_there_is_no_figure() -> None:
    assert difference_made(tables(audits=[{}], findings=[{"audit_id": "audits-1", "text": "She is safer."}])) == []
