"""The page of all indicators: those that need a look first, what is chance, what is missing, and small pictures."""

from dataclasses import replace

import pandas as pd
import pytest
from matplotlib.colors import to_hex
from pictures import written
from sections import said
from small import month, tables

from qa_analysis.dates import months_up_to
from qa_analysis.month.month import SETTLING, Month
from qa_analysis.reports.performance.report import first
from qa_analysis.telling.indicators.charts import small_pictures
from qa_analysis.telling.indicators.watched import whole
from qa_analysis.telling.indicators.words import chance_sentence, provisional_sentence

MONTH = "2023-06"
MONTHS = months_up_to(MONTH, 24)
STEADY = (48, 50, 47, 51, 49, 50, 48, 52, 49, 51, 50, 48)


def rows(name: str, *done: int, better: str = "higher", target: float | None = None, until: int = 24, **more):
    return [
        {"indicator_code": name, "name": name, "period": period, "level": "directorate", "entity": "Council",
         "numerator": one, "denominator": 60, "better_is": better, "target": target, **more}
        for period, one in list(zip(MONTHS, done, strict=True))[:until]
    ]  # fmt: skip


FALLEN, RISEN = (*STEADY, *STEADY[:4], 50, *[30] * 7), (*STEADY, *STEADY[:5], *[59] * 7)
INDICATORS = [
    *rows("Calm", *STEADY, *STEADY, target=80),
    *rows("Missed", *STEADY, *STEADY, target=98),
    *rows("Late", *STEADY, *STEADY, until=23),
    *rows("Odd", *RISEN, better="neither"),
    *rows("Fallen", *FALLEN, target=98),
    *rows("Risen", *RISEN),
]


@pytest.fixture(scope="module")
def told() -> Month:
    return month(tables(MONTH, audits=[{}], indicators=INDICATORS))


def names(lines: list[str], begins: str) -> list[str]:
    """The first cells of the table after a caption."""
    after = lines[lines.index(begins) + 2 :]
    return [line.partition(" | ")[0] for line in after[: next(i for i, line in enumerate(after) if " | " not in line)]]


def test_what_needs_a_look_comes_first_and_the_rest_in_the_councils_order(told: Month) -> None:
    lines = list(said("performance", told))
    assert names(lines, "Figures to look at first") == ["Fallen", "Missed", "Odd", "Late"]
    assert names(lines, "All other figures") == ["Calm", "Risen"]


def test_a_row_says_the_newest_figure_with_its_n_target_signal_and_since_when(told: Month) -> None:
    lines = list(said("performance", told))
    assert "Fallen | 50% (30 of 60) | 98%: consistently missed | Getting worse | December 2022" in lines
    assert "Calm | 80% (48 of 60) | 80%: met in some months | No signal" in " ".join(lines)
    assert "Late | Not supplied. May 2023: 83% (50 of 60) | None | No figure this month" in " ".join(lines)


def test_the_page_says_how_many_of_its_signals_are_chance(told: Month) -> None:
    assert chance_sentence(told) == (
        "5 figures could be judged and 3 show a signal. Chance alone would give fewer than one."
    )
    many = [row for number in range(30) for row in rows(f"K{number}", *STEADY, *STEADY)]
    busy = month(tables(MONTH, audits=[{}], indicators=[*many, *rows("Fallen", *FALLEN), *rows("Risen", *RISEN),
                                                        *rows("Odd", *RISEN)]))  # fmt: skip
    assert chance_sentence(busy).endswith("33 figures could be judged and 3 show a signal. About two of these 3 are "
                                          "likely to be chance alone.")  # fmt: skip


def test_a_feed_that_did_not_come_is_said_and_the_suites_own_figures_stand() -> None:
    lines = list(said("performance", month(tables(MONTH, audits=[{"key_worker_conversation_on": "2023-06-14"}]))))
    assert "Performance indicators: not supplied this month." in lines
    assert any(line.startswith("Audits with a key worker conversation") for line in lines)


