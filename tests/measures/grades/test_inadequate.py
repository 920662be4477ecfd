from small import found, tables

from qa_analysis.measures.grades.inadequate import inadequate

BAD = {"overall_grade": "inadequate"}


def test_inadequate_is_counted_of_graded_headline_audits_cycle_by_cycle() -> None:
    rows = inadequate(
        tables(
            audits=[
                BAD, {}, {"overall_grade": None}, {**BAD, "selection_route": "reactive"},
                {"cycle_month": "2022-06", **BAD}, {"cycle_month": "2022-05", **BAD},
            ]
        )
    )  # fmt: skip
    parts = {row.period: (row.numerator, row.denominator) for row in rows}
    assert parts == {"2022-06": (1, 1), "2023-06": (1, 2), "2022-07/2023-06": (1, 2)}
    assert found(rows, "graded_inadequate", period="2023-06").verdict == "too few to say"


def test_a_cycle_without_a_graded_audit_has_no_figure_and_one_without_an_inadequate_one_has_zero() -> None:
    rows = inadequate(tables(audits=[{}] * 5 + [{"cycle_month": "2023-05", "overall_grade": None}]))
    assert {row.period: row.numerator for row in rows} == {"2023-06": 0, "2022-07/2023-06": 0}
