"""Measures declare themselves: what is declared is what is made, and what nobody declared is met with a word."""

import pytest
from small import month, tables

from qa_analysis.errors import WrongUse
from qa_analysis.measures import family
from qa_analysis.measures.catalogue import Maker, declared, families, figures_by, makers, makers_of, measures
from qa_analysis.measures.declared import Declaration, Measure
from qa_analysis.measures.figure import count


def test_every_measure_of_a_month_is_declared_and_has_a_title_and_says_what_it_counts() -> None:
    found = set(measures(tables(audits=[{}]))["measure"])
    assert found <= set(declared())
    assert [one.name for one in declared().values() if not (one.title and one.counts and one.unit)] == []


def test_the_unit_of_a_figure_is_the_one_declared() -> None:
    table = measures(tables(audits=[{"child_id": f"{n}"} for n in range(12)], actions=[{}], findings=[{}]))
    units = table.groupby("measure")["unit"].agg(set).to_dict()
    assert {name: unit for name, unit in units.items() if unit != {declared()[name].unit}} == {}


def test_a_figure_that_its_function_does_not_declare_stops_the_month() -> None:
    maker = Maker(
        lambda held: [count("surprise", 1, period="2023-06", population="", unit="audits")], Declaration((), (), True)
    )
    with pytest.raises(ValueError, match="makes surprise, which it does not declare"):
        figures_by(maker, tables(audits=[{}]))


def test_a_look_up_of_a_measure_that_nobody_declared_is_met_with_the_nearest_and_is_never_zero() -> None:
    held = month(tables(audits=[{}]))
    for look in (held.figure, held.figures, held.over_time, held.count):
        with pytest.raises(WrongUse, match=r'called "audits_complete"\. Did you mean "audits_completed"'):
            look("audits_complete")


def test_a_definition_is_of_its_own_measure_and_not_of_its_neighbours() -> None:
    """As when the definition of completed actions was the row of those not completed."""
    said = {one.name: one.counts for one in declared().values()}
    assert "not completed" in said["actions_open"]
    assert "not completed" not in said["actions_completed"]
    assert len(set(said.values())) == len(said)


def test_families_have_measures_and_measures_families() -> None:
    of = {one.family for one in declared().values()}
    assert of == set(families())
    assert declared()["audited_again_prevalence"].family == family.LEARNING_SESSION


def test_makers_come_family_by_family_and_every_measure_has_one() -> None:
    order = [maker.declaration.measures[0].family for maker in makers() if maker.declaration.measures]
    assert order == sorted(order, key=families().index)
    elsewhere = {
        "actions_completion_unreadable", "issues", "recorded", "records_in_order",
        "cells_unreadable", "recorded_unreadable", "audits_set_aside", "rows_set_aside",  # of the data, with its issues
        "good_or_better_less_others",  # of an answer to a question
    }  # fmt: skip
    assert {name for name in declared() if not makers_of(name)} == elsewhere


def test_two_measures_of_one_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    one = Measure("audits", "Audits", family.AUDITS, "audits", unit="audits")
    twice = Maker(makers, Declaration((one, one), (), True))
    monkeypatch.setattr("qa_analysis.measures.catalogue.makers", lambda: (twice,))
    declared.cache_clear()
    try:
        with pytest.raises(ValueError, match="two measures have the name 'audits'"):
            declared()
    finally:
        declared.cache_clear()


def test_a_familys_name_fits_on_the_tab_of_a_worksheet() -> None:
    assert [one.name for one in families() if len(one.name) > 31] == []