def test_a_suppressed_month_is_said_and_is_no_zero() -> None:
    held = rows("Calm", *STEADY, *STEADY, until=23)
    held.append({**held[-1], "period": MONTH, "numerator": None, "source_unread": "numerator"})
    lines = " ".join(said("performance", month(tables(MONTH, audits=[{}], indicators=held))))
    assert "Calm | Suppressed or not readable. May 2023: 83% (50 of 60)" in lines
    assert "0%" not in lines.partition("Method")[0].replace("80%", "").replace("100%", "")


def test_each_small_picture_has_its_name_and_signals_differ_by_shape_and_not_by_colour_alone(told: Month) -> None:
    some = whole(told)
    picture = small_pictures(told, some)
    panes = [axes for axes in picture.axes if axes.get_visible()]
    assert [axes.get_title(loc="left") for axes in panes] == [one.name for one in some]
    marks = {
        (line.get_marker(), to_hex(line.get_color()))
        for axes in panes
        for line in axes.lines
        if line.get_marker() != "None"
    }
    assert {shape for shape, _ in marks} == {"o", "s", "D", "^"}
    assert len({colour for _, colour in marks}) == 4
    assert {"Fallen", "Late"} <= written(picture)


def test_a_month_without_a_figure_is_a_gap_in_the_line() -> None:
    held = [row for row in rows("Calm", *STEADY, *STEADY) if row["period"] != "2022-12"]
    this = month(tables(MONTH, audits=[{}], indicators=held))
    line = small_pictures(this, whole(this)[:1]).axes[0].lines
    path = max(line, key=lambda one: len(one.get_xdata()))
    assert [place for place, value in enumerate(path.get_ydata()) if value != value] == [MONTHS.index("2022-12")]


def test_a_picture_says_in_words_what_it_shows(told: Month) -> None:
    assert "Fallen: getting worse since December 2022; Missed: no signal" in first(told).markup


def settled(held: Month, measure: str, group: str, *words: str) -> Month:
    """The month, in which figures of a measure have been published again: one word a month later."""
    curve = [{"measure": measure, "group": group, "lag": lag, "status": word} for lag, word in enumerate(words)]
    return replace(held, settling=pd.DataFrame(curve).reindex(columns=SETTLING))


def hollow(held: Month, name: str) -> int:
    """How many marks of one figure's picture are hollow."""
    axes = small_pictures(held, [one for one in whole(held) if one.name == name]).axes[0]
    marks = [line for line in axes.lines if line.get_marker() == "o" and len(line.get_xdata()) == 1]
    return sum(to_hex(line.get_markerfacecolor()) == "#ffffff" for line in marks)


@pytest.mark.parametrize(
    ("words", "months"),
    [
        ((), 1),
        (("settled", "settled"), 0),
        (("provisional", "settled"), 1),
        (("provisional", "provisional", "settled", "settled"), 2),
        (("provisional", "provisional"), 2),
    ],
)
def test_months_are_hollow_until_figures_published_before_hardly_moved_from_there_on(
    told: Month, words: tuple[str, ...], months: int
) -> None:
    assert hollow(settled(told, "indicator_share", "Calm", *words), "Calm") == months
    assert hollow(settled(told, "indicator_share", "Missed", *words), "Calm") == 1


def test_the_page_says_which_months_may_still_change(told: Month) -> None:
    assert provisional_sentence(whole(told)) == "The newest month is provisional."
    one = settled(told, "indicator_share", "Calm", "settled")
    assert provisional_sentence(whole(one)) == (
        "The newest month is provisional, except for 1 figure that hardly moved once published."
    )
    late = settled(told, "indicator_share", "Calm", "provisional", "provisional", "settled")
    assert provisional_sentence(whole(late)) == (
        "The newest two months are provisional for figures that late records still move."
    )


def test_the_suites_own_figures_settle_as_the_measures_that_they_are() -> None:
    held = month(tables(MONTH, audits=[{"key_worker_conversation_on": "2023-06-14"}]))
    late = settled(held, "key_worker_conversation_held", "", "provisional", "provisional", "provisional", "settled")
    assert [one.provisional for one in whole(late) if one.group == "key_worker_conversation_held"] == [3]
