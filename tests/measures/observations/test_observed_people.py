"""What is asked of each person, and what they had."""

from typing import Any

import pytest
from observed import JANUARY, audit, post, seen
from small import tables

from qa_analysis.measures.observations.half_years import Return
from qa_analysis.measures.observations.people import people

YEAR_2023 = tuple(f"2023-{number:02d}" for number in range(1, 13))


def held(staff: list[dict[str, Any]], observations: list[dict[str, Any]] | None = None) -> dict[str, dict[str, Any]]:
    """Each person's row for the year 2023."""
    made = tables(JANUARY, audits=[audit()], staff=staff, observations=observations or [seen("nobody", "2023-02-01")])
    return people(made, YEAR_2023).set_index("worker_id").to_dict("index")


@pytest.mark.parametrize(
    ("more", "required"),
    [
        ({}, 2),
        ({"started_on": "2023-01-16"}, 2),  # half of January and more
        ({"started_on": "2023-01-18"}, 1),  # eleven months
        ({"started_on": "2023-07-01"}, 1),
        ({"started_on": "2023-07-20"}, 0),  # five months and not half of July
        ({"ended_on": "2023-06-30"}, 1),
        ({"ended_on": "2023-05-31"}, 0),
        ({"leave_from_on": "2023-02-01", "leave_to_on": "2023-08-31"}, 0),  # five months at work
        ({"leave_from_on": "2023-02-01", "leave_to_on": "2023-07-31"}, 1),
        ({"leave_from_on": "2023-10-01"}, 1),  # not back yet
    ],
)
def test_what_is_required_is_the_whole_part_of_two_for_twelve_months_at_work(
    more: dict[str, Any], required: int
) -> None:
    assert held([post("a", **more)])["a"]["required"] == required


def test_two_posts_one_after_the_other_are_one_person_of_the_last_team() -> None:
    both = held(
        [
            post("a", ended_on="2023-06-14"),
            post("a", started_on="2023-06-15", team="South", service_area="Cared For", manager_id="n"),
        ]
    )
    row = both["a"]
    assert (row["months"], row["required"], row["team"], row["manager_id"]) == (12, 2, "South", "n")


def test_the_condition_is_on_the_person_and_not_on_the_mean() -> None:
    rows = held(
        [post("twice"), post("once"), post("never"), post("meetings")],
        [
            seen("twice", "2023-02-01"), seen("twice", "2023-09-01", "meeting"), seen("twice", "2023-10-01"),
            seen("once", "2023-05-01"),
            seen("meetings", "2023-03-01", "meeting"), seen("meetings", "2023-09-01", "other"),
        ],
    )  # fmt: skip
    assert {who: (row["held"], row["kind_held"], row["lacking"]) for who, row in rows.items()} == {
        "twice": (3, 2, 0), "once": (1, 1, 1), "never": (0, 0, 2), "meetings": (2, 0, 1),
    }  # fmt: skip


def test_two_on_one_day_are_one_and_a_peer_observation_is_counted_apart() -> None:
    rows = held(
        [post("a"), post("b")],
        [seen("a", "2023-02-01"), seen("a", "2023-02-01", "meeting"), seen("b", "2023-02-01", "peer")],
    )
    assert (rows["a"]["held"], rows["a"]["kind_held"], rows["b"]["held"]) == (1, 1, 0)


def test_a_first_line_manager_needs_one_of_supervision() -> None:
    rows = held(
        [
            post("m", role="team manager"),
            post("n", role="head of hub", is_first_line_manager=True),
            post("o", role="team manager", is_first_line_manager=False),
            post("p", role="service manager"),
        ],
        [seen("m", "2023-02-01"), seen("m", "2023-05-01"), seen("n", "2023-02-01", "supervision")],
    )
    assert set(rows) == {"m", "n"}
    assert {(row["group"], row["kind_required"]) for row in rows.values()} == {("first-line managers", 1)}
    assert (rows["m"]["lacking"], rows["n"]["lacking"]) == (1, 1)


def test_the_assessed_year_is_left_to_the_programme_and_what_follows_counts() -> None:
    rows = held(
        [
            post("new", is_nqsw=True, started_on="2023-03-01", asye_started_on="2023-03-01"),
            post("done", is_nqsw=True, asye_started_on="2022-05-02", asye_ended_on="2023-05-01"),
            post("unended", is_nqsw=True, started_on="2022-02-01"),  # twelve months from the start of the post
        ],
        [seen("new", "2023-05-01"), seen("done", "2023-02-01"), seen("done", "2023-08-01")],
    )
    new, done, unended = rows["new"], rows["done"], rows["unended"]
    assert (new["group"], new["required"], new["newly_months"], new["newly_held"], new["held"]) == (
        "newly qualified", 0, 10, 1, 0,
    )  # fmt: skip
    assert (done["group"], done["months"], done["required"], done["held"], done["newly_held"]) == (
        "experienced practitioners", 8, 1, 1, 1,
    )  # fmt: skip
    assert (unended["newly_months"], unended["months"]) == (1, 11)


def test_a_practitioner_is_known_by_the_words_of_the_role() -> None:
    roles = ("Senior Social Worker", "supervising social worker", "family support worker", "personal adviser")
    others = ("principal social worker", "assistant team manager", "practice assessor lead", "IRO", "business support")
    rows = held([post(role, role=role) for role in (*roles, *others)])
    assert set(rows) == set(roles)


def test_a_half_year_is_that_of_the_newest_return_and_ends_a_year() -> None:
    rules = tables(JANUARY, audits=[audit()]).rules
    january, may = Return.up_to("2024-01", rules), Return.up_to("2024-05", rules)
    july = Return.up_to("2024-07", rules)
    assert january.period == may.period == "2023-07/2023-12"
    assert (july.period, july.year[0], july.to_come[-1]) == ("2024-01/2024-06", "2023-07", "2024-12")
    assert str(july.due_on.date()) == "2024-07-31"
    assert Return.up_to("2022-07", rules).half_year == ("2022-06",)  # the council began in June
    assert Return.up_to("2022-06", rules).half_year == ()
