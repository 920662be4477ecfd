"""The waves of the yearly survey of staff: the forms of each, and who was in post on its day."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.measures.figure import NOT_RECORDED, labelled
from qa_analysis.measures.posts import in_post

DATASET: Final = "survey_responses"
SURVEY: Final = "annual staff"
PLACES: Final = ("service_area", "team", "role")
AGREES_FROM: Final = 4  # of five: agree, strongly agree
KEPT: Final = 3  # waves that are told of, and held against each other
_DATED: Final = r"20\d\d(-(0[1-9]|1[0-2]))?"  # of any other name nobody can say when it was asked


@dataclass(frozen=True, eq=False)
class Wave:
    """One wave. `answers` has one row per form and question, `people` one row per person in post on its day."""

    month: str
    answers: DataFrame
    people: DataFrame | None  # None: no staff list was supplied

    @cached_property
    def forms(self) -> DataFrame:
        """One row per form: its service, team and role."""
        return self.answers.drop_duplicates("response_id")

    @cached_property
    def is_of_list(self) -> bool:
        """Whether the staff list holds at least as many people as answered: a shorter one knows too few of them."""
        return self.people is not None and len(self.forms) <= len(self.people)


def waves(tables: Tables) -> list[Wave]:
    """The newest waves whose month had ended by the month reported on and the day, oldest first."""
    rows = tables.frames[DATASET]
    rows = rows[rows["survey"].eq(SURVEY) & rows["answer"].notna() & rows["question"].notna()]
    rows = rows[rows["wave"].str.fullmatch(_DATED).fillna(False).astype(bool)]
    rows = rows.assign(month=_months(rows["wave"], tables.rules.staff_survey_month))
    ended = [
        month for month in sorted(rows["month"].unique()) if month <= tables.month and day_of(month) <= tables.as_at
    ]
    return [_wave(tables, rows[rows["month"] == month], month) for month in ended[-KEPT:]]


def day_of(month: str) -> pd.Timestamp:
    """The day on which it is counted who was in post: the last of the wave's month."""
    return pd.Timestamp(f"{month}-01") + pd.offsets.MonthEnd(0)


def _months(named: Series, number: int) -> Series:
    """The month of each wave: as it is named, or of one named by its year the month of the rule."""
    return named.where(named.str.len() > len("2023"), named + f"-{number:02}")


def _wave(tables: Tables, rows: DataFrame, month: str) -> Wave:
    """One wave with its forms placed: a form names its team, and the staff list the team's service."""
    answers = rows.assign(
        question=rows["question"].str.replace("+", "and"), team=labelled(rows["team"]), role=labelled(rows["role"])
    )
    wave, staff = Wave(month, answers, None), tables.optional("staff")
    if staff is None:
        return replace(wave, answers=answers.assign(service_area=NOT_RECORDED))
    people = in_post(staff, day_of(month)).drop_duplicates("worker_id", keep="last")
    people = people.assign(**{name: labelled(people[name]) for name in PLACES})
    service = people.drop_duplicates("team").set_index("team")["service_area"]
    answers = answers.assign(service_area=labelled(answers["team"].map(service)))
    return replace(wave, answers=answers, people=people[["worker_id", *PLACES]])
