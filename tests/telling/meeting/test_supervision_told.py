"""Supervision on a page: said plainly, nobody named, and one line where it was not supplied."""

from typing import Any

from small import CONTRACTS, NO_ISSUES, frames, month, tables
from words import lines_of_html

from qa_analysis.council import Own
from qa_analysis.data.scope import Scope
from qa_analysis.dates import months_up_to
from qa_analysis.month.checking import extracts_table
from qa_analysis.month.measuring import month_of
from qa_analysis.month.place import of_place
from qa_analysis.month.quotations import masked
from qa_analysis.month.rows import Rows
from qa_analysis.telling.meeting.supervision import supervision, supervision_line

POST = {"role": "social worker", "team": "North", "service_area": "Safeguarding", "started_on": "2022-01-01"}
STAFF = [{**POST, "worker_id": f"w{n}", "team": ("North", "East")[n % 2]} for n in range(8)]
SESSIONS = [
    {"worker_id": f"w{n}", "held_on": day, "is_reflective": n < 6, "next_due_on": due}
    for n in range(7)
    for day, due in (("2023-05-10", "2023-06-10"), ("2023-06-08" if n < 5 else "2023-06-20", "2023-07-20"))
]


def lines(**more: Any) -> list[str]:
    audit = {"key_worker_id": "w0", "overall_grade": "inadequate", "audited_on": "2023-06-01"}
    held = {"audits": [audit], "staff": STAFF, "supervision": SESSIONS}
    return list(lines_of_html(supervision(month(tables(**{**held, **more}))).markup))


def test_it_says_how_many_were_in_time_and_where_everybody_stands() -> None:
    said = lines()
    assert said[0] == (
        "Of the 7 supervisions that fell due in June 2023, 5 (71%, likely range 36% to 92%) were held by the day they "
        "were due."
    )
    assert said[4] == (
        "Supervised and in post on 10 July 2023: 8 people. Next one not yet due: 7; none recorded: 1. "
        "Nobody is left out for want of a record."
    )


def test_teams_stand_beside_each_other_over_the_year_of_places() -> None:
    audits = [
        {"key_worker_id": f"w{n}", "team": ("North", "East")[n % 2], "child_id": f"c{n}", "cycle_month": cycle,
         "audited_on": f"{cycle}-12"}
        for n in range(8) for cycle in ("2023-05", "2023-06")
    ]  # fmt: skip
    said = lines(audits=audits)
    assert "Supervision by service and team, July 2022 to June 2023" in said
    assert next(line for line in said if line.startswith("Team: East |")).startswith("Team: East | 2 of 3 ")


def test_where_neither_a_rule_nor_a_date_is_given_it_says_so_and_calls_nothing_late() -> None:
    bare = [{**one, "next_due_on": None} for one in SESSIONS]
    said = lines(supervision=bare)
    assert said[0].startswith(
        "Whether supervision was in time cannot be said: how often is the council's rule, none was"
    )
    assert not any("overdue" in line and "Nobody is named" not in line for line in said)
    with_rule = lines(supervision=bare, own=Own(first_cycle="2022-06", supervision_every_days=31))
    assert with_rule[0].startswith("Of the 7 supervisions that fell due in June 2023, 5 ")


def test_an_audit_below_good_that_was_not_talked_about_is_said() -> None:
    named = [*SESSIONS, {"worker_id": "w7", "held_on": "2023-06-01", "audit_id": "audits-9"}]
    audit = {"overall_grade": "inadequate", "audited_on": "2023-06-01"}
    said = lines(supervision=named, audits=[{**audit, "key_worker_id": who} for who in ("w0", "w1", "w2")])
    assert "0 of 3 audits below good were discussed in the next supervision." in said
    assert any("Discussed in the next supervision: 0; next one held, audit not discussed: 3;" in line for line in said)


def test_without_the_dataset_it_is_one_line() -> None:
    without = month(tables(audits=[{}]))
    assert list(lines_of_html(supervision(without).markup)) == ["Supervision: not supplied this month."]
    assert supervision_line(without) == ""


def test_without_staff_it_says_what_cannot_be_known() -> None:
    held = month(tables(audits=[{}], supervision=SESSIONS))
    assert "Who has no supervision recorded cannot be said: staff were not supplied." in " ".join(
        lines_of_html(supervision(held).markup)
    )


def test_of_a_place_nothing_is_denied_that_may_only_not_be_told() -> None:
    audits = [
        {"key_worker_id": f"w{n}", "team": ("North", "East")[n % 2], "child_id": f"c{n}", "cycle_month": cycle,
         "audited_on": f"{cycle}-12"}
        for n in range(8) for cycle in ("2023-05", "2023-06")
    ]  # fmt: skip
    held = month(tables(audits=audits, staff=STAFF, supervision=SESSIONS))
    for place in ({"team": "East"}, {"service": "Safeguarding"}):
        said = list(lines_of_html(supervision(of_place(held, **place)).markup))
        told = " ".join(said)
        assert "No supervision fell due" not in told
        assert "staff were not supplied" not in told
        assert "No audit of the year" not in told
    assert any("supervisions" in line or line == "Too few to show, or none." for line in said)


def test_the_page_of_a_team_of_two_tells_of_neither() -> None:
    """North has six people supervised, Quiet two; both may have figures of their audits."""
    teams = {"North": 6, "Quiet": 2}
    who = [(f"{team}{n}", team) for team, many in teams.items() for n in range(many)]
    audits = [
        {"team": team, "key_worker_id": worker, "child_id": f"{worker}{cycle}{n}", "cycle_month": cycle,
         "audited_on": f"{cycle}-10"}
        for worker, team in who for cycle in months_up_to("2023-06", 12) for n in range(3)
    ]  # fmt: skip
    held = frames(
        audits=audits,
        staff=[{**POST, "worker_id": worker, "team": team} for worker, team in who],
        supervision=[
            {"worker_id": worker, "held_on": day, "next_due_on": due, "is_reflective": True}
            for worker, _ in who for day, due in (("2023-05-10", "2023-06-10"), ("2023-06-08", "2023-07-20"))
        ],
    )  # fmt: skip
    rows = Rows(held, CONTRACTS, NO_ISSUES, extracts_table(()), masked(tables(audits=[{}]), ()))
    of_two = list(lines_of_html(supervision(month_of(rows, "2023-06", scope=Scope(team="Quiet"))).markup))
    assert of_two[0] == "Supervision in time: too few people to show."
    assert of_two[1:] == [
        "Whether supervision was reflective: too few people to show.",
        "How people stand on the day: too few to show.",
        "Nobody is named here: who is overdue or has none recorded is in the list of their own manager.",
        "After an audit",
        "What followed audits in supervision: too few key workers to show.",
    ]
    of_six = list(lines_of_html(supervision(month_of(rows, "2023-06", scope=Scope(team="North"))).markup))
    assert of_six[0].startswith("Of the 6 supervisions that fell due in June 2023, 6 (100%")
