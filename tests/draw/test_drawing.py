"""Who is selected, by what chance, and which preference gave way."""

from collections import Counter
from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest
from draws import MONTH, SEED, column, drawn, framed, records
from scipy.stats import chi2

from qa_analysis.draw.drawing import draw
from qa_analysis.draw.tickets import ticket
from qa_analysis.errors import WrongUse
from qa_analysis.framework import rules_for

TEAMS = [
    *records(9, team="North"),
    *records(4, first=20, team="South"),
    *records(7, first=40, service_area="Cared For", team="Oak"),
]
RECENT = [{"cycle_month": "2023-06", "child_id": f"x{place}", "key_worker_id": f"kw{place}"} for place in (1, 2, 3, 20)]


def test_within_a_team_records_go_by_their_tickets() -> None:
    made = drawn(records(9), size=3)
    in_order = sorted(made.records["child_id"], key=lambda number: ticket(SEED, number))
    assert made.drawn.sort_values("rank")["child_id"].tolist() == in_order[:3]
    assert column(made, "outcome")[in_order[3]] == column(made, "outcome")[in_order[5]] == "replacement"
    assert column(made, "outcome")[in_order[6]] == "not drawn"
    assert column(made, "ticket")[in_order[0]] == ticket(SEED, in_order[0])


def test_one_more_record_changes_nobody_elses_order() -> None:
    before, after = drawn(records(9), size=3), drawn(records(10), size=3)
    others = [number for number in after.records.sort_values("ticket")["child_id"] if number != "C00010"]
    assert before.records.sort_values("ticket")["child_id"].tolist() == others


def test_every_team_is_within_one_of_its_share_and_every_service_too() -> None:
    for seed in ("1", "2", "3", "4", "5"):
        made = drawn(TEAMS, size=5, seed=seed)
        assert made.drawn["service_area"].value_counts().to_dict() in (
            {"Safeguarding": 3, "Cared For": 2},
            {"Safeguarding": 4, "Cared For": 1},
        )
        assert len(made.drawn) == 5


def test_recorded_chances_are_those_of_many_draws() -> None:
    held = framed(TEAMS, size=5, audits=RECENT)
    chance, draws = held.records["inclusion_probability"].to_numpy(), 300
    taken = np.zeros(len(chance))
    for seed in range(draws):
        taken += draw(held, f"seed {seed}").records["outcome"].eq("drawn").to_numpy()
    uncertain = (chance > 0) & (chance < 1)
    z = (taken - draws * chance)[uncertain] / np.sqrt(draws * chance * (1 - chance))[uncertain]
    assert (taken[chance == 0] == 0).all()
    assert (z**2).sum() < chi2.ppf(0.99, uncertain.sum() - 1)
    assert chance.sum() == pytest.approx(5)


def test_a_key_worker_of_the_last_cycle_is_spared_while_the_service_has_others() -> None:
    made = drawn(TEAMS, size=5, audits=RECENT)
    assert not made.drawn["key_worker_id"].isin(["kw1", "kw2", "kw3", "kw20"]).any()
    assert made.notes == ()
    assert {
        chance for number, chance in column(made, "inclusion_probability").items() if number in ("C00001", "C00020")
    } == {0}


def test_a_team_of_key_workers_of_the_last_cycle_alone_is_left_out_while_the_service_has_others() -> None:
    rows = [
        *records(6),
        *records(3, first=20, team="South"),
        *records(4, first=40, service_area="Cared For", team="Oak"),
    ]
    done = [
        {"cycle_month": "2023-06", "child_id": f"x{place}", "key_worker_id": f"kw{place}"} for place in (20, 21, 22)
    ]
    chance = framed(rows, size=4, audits=done).records.groupby("team")["inclusion_probability"].agg(["min", "max"])
    assert chance.loc["South"].tolist() == [0, 0]
    assert chance.loc["North"].tolist() == pytest.approx([4 * 9 / 13 / 6] * 2)
    assert chance.loc["Oak"].tolist() == pytest.approx([4 / 13] * 2)


