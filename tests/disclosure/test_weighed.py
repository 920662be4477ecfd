"""What was weighed when a month was published is not weighed again, and nothing else is taken for it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from runs import MONTH
from small import tables

from qa_analysis.disclosure import weighed
from qa_analysis.disclosure.editions import Editions
from qa_analysis.disclosure.small_places import WEIGHINGS, Places
from qa_analysis.disclosure.weighed import kept_weighing, none_weighed, weighed_before
from qa_analysis.month import measuring
from qa_analysis.month.rows import Rows, read_rows, write_rows

TOLD = {"graded": frozenset({("team", "Oak", "2022-07/2023-06"), ("team", "Elm", "2022-07/2023-06")})}
AUDITS = [{"cycle_month": "2023-05", "audited_on": "2023-05-15"}, {}]
HELD = tables(audits=AUDITS)
KEPT = kept_weighing(Places(HELD, {**TOLD, "upheld": frozenset()}))


def test_each_weighing_is_kept_and_one_that_lets_nothing_be_told_as_well() -> None:
    assert KEPT[["weighing", "by", "group", "period"]].to_numpy().tolist() == [
        ["graded", "team", "Elm", "2022-07/2023-06"],
        ["graded", "team", "Oak", "2022-07/2023-06"],
        ["upheld", "", "", ""],
    ]
    assert weighed_before(KEPT, HELD) == {**TOLD, "upheld": frozenset()}


def test_only_what_was_weighed_is_kept() -> None:
    places = Places(HELD)
    assert kept_weighing(places).empty
    assert places._by("audited") == frozenset()
    assert list(kept_weighing(places)["weighing"]) == ["audited"]


def test_it_goes_through_the_file_of_rows(tmp_path: Path) -> None:
    nothing = pd.DataFrame({"column": ["one row"]})
    write_rows(Rows({}, {}, nothing, nothing, nothing, weighing=KEPT), tmp_path)
    pd.testing.assert_frame_equal(read_rows(tmp_path).weighing, KEPT)


@pytest.mark.parametrize(
    "other",
    [
        lambda held: tables("2023-05", audits=AUDITS),
        lambda held: tables(as_at="2023-07-09", audits=AUDITS),
        lambda held: replace(held, rules=replace(held.rules, version="another")),
    ],
)
def test_of_another_month_day_or_rules_it_is_not_taken(other: Callable) -> None:
    assert weighed_before(KEPT, other(HELD)) == {}
    assert weighed_before(none_weighed(), HELD) == {}


def test_of_another_program_it_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weighed, "version", lambda name: "0.0.1")
    assert weighed_before(KEPT, HELD) == {}


def test_what_was_weighed_before_is_told_without_weighing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Editions, "of", lambda *given, **more: pytest.fail("it was weighed"))
    assert Places(HELD, TOLD)._by("graded") == TOLD["graded"]


def test_a_run_keeps_all_that_it_weighed_and_it_is_what_weighing_anew_comes_to(full: Path) -> None:
    rows = read_rows(full / "outputs" / MONTH)
    kept = measuring.weighed(rows, MONTH)
    assert set(kept.before) == set(WEIGHINGS)
    anew = measuring.weighed(replace(rows, weighing=none_weighed()), MONTH)
    assert anew.before == {}
    assert anew.audited.told == kept.before["audited"] != frozenset()
