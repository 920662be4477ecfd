"""What managers say on a page: theirs word for word, those missing by name, and never a child's name."""

from dataclasses import replace
from typing import Any

from small import month, tables
from words import lines_of_html

from qa_analysis.data.scope import Scope
from qa_analysis.month.month import Month
from qa_analysis.telling.meeting.narrative import narrative, narratives_line

POST = {"role": "team manager", "started_on": "2022-01-01", "service_area": "Safeguarding"}
STAFF = [{**POST, "worker_id": f"tm-{team}", "team": team} for team in ("North", "East", "South", "West")]


def sent(entity: str, level: str = "team", **more: Any) -> dict[str, Any]:
    said = {"achievements": f"Work of {entity}.", "challenges": "Visits are late.", "mitigating_actions": "A rota."}
    return {"month": "2023-06", "level": level, "entity": entity, **said, **more}


NARRATIVES = [
    sent("Safeguarding", "service", achievements="All plans are up to date.\n+ 3 posts filled", challenges=None),
    sent("North"), sent("East", challenges="We worry about Ellie."), sent("South", mitigating_actions=" "),
]  # fmt: skip


def council(**more: Any) -> Month:
    return month(tables(**{"audits": [{}], "staff": STAFF, "narratives": NARRATIVES, **more}))


def lines(this: Month) -> list[str]:
    return list(lines_of_html(narrative(this).markup))


def test_the_whole_shows_what_services_say_and_counts_the_teams_each_missing_one_by_name() -> None:
    assert lines(council()) == [
        "1 of 1 service sent in what they say of June 2023.",
        "3 of 4 teams sent in what they say of June 2023. Missing: West.",
        "Partly empty: Safeguarding (challenges).",
        "Partly empty: South (mitigating actions).",
        "East: not shown here, because somebody may be named. Each author has a list of where.",
        "Safeguarding: June 2023",
        "Part | In the manager's words",
        "Achievements | All plans are up to date.",
        "Achievements | + 3 posts filled",
        "Challenges | Nothing written",
        "Mitigating actions | A rota.",
    ]


def test_a_service_shows_its_teams_too_and_a_team_its_own() -> None:
    of_service = lines(replace(council(), scope=Scope("Safeguarding")))
    assert [line for line in of_service if line.endswith(": June 2023")] == [
        "Safeguarding: June 2023", "North: June 2023", "South: June 2023",
    ]  # fmt: skip
    of_team = lines(replace(council(), scope=Scope(team="North")))
    assert not any(line.startswith("1 of 1 service") for line in of_team)


def test_no_page_has_a_word_of_what_was_kept_back() -> None:
    assert not any("Ellie" in line or "Work of East" in line for line in lines(council()))


def test_where_nothing_was_supplied_it_is_one_line_and_without_staff_nobody_is_called_missing() -> None:
    assert lines(council(narratives=[])) != []
    assert lines(month(tables(audits=[{}]))) == ["Managers' narratives: not supplied this month."]
    alone = lines(month(tables(audits=[{}], narratives=NARRATIVES)))
    assert alone[0].startswith("4 narratives of June 2023 came in. How many were expected cannot be said")


def test_one_line_for_another_report() -> None:
    assert narratives_line(council()) == "Narratives of the month: 1 of 1 service and 3 of 4 teams sent theirs in."
    assert narratives_line(month(tables(audits=[{}]))) == ""
