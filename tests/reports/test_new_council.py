"""What a council reads that has audited for seven months: its own name, and nothing before its first cycle."""

import re
from collections.abc import Callable, Iterator

import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.figure import Figure as Picture
from new_council import FIRST, NEWSLETTER, NOW, new_month
from runs import REPORTED
from sections import for_readers, said

from qa_analysis.dates import month_name, months_between, months_up_to
from qa_analysis.framework import rules_for
from qa_analysis.month.measuring import NAMED_BY, month_of
from qa_analysis.month.month import Month
from qa_analysis.month.preparing import Prepared
from qa_analysis.reports.actions import charts as actions
from qa_analysis.reports.data_quality import charts as data_quality
from qa_analysis.reports.smt_report import charts as smt_report
from qa_analysis.reports.themes import charts as themes

pytestmark = pytest.mark.slow

SEFTONS = re.compile("sefton|scoop|managers began to audit|six-month revisits begin", re.IGNORECASE)
BEFORE = months_up_to("2024-03", 60)
NAMED = re.compile("|".join([*map(month_name, BEFORE), *BEFORE, r"\b20(19|2[0-3])\b"]))
NOT_YEARS = re.compile(r"(valid since|version) 2022\.10")
OVER_TIME: tuple[Callable[[Month], Picture], ...] = (
    smt_report.good_over_time, smt_report.coverage_matrix, data_quality.in_order_over_time, actions.flow_of_actions,
    themes.wording_over_time,
)  # fmt: skip


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return new_month(tmp_path_factory.mktemp("new-council"))


@pytest.fixture(scope="module")
def month(prepared: Prepared) -> Month:
    return prepared.month


def lines(report: str, month: Month) -> Iterator[str]:
    """What a report says, without the extracts it lists: their files may reach back as far as they like."""
    for line in said(report, for_readers(report, month)):
        if ".csv |" not in line:
            yield NOT_YEARS.sub("", line)


@pytest.mark.parametrize("report", REPORTED)
def test_no_report_says_a_word_of_another_councils_history(report: str, month: Month) -> None:
    assert [line for line in lines(report, month) if SEFTONS.search(line)] == []


@pytest.mark.parametrize("report", REPORTED)
def test_no_report_names_a_month_before_the_first_cycle(report: str, month: Month) -> None:
    assert [line for line in lines(report, month) if NAMED.search(line)] == []


@pytest.mark.parametrize("report", REPORTED)
def test_seven_cycles_are_not_called_twelve(report: str, month: Month) -> None:
    assert [line for line in lines(report, month) if re.search(r"\btwelve\b|\b12 cycles", line)] == []


def test_no_figure_is_of_a_cycle_before_the_first(month: Month) -> None:
    periods = month.measures["period"].str.split("/").explode()
    cycles = periods[periods.str.fullmatch(r"\d{4}-\d\d")]
    assert cycles.min() == FIRST
    assert month.year == f"{FIRST}/{NOW}"
    assert set(month.measures["period"]).isdisjoint({"", "/"})


def test_the_breaks_of_the_framework_lie_before_it_and_are_none_of_its_own(month: Month) -> None:
    assert dict(month.rules.breaks) == {}
    reasons = " ".join(month.figures("loop_break", by="reason")["group"])
    assert [name for name in rules_for(NOW).breaks.values() if name in reasons] == []


@pytest.mark.parametrize("draw", OVER_TIME, ids=lambda draw: draw.__name__)
def test_no_picture_has_an_axis_before_the_first_cycle(draw: Callable[[Month], Picture], month: Month) -> None:
    picture = draw(month)
    labels = [text.get_text() for axes in picture.axes for text in axes.get_xticklabels()]
    months = pd.to_datetime(
        [" ".join(label.splitlines()[:2]) for label in labels if label], format="%b %y", errors="coerce"
    )
    plt.close(picture)
    assert set(months.dropna().strftime("%Y-%m")) <= set(months_between(FIRST, NOW))
    assert months.notna().any()


def test_a_comparison_says_that_only_one_of_its_earlier_cycles_is_there(month: Month) -> None:
    missing = "Of the three cycles six months before, only April 2024 has headline audits"
    for report in ("smt-report", "close-the-loop"):
        assert any(missing in line for line in lines(report, month)), report


def test_the_newsletter_is_its_own_and_so_are_its_posts(month: Month) -> None:
    text = "\n".join(lines("newsletter", month))
    assert f"For {NEWSLETTER}." in text
    assert "Head of Practice" in text
    assert "Principal Social Worker" not in text


def test_themes_are_of_the_first_seven_cycles(month: Month) -> None:
    text = "\n".join(lines("themes", month))
    assert "over the first seven cycles" in text
    assert "The first seven cycles" in text


def test_in_the_very_first_cycle_the_year_is_the_month_and_each_figure_is_there_once(prepared: Prepared) -> None:
    first = month_of(prepared.rows, FIRST)
    assert first.year == FIRST
    assert not first.measures.duplicated(NAMED_BY).any()
    assert any("the audits began in April 2024" in line for line in lines("smt-report", first))
