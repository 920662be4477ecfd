from small import found, tables

from qa_analysis.measures.audit_cycle.announced import EARLIER, IN_TIME, LATER, announced


def test_the_last_week_is_the_last_seven_days_of_the_month_before() -> None:
    """25 to 31 May for June."""
    days = ("2023-05-24", "2023-05-25", "2023-05-31", "2023-06-01", None)
    rows = announced(tables(audits=[{"list_sent_on": day} for day in days]))
    row = found(rows, "list_in_last_week", period="2023-06")
    assert (row.numerator, row.denominator) == (2, 4)
    sent = {group: found(rows, "list_sent", period="2023-06", group=group).value for group in (EARLIER, IN_TIME, LATER)}
    assert sent == {EARLIER: 1, IN_TIME: 2, LATER: 1}


def test_february_ends_on_its_own_last_day() -> None:
    rows = announced(
        tables(audits=[{"cycle_month": "2023-03", "list_sent_on": day} for day in ("2023-02-21", "2023-02-22")] + [{}])
    )
    assert found(rows, "list_in_last_week", period="2022-07/2023-06").numerator == 1


def test_without_a_day_nothing_is_said() -> None:
    assert announced(tables(audits=[{}])) == []