def test_where_nobody_else_is_left_a_key_worker_is_audited_again_and_the_record_says_so() -> None:
    rows = [*records(2), *records(3, first=3, key_worker_id="kw1")]
    made = drawn(rows, size=3, audits=RECENT[:1])
    assert column(made, "outcome")["C00002"] == "drawn"
    assert Counter(made.drawn["gave_way"]) == {"": 1, "key worker audited last cycle": 2}
    assert made.notes[0].startswith("2 records of a key worker audited last cycle were selected")


def test_workers_selected_last_cycle_count_though_their_audits_are_not_in_yet() -> None:
    last = drawn(records(4), size=2).drawn
    made = drawn(records(8), size=4, before=last, audits=[])
    assert not set(made.drawn["child_id"]) & set(last["child_id"])
    assert set(last["child_id"]) == {number for number, why in column(made, "exclusion").items() if why}


def test_no_child_is_selected_within_a_year_of_the_last_audit_by_any_route() -> None:
    done = [
        {"cycle_month": "2022-07", "child_id": "C00001", "selection_route": "reactive", "key_worker_id": "z"},
        {"cycle_month": "2022-06", "child_id": "C00002", "key_worker_id": "z"},
    ]
    made = drawn(records(3), size=2, audits=done)
    assert column(made, "exclusion") == {"C00001": "child audited in the last 12 months", "C00002": "", "C00003": ""}


def test_one_of_a_family_stands_for_it_and_another_may_next_month() -> None:
    rows = [*records(3, sibling_group="f1"), *records(2, first=10)]
    this, others = framed(rows).records, "brother or sister in the frame"
    assert Counter(this["exclusion"]) == {"": 3, others: 2}
    lowest = min(("C00001", "C00002", "C00003"), key=lambda number: ticket(MONTH, number))
    assert this.set_index("child_id")["exclusion"][lowest] == ""


def test_a_restricted_record_is_never_selected_and_one_that_does_not_say_can_be() -> None:
    rows = [
        *records(1, is_restricted=True),
        *records(2, first=2, is_restricted=None),
        *records(1, first=9, is_restricted=False),
    ]
    assert column(drawn(rows, size=3), "exclusion") == {
        "C00001": "restricted record",
        "C00002": "",
        "C00003": "",
        "C00009": "",
    }


def test_a_theme_is_about_its_own_records() -> None:
    rows = [*records(5, case_status="CLA"), *records(5, first=10, case_status="CIN")]
    plan = [{"cycle_month": MONTH, "theme_code": "cared-for-planning", "planned_audits": 3}]
    made = drawn(rows, size=None, plan=plan)
    assert set(made.drawn["case_status"]) == {"CLA"}
    assert Counter(made.records["exclusion"]) == {"": 5, "outside the theme": 5}
    assert set(made.drawn["theme_code"]) == {"cared-for-planning"}


def test_records_that_suit_two_themes_are_shared_so_that_each_has_as_many_for_an_audit() -> None:
    rows = [*records(30, case_status="CLA"), *records(10, first=50, case_status="care leaver")]
    plan = [
        {"cycle_month": MONTH, "theme_code": "cared-for-planning", "planned_audits": 4},
        {"cycle_month": MONTH, "theme_code": "care-leavers-pathway", "planned_audits": 4},
    ]
    made = drawn(rows, size=None, plan=plan)
    assert Counter(made.records["theme_code"]) == {"cared-for-planning": 20, "care-leavers-pathway": 20}
    assert Counter(made.drawn["theme_code"]) == {"cared-for-planning": 4, "care-leavers-pathway": 4}


def test_a_third_of_the_list_is_for_moderation_rounded_up() -> None:
    for size, third in ((1, 1), (3, 1), (4, 2), (7, 3)):
        made = drawn(TEAMS, size=size)
        assert made.drawn["is_moderated"].sum() == made.records["is_moderated"].sum() == third


def test_who_is_put_forward_keeps_the_same_chance_and_is_listed_beside() -> None:
    held = framed(TEAMS, size=5)
    plain = draw(held, SEED)
    lucky, other = (
        plain.drawn["child_id"].iloc[0],
        plain.records.loc[plain.records["outcome"].eq("not drawn"), "child_id"].iloc[0],
    )
    made = draw(held, SEED, nominated={lucky, other})
    assert made.drawn["child_id"].tolist() == plain.drawn["child_id"].tolist()
    assert column(made, "outcome")[other] == "nominated"
    assert made.records["is_moderated"].sum() == 2


