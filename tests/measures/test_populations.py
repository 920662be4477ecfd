from small import tables

from qa_analysis.framework import rules_for
from qa_analysis.measures import populations
from qa_analysis.measures.catalogue import measures
from qa_analysis.measures.populations import EVERY_CYCLE, all_routes, all_routes_weighted, decisions_of, random_third

RULES = rules_for("2023-06")


def test_the_years_decisions_of_the_panel_are_named_by_their_route() -> None:
    assert random_third(RULES) == "random third, 12 cycles"
    assert all_routes(RULES) == "all routes, 12 cycles"
    assert all_routes_weighted(RULES) == "all routes weighted, 12 cycles"


def test_other_cycles_are_named_in_words() -> None:
    assert random_third(RULES, EVERY_CYCLE) == "random third, every cycle"
    assert decisions_of("dispute", "3 cycles") == "dispute, 3 cycles"


def test_every_figure_of_a_month_names_a_population_of_the_list() -> None:
    held = tables(
        audits=[{}, {"selection_route": "reactive", "theme_code": "neglect"}, {"cycle_month": "2022-12"}],
        moderations=[{"audit_id": "audits-1"}, {"audit_id": "audits-2", "route": "dispute"}],
        actions=[{"audit_id": "audits-1", "completed_on": "2023-06-20"}],
        findings=[{"audit_id": "audits-1", "theme_code": "3.1"}],
    )
    words = {value for name, value in vars(populations).items() if name.isupper() and isinstance(value, str)}
    named = words | {
        RULES.moderation_random_route, random_third(RULES), random_third(RULES, EVERY_CYCLE), all_routes(RULES),
        all_routes_weighted(RULES),
    }  # fmt: skip
    assert set(measures(held)["population"]) <= named
