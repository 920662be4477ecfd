"""What managers say is passed on as they wrote it, line by line; what may name somebody goes to no page."""

from pathlib import Path

from small import CONTRACTS, NO_ISSUES, month, tables

from qa_analysis.data.scope import Scope, narrowed
from qa_analysis.month.checking import extracts_table
from qa_analysis.month.files import read_month, write_month
from qa_analysis.month.narratives import cleared, of_month
from qa_analysis.month.quotations import masked
from qa_analysis.month.rows import Rows, read_rows, write_rows
from qa_analysis.month.shared import shared_of

PLAIN = "Visits are in time.\n- 3 posts are vacant\n=1+1 is no sum here"
NAMED = "Contact for Ellie is agreed."


def narrative(entity: str, level: str = "team", **more: object) -> dict[str, object]:
    said = {"achievements": PLAIN, "challenges": None, "mitigating_actions": "A rota is in use."}
    return {"month": "2023-06", "level": level, "entity": entity, **said, **more}


SENT = [
    narrative("North"), narrative("East", challenges=NAMED), narrative("Safeguarding", "service"),
    narrative("North", month="2023-05", achievements="Of May."),
]  # fmt: skip
COUNCIL = {"audits": [{"team": team} for team in ("North", "East")], "narratives": SENT}


def test_a_text_is_passed_on_line_by_line_as_it_was_written_and_an_empty_part_is_seen() -> None:
    held = month(tables(**COUNCIL)).narratives
    north = held[held["entity"] == "North"]
    assert north[["part", "text"]].to_numpy().tolist() == [
        ["achievements", "Visits are in time."], ["achievements", "- 3 posts are vacant"],
        ["achievements", "=1+1 is no sum here"], ["challenges", ""], ["mitigating_actions", "A rota is in use."],
    ]  # fmt: skip


def test_a_narrative_with_what_may_be_a_childs_name_keeps_its_row_and_loses_every_word(tmp_path: Path) -> None:
    held = month(tables(**COUNCIL))
    east = held.narratives[held.narratives["entity"] == "East"]
    assert east[["state", "part", "text"]].to_numpy().tolist() == [["kept back", "", ""]]
    write_month(held, tmp_path)
    assert not any("Ellie" in path.read_text(encoding="utf-8") for path in tmp_path.iterdir())
    assert read_month(tmp_path).narratives.equals(held.narratives)


def test_everybodys_own_names_are_looked_for() -> None:
    said = cleared(tables(**{**COUNCIL, "narratives": [narrative("North", challenges="thanks to jane smith")]}),
                   ["Jane Smith"])  # fmt: skip
    assert said["state"].tolist() == ["kept back"]


def test_a_service_has_its_own_and_its_teams_and_a_team_its_own_alone() -> None:
    whole = tables(**COUNCIL)
    every = cleared(whole, ())

    def places(scope: Scope) -> set[str]:
        return set(of_month(every, narrowed(whole, CONTRACTS, scope))["entity"])

    assert places(Scope()) == places(Scope("Safeguarding")) == {"North", "East", "Safeguarding"}
    assert places(Scope(team="North")) == {"North"}


def test_of_what_managers_say_everyone_is_shown_nothing() -> None:
    assert len(month(tables(**COUNCIL)).narratives)
    assert len(shared_of(month(tables(**COUNCIL))).narratives) == 0


def test_what_was_cleared_is_kept_with_the_months_rows_and_needs_no_names_to_be_shown_again(tmp_path: Path) -> None:
    held = tables(**COUNCIL)
    said = cleared(held, ["Jane Smith"])
    rows = Rows(held.frames, CONTRACTS, NO_ISSUES, extracts_table(()), masked(held, ()), told_narratives=said)
    write_rows(rows, tmp_path)
    assert read_rows(tmp_path).told_narratives.equals(said)