def test_the_seed_may_not_be_blank() -> None:
    with pytest.raises(WrongUse, match="The seed is blank"):
        drawn(records(3), seed="  ")


FEW = [
    *records(60, service_area="Safeguarding"),
    *records(600, first=100, service_area="Cared For"),
    *records(5, first=900, service_area="Fostering"),
]


def test_a_service_has_its_fewest_audits_and_all_other_records_one_chance() -> None:
    rules = replace(rules_for(MONTH), draw_fewest=MappingProxyType({"service_area": 2}))
    held = framed(FEW, size=10, rules=rules).records.groupby("service_area")["inclusion_probability"]
    assert held.sum()["Safeguarding"] == pytest.approx(2)
    assert held.first()["Cared For"] == pytest.approx(held.first()["Fostering"]) == pytest.approx(8 / 605)


def test_a_group_too_small_for_a_year_of_different_children_has_no_more_chance_than_any_other() -> None:
    held = framed(FEW, size=10).records.groupby("service_area")["inclusion_probability"].sum()
    assert held["Fostering"] == pytest.approx(9 * 5 / 605)
    assert held["Safeguarding"] == pytest.approx(1)


def test_a_fewest_number_that_cannot_be_reached_gives_way_and_says_how_many_audits_it_takes() -> None:
    rules = replace(rules_for(MONTH), draw_fewest=MappingProxyType({"service_area": 3}))
    made = drawn([*FEW[:60], *FEW[60:600]], size=4, rules=rules)
    assert framed([*FEW[:60], *FEW[60:600]], size=4, rules=rules).notes == (
        "The plan has no audits for 2023-07: records of every kind can be selected.",
        "The fewest audits of each service area gave way: they need 6 audits, and 4 are selected. Ask for 6 (--size) "
        "to keep them.",
    )
    assert len(made.drawn) == 4


def test_a_fewest_number_of_each_status_is_kept_whatever_the_seed() -> None:
    rows = [
        *records(200, team="North"),
        *records(200, first=300, service_area="Cared For", team="Oak"),
        *records(12, first=600, case_status="CP"),
        *records(12, first=700, service_area="Cared For", case_status="CP"),
    ]
    rules = replace(rules_for(MONTH), draw_fewest=MappingProxyType({"service_area": 1, "case_status": 2}))
    held = framed(rows, size=6, rules=rules)
    for seed in range(20):
        statuses = Counter(draw(held, f"{seed}").drawn["case_status"])
        assert statuses == {"CIN": 4, "CP": 2}


def test_where_two_kinds_of_fewest_number_cannot_both_be_kept_the_record_says_which_was_missed() -> None:
    rows = [*records(40), *records(40, first=100, service_area="Cared For", case_status="CLA", team="Oak")]
    rules = replace(rules_for(MONTH), draw_fewest=MappingProxyType({"age_band": 1, "service_area": 1}))
    rows = [{**row, "age_band": ("0-4", "5-9")[number % 2]} for number, row in enumerate(rows)]
    draws = [draw(framed(rows, size=2, rules=rules), f"{seed}") for seed in range(8)]
    services = [set(made.drawn["service_area"]) for made in draws]
    assert min(map(len, services)) == 1
    assert all(
        ("wanted of each service area" in " ".join(made.notes)) == (len(held) < 2)
        for made, held in zip(draws, services, strict=True)
    )
    assert all(set(made.drawn["age_band"]) == {"0-4", "5-9"} for made in draws)


@pytest.mark.parametrize(
    ("fewest", "words"),
    [
        ({"key_worker_id": 1}, 'not "key_worker_id"'),
        ({"team": 0}, "team of draw_fewest is no whole number of 1 or more: 0"),
    ],
)
def test_a_fewest_number_is_of_a_group_and_one_or_more(fewest: dict[str, int], words: str) -> None:
    with pytest.raises(WrongUse, match=words):
        framed(records(9), rules=replace(rules_for(MONTH), draw_fewest=MappingProxyType(fewest)))
