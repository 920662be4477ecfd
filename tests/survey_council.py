"""A tiny council that asks its staff every year: who was in post, and what each of them answered."""

from collections.abc import Mapping
from typing import Any, Final

from small import tables

from qa_analysis.data.tables import Tables

THEN, NOW = "2022-11", "2023-11"
QUESTION: Final = "I have the training I need"
MANAGER, WORKER = "team manager", "social worker"
SERVICES: Final[Mapping[str, str]] = {
    "Ash": "Front", "Birch": "Front", "Cedar": "Front", "Dell": "Back", "Elm": "Back", "Fir": "Back",
}  # fmt: skip
SIZES: Final[Mapping[str, int]] = {"Ash": 12, "Birch": 10, "Cedar": 5, "Dell": 14, "Elm": 9, "Fir": 9}
LEFT, CAME = "Ash-3", "Ash-new"  # the one change between the waves


def person(who: str, team: str, *, role: str = WORKER, **more: Any) -> dict[str, Any]:
    usual = {"worker_id": who, "role": role, "team": team, "service_area": SERVICES[team], "started_on": "2020-01-01"}
    return usual | more


STAFF: Final = [
    *(
        person(f"{team}-{number}", team, role=WORKER if number else MANAGER,
               **({"ended_on": "2023-03-01"} if f"{team}-{number}" == LEFT else {}))
        for team, size in SIZES.items()
        for number in range(size)
    ),
    person(CAME, "Ash", started_on="2023-05-01"),
]  # fmt: skip


def answer_of(place: int) -> int:
    """What somebody answers in every wave, by their place in the list: two in five agree."""
    return (5, 2, 3, 4, 1)[place % 5]


def in_wave(wave: str, staff: list[dict[str, Any]]) -> list[tuple[int, dict[str, Any]]]:
    """Who was in post when a wave ended, each with their place in the list."""
    day = f"{wave}-30"
    return [
        (place, one)
        for place, one in enumerate(staff)
        if one["started_on"] <= day and one.get("ended_on", "9999") >= day
    ]


def answers(wave: str, staff: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Everybody in post answers, and as they did before. One row per person."""
    return [
        {"response_id": f"{wave}-{place}", "survey": "annual staff", "wave": wave[:4], "question": QUESTION,
         "answer": answer_of(place), "team": one["team"], "role": one["role"]}
        for place, one in in_wave(wave, staff)
    ]  # fmt: skip


def surveyed(month: str = NOW, posts: list[dict[str, Any]] = STAFF, **more: Any) -> Tables:
    """The council's tables in a month, with the waves held by then."""
    rows = [row for wave in (THEN, NOW) if wave <= month for row in answers(wave, posts)]
    audits = [{"cycle_month": month, "audited_on": f"{month}-15"}]
    return tables(month, **{"audits": audits, "staff": posts, "survey_responses": rows, **more})
