"""The days of a cycle: the list in the last week of the month before, a week's notice, audits to the cycle's end."""

import pytest
from selected import window


@pytest.mark.parametrize(
    ("month", "made_on", "sent", "starts", "ends"),
    [
        ("2023-07", "2023-06-20", "2023-06-26", "2023-07-03", "2023-07-31"),  # 24 and 25 June are a weekend
        ("2023-07", "2023-06-29", "2023-06-29", "2023-07-06", "2023-07-31"),
        ("2023-07", "2023-07-15", "2023-07-17", "2023-07-24", "2023-07-31"),
        ("2024-01", "2023-12-01", "2023-12-27", "2024-01-03", "2024-01-31"),  # after Christmas
        ("2023-05", "2023-04-20", "2023-04-24", "2023-05-02", "2023-05-31"),  # 1 May is a bank holiday
        ("2023-07", "2023-07-27", "2023-07-27", "2023-08-03", "2023-08-31"),  # too late in the cycle
        ("2023-07", "2026-11-28", "2023-06-26", "2023-07-03", "2023-07-31"),  # long over
    ],
)
def test_the_list_goes_out_in_the_last_week_and_leaves_a_week(
    month: str, made_on: str, sent: str, starts: str, ends: str
) -> None:
    held = window(month, made_on=made_on)
    assert [day.isoformat() for day in (held.sent_on, held.starts_on, held.ends_on)] == [sent, starts, ends]
    assert (held.starts_on - held.sent_on).days >= 7


def test_a_list_made_too_late_says_that_its_audits_run_on_after_the_cycle() -> None:
    assert not window(made_on="2023-07-20").overruns
    assert window(made_on="2023-07-27").overruns
    assert not window(made_on="2023-07-27").is_over
    assert window(made_on="2023-08-01").is_over


def test_its_days_are_working_days() -> None:
    held = window("2023-05", made_on="2023-04-20")
    assert len(held.days) == 20  # of 23 weekdays three are bank holidays, the first of them before it starts
