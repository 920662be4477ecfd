"""From a folder to a month: what reading could not make out is known to the figures and said."""

from pathlib import Path

import pytest
import xlsxwriter
from small import frames, write

from qa_analysis.data.identity import new_key
from qa_analysis.month.month import Month
from qa_analysis.month.preparing import prepare
from qa_analysis.reports.data_quality.report import reliance

HEADINGS = ["finding_id", "audit_id", "key_area", "polarity", "theme_code", "text"]


def month_of(data: Path) -> Month:
    return prepare(data, "2023-06", as_at=None, key=new_key()).month


def test_a_prompt_typed_as_a_number_is_not_counted_under_another_prompt(tmp_path: Path) -> None:
    data = write(tmp_path, frames(audits=[{}]))
    (data / "findings.csv").unlink()
    with xlsxwriter.Workbook(data / "findings.xlsx") as book:
        sheet = book.add_worksheet("Findings")
        for line, row in enumerate([HEADINGS, ["F1", *_found(3.1)], ["F2", *_found(3.2)]]):
            sheet.write_row(line, 0, row)
    month = month_of(data)
    counted = month.figures("theme_count", by="theme_code+polarity").set_index("group")["value"].to_dict()
    assert counted == {"3.2+strength": 1, "not coded+strength": 1}
    assert month.quality["rule"].tolist().count("prompt-lost-its-zero") == 1


@pytest.mark.parametrize(("cell", "unread"), [("Yes", 1), ("31/06/2023", 1), ("", 0), ("08/06/2023", 0)])
def test_a_completion_that_cannot_be_read_is_counted_said_and_listed(tmp_path: Path, cell: str, unread: int) -> None:
    held = frames(audits=[{}], actions=[{}, {}])
    held["actions"] = held["actions"].assign(completed_on=[cell, "2023-06-20"])
    month = month_of(write(tmp_path, held))
    said = [sentence for sentence in reliance(month) if "date of completion" in sentence]
    assert month.count("actions_completion_unreadable") == len(said) == unread
    assert month.quality["rule"].tolist().count("date-not-readable") == unread


@pytest.mark.parametrize(
    ("agreed", "asked"),
    [
        ("2023-06-01", []),
        (
            "2023-05-31",
            ["The newest date among the actions is 31 May 2023, before June 2023: was that extract taken too early?"],
        ),
    ],
)
def test_an_extract_that_ends_before_the_cycle_is_asked_about(tmp_path: Path, agreed: str, asked: list[str]) -> None:
    held = frames(audits=[{}], actions=[{"agreed_on": agreed}])
    month = month_of(write(tmp_path, held))
    assert [sentence for sentence in reliance(month) if "newest date" in sentence] == asked


def test_an_audit_dated_after_the_day_is_left_out_and_said_with_its_row(tmp_path: Path) -> None:
    audits = [{}, {"audited_on": "2023-07-11"}, {"audited_on": "2023-08-30"}, {"cycle_month": "2023-07"}]
    month = month_of(write(tmp_path, frames(audits=audits)))
    said = month.quality[month.quality["rule"] == "audited-after-the-day"]["message"].tolist()
    assert month.count("audits_completed") == 1
    assert said == [
        "2 audits of June 2023 or an earlier cycle are dated after 10 July 2023, the day of the data, and are left out "
        "of every figure: row 3, 4. Correct audited_on, or ask for a later day (--as-at)."
    ]


@pytest.mark.parametrize(
    ("audited", "told"),
    [("2023-04-30", 1), ("2023-05-01", 0), ("2023-06-30", 0), ("2023-07-05", 0), ("2022-06-08", 1)],
)
def test_an_audit_far_outside_its_cycle_is_said(tmp_path: Path, audited: str, told: int) -> None:
    month = month_of(write(tmp_path, frames(audits=[{"audited_on": audited}])))
    assert month.quality["rule"].tolist().count("audited-outside-cycle") == told


def _found(prompt: float) -> list[object]:
    return ["audits-1", "assessment", "strength", prompt, "x"]


def test_a_name_typed_where_a_role_belongs_is_in_no_figure_and_its_row_is_said(tmp_path: Path) -> None:
    roles = ["social worker", "mum of Zelda", "court lead"]
    month = month_of(write(tmp_path, frames(audits=[{"auditor_role": role} for role in roles])))
    told = month.quality[month.quality["rule"] == "word-of-an-open-list"]
    assert sorted(told["row"]) == [3, 4]
    assert set(month.figures("audits_completed", by="auditor_role")["group"]).isdisjoint(roles[1:])


def test_a_word_of_ones_own_that_sources_yaml_names_is_told(tmp_path: Path) -> None:
    data = write(tmp_path, frames(audits=[{"auditor_role": "court lead"}]))
    (data / "sources.yaml").write_text(
        "datasets:\n  audits:\n    file: audits.csv\n    codes:\n      auditor_role:\n        court lead: court lead\n"
    )
    assert "word-of-an-open-list" not in set(month_of(data).quality["rule"])
