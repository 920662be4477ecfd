"""What a manifest says of its readers' reach is what they can work out, and it says so where they can."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

import numpy as np
import pytest
from small import tables

from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_up_to
from qa_analysis.disclosure.editions import PLACE, Editions, Told
from qa_analysis.disclosure.reach import of_everyone, of_managers, readers_reach
from qa_analysis.disclosure.small_places import Places
from qa_analysis.stats.subtraction import Sum

NOW = "2023-06"
CYCLES = months_up_to(NOW, 12)
TEAMS = {"North": "A", "South": "A", "East": "B", "West": "B", "Hill": "C", "Dale": "C"}


@pytest.fixture(scope="module")
def held() -> Tables:
    """A year of six teams in three services, some months of which are of one or two children."""
    drawn = np.random.default_rng(4)
    audits = [
        {
            "service_area": service, "team": team, "cycle_month": cycle, "audited_on": f"{cycle}-15",
            "child_id": f"{team}-{cycle}-{n}", "key_worker_id": f"{team}-{(n + int(cycle[-2:])) % 4}",
            "overall_grade": str(drawn.choice(["good", "inadequate"])),
        }
        for cycle in CYCLES
        for team, service in TEAMS.items()
        for n in range(int(drawn.integers(1, 5)))
    ]  # fmt: skip
    return tables(audits=audits)


def test_of_managers_the_months_of_too_few_are_counted_and_none_can_be_worked_out(held: Tables) -> None:
    found = of_managers(Places(held).graded)
    assert found.protected > 20
    assert (found.worked_out, found.narrowest) == (0, (0, 1))
    assert found.words == (
        f"{found.protected} months of a service or a team are protected; none can be calculated from all editions "
        "together. The narrowest lies between 0 and 1."
    )


def test_where_months_were_told_as_well_the_manifest_would_say_how_many_are_known(held: Tables) -> None:
    """A year, and the same year less a month: as editions were that moved on by a month."""

    class ByTheMonth(Editions):
        @cached_property
        def every(self) -> tuple[Mapping[Told, Sum], ...]:
            return tuple(dict(self._of_places(PLACE, self._in(cycles, NOW), "")) for cycles in (CYCLES, CYCLES[1:]))

    editions = Places(held).graded
    found = of_managers(ByTheMonth(editions.cells, editions.rows, editions.month, editions.rules, editions.of_whole))
    assert found.worked_out > 0
    assert found.narrowest is not None
    assert found.narrowest[0] == found.narrowest[1]


def test_of_everyone_each_count_behind_a_rounded_one_may_be_any_of_several(held: Tables) -> None:
    found = of_everyone(held)
    assert (found.protected, found.worked_out) == (14, 0)
    assert found.narrowest is not None
    assert found.narrowest[1] - found.narrowest[0] >= 3


def test_where_nothing_was_rounded_the_manifest_would_say_that_all_is_known(held: Tables) -> None:
    rules = replace(held.rules, shared_edition=replace(held.rules.shared_edition, hidden_to=0, nearest=1))
    found = of_everyone(replace(held, rules=rules))
    assert found.worked_out > 0


def test_both_audiences_are_in_the_manifest_with_a_number_and_a_sentence(held: Tables) -> None:
    written = readers_reach(Places(held))
    assert list(written) == ["managers", "everyone"]
    for entry in written.values():
        assert list(entry) == ["protected", "worked_out", "narrowest", "in_words"]
        assert entry["worked_out"] == 0
