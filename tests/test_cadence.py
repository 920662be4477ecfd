"""When audit cycles fall: monthly, every so many months or weeks, each named by the month in which it ends."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_analysis.cadence import Cadence, Stretch, cadence_of, no_cycle_words, parse_stretch
from qa_analysis.data.reading.council_file import read_own
from qa_analysis.dates import last_day_of, months_between
from qa_analysis.errors import WrongUse
from qa_analysis.framework import rules_for

MONTHLY = ({"valid_from": "2022-06", "value": 1},)
QUARTERLY = cadence_of(MONTHLY, {"2024-04": "every 3 months"})
SIX_WEEKLY = cadence_of(MONTHLY, {"2024-07-01": "every 6 weeks"})


def cycles(cadence: Cadence, first: str, last: str) -> list[str]:
    return [month for month in months_between(first, last) if cadence.has_cycle(month)]


def test_without_a_word_of_the_council_every_month_has_a_cycle() -> None:
    rules = rules_for("2024-06")
    assert cycles(rules.cadence, "2021-12", "2024-06") == list(months_between("2021-12", "2024-06"))
    assert rules.cadence.is_monthly("2024-06")
    assert rules.cycle_before("2024-06") == "2023-12"
    assert rules.revisit_due("2024-06") == "2024-12"


def test_a_quarterly_cycle_is_named_by_its_last_month_and_those_before_it_stay_monthly() -> None:
    assert cycles(QUARTERLY, "2024-01", "2025-01") == ["2024-01", "2024-02", "2024-03", "2024-06", "2024-09", "2024-12"]
    assert (QUARTERLY.begins("2024-06"), QUARTERLY.begins("2024-03")) == (date(2024, 4, 1), date(2024, 3, 1))
    assert (QUARTERLY.after("2024-03"), QUARTERLY.up_to("2024-08")) == ("2024-06", "2024-06")
    assert QUARTERLY.before("2024-09", 3) == ("2024-02", "2024-03", "2024-06")


def test_a_six_weekly_cycle_falls_in_some_months_and_not_in_others() -> None:
    assert cycles(SIX_WEEKLY, "2024-06", "2025-10") == [
        "2024-06", "2024-08", "2024-09", "2024-11", "2024-12", "2025-01", "2025-03", "2025-04", "2025-06", "2025-07",
        "2025-08", "2025-10",
    ]  # fmt: skip
    assert SIX_WEEKLY.begins("2024-08") == date(2024, 7, 1)
    assert SIX_WEEKLY.begins("2025-01") == date(2024, 12, 16)


def test_it_is_monthly_for_as_long_as_a_whole_year_was() -> None:
    assert [QUARTERLY.is_monthly(month) for month in ("2024-03", "2024-04", "2025-03")] == [True, False, False]


def test_a_month_without_a_cycle_is_said_in_one_line() -> None:
    assert no_cycle_words(SIX_WEEKLY, "2024-10", "October 2024") == (
        "No audit cycle ends in October 2024: there is one every six weeks, counted from 1 July 2024 (audit_cycles in "
        "council.yaml). The next is 2024-11. Nothing falls due."
    )


@given(st.integers(5, 26), st.dates(date(2023, 1, 1), date(2024, 12, 31)))
def test_cycles_of_weeks_follow_one_another_without_a_gap_and_never_two_in_a_month(weeks: int, since: date) -> None:
    cadence, length = Cadence((Stretch(date(2022, 6, 1)), Stretch(since, weeks=weeks))), timedelta(weeks=weeks)
    found = [month for month in cycles(cadence, f"{since:%Y-%m}", "2028-12") if cadence.begins(month) >= since]
    begun = [cadence.begins(month) for month in found]
    assert begun == [since + number * length for number in range(len(found))]
    assert len(found) == (last_day_of("2028-12") - since + timedelta(days=1)) // length
    assert [f"{day + length - timedelta(days=1):%Y-%m}" for day in begun] == found


@given(st.integers(1, 6), st.sampled_from(["2023-01", "2023-05", "2023-12"]))
def test_what_is_compared_lies_six_months_back_and_never_more_than_a_cycle_further(months: int, since: str) -> None:
    cadence = cadence_of(MONTHLY, {since: f"every {months} months"})
    for cycle in cycles(cadence, "2024-12", "2026-12"):
        back = months_between(cadence.up_to(months_between("2020-01", cycle)[-7]), cycle)
        assert 6 <= len(back) - 1 < 6 + months
        assert cadence.has_cycle(back[0])


@pytest.mark.parametrize(
    ("since", "every", "said"),
    [
        ("2024-04", "quarterly", "write it as"),
        ("April", "every 3 months", "write it as"),
        ("2024-02-30", "every 6 weeks", "write it as"),
        ("2024-04", "every 4 weeks", "from 5 to 26 weeks"),
        ("2024-04", "every 9 months", "from 1 to 6 months"),
        ("2024-04-15", "every 3 months", "begin with a month"),
    ],
)
def test_a_cadence_that_means_nothing_is_refused(since: str, every: str, said: str) -> None:
    with pytest.raises(WrongUse, match=said):
        parse_stretch(since, every)


def test_the_council_says_its_cadence_in_its_own_file(tmp_path: Path) -> None:
    (tmp_path / "council.yaml").write_text("audit_cycles:\n  2024-07-01: every 6 weeks\n  2024-04: every month\n")
    own = read_own(tmp_path, rules_for("2024-06"))
    assert dict(own.audit_cycles) == {"2024-04": "every month", "2024-07-01": "every 6 weeks"}
    assert list(own.audit_cycles) == ["2024-04", "2024-07-01"]
    assert rules_for("2024-10", own=own).cadence.after("2024-09") == "2024-11"
    (tmp_path / "council.yaml").write_text("audit_cycles:\n  2024-07: now and then\n")
    with pytest.raises(WrongUse, match="audit_cycles: write it as"):
        read_own(tmp_path, rules_for("2024-06"))
