"""How many answered the yearly survey of staff, of those in post on its day."""

from collections.abc import Iterator
from typing import Final

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.measures import family
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import NOT_RECORDED, Figure, count, estimated, share
from qa_analysis.measures.populations import STAFF_IN_POST, STAFF_SURVEY
from qa_analysis.measures.staff_survey.told import WHOLE, Group, Told, groups_of, told_in
from qa_analysis.measures.staff_survey.waves import DATASET, PLACES, Wave
from qa_analysis.measures.too_few import without_numbers
from qa_analysis.stats.estimate import undefined

NOT_SHOWN: Final = "not shown: too few answered, or others would tell of them by subtraction"
SHORT_LIST: Final = "more answered than the staff list holds"


@declares(
    Measure(
        "staff_survey_forms",
        title="Forms of the staff survey",
        family=family.STAFF_SURVEY,
        counts="forms with an answer in each of the newest three waves of the yearly survey of staff",
        limits="waves not named by a year or a month are left out; one named by its year is of the month that the rule "
        "staff_survey_month says",
        unit="forms",
    ),
    Measure(
        "staff_survey_comments",
        title="Comments in the staff survey",
        family=family.STAFF_SURVEY,
        counts="comments written beside an answer in each of these waves",
        limits="what they say is in no figure and on no page",
        unit="comments",
    ),
    Measure(
        "staff_survey_response",
        title="Response rate of the staff survey",
        family=family.STAFF_SURVEY,
        counts="forms with an answer, of the people in post on the last day of the wave's month: the whole in each "
        "wave, services, teams and roles in the newest",
        by="service_area, team, role",
        limits="only where staff were supplied; people on long leave are among those in post; a form is of the team "
        "and role that it names; places of too few forms are without numbers, and so are those that others or an "
        "earlier wave would tell of by subtraction",
        unit="share",
    ),
    needs=(DATASET,),
)
def survey_response(tables: Tables) -> list[Figure]:
    """How many answered in each wave, and where in the newest. One figure per wave, and per place of the newest."""
    told = told_in(tables)
    return [figure for wave in told.waves for figure in _of_wave(tables, told, wave, is_newest=wave is told.waves[-1])]


def _of_wave(tables: Tables, told: Told, wave: Wave, *, is_newest: bool) -> Iterator[Figure]:
    labels = {"period": wave.month, "population": STAFF_SURVEY}
    yield count("staff_survey_forms", len(wave.forms), unit="forms", **labels)
    yield count("staff_survey_comments", int(wave.answers["comment"].notna().sum()), unit="comments", **labels)
    if wave.people is None:
        return
    forms, may = groups_of(wave, wave.forms), told.of(wave)
    for group, people in _in_post(wave, wave.people).items():
        if group == WHOLE or is_newest:
            answered = len(forms.get(group, ()))
            rate = _rate(answered, len(people), group, wave.month, few=tables.rules.percentage_from)
            yield rate if group in may else without_numbers(rate, note=NOT_SHOWN)


def _in_post(wave: Wave, people: DataFrame) -> dict[Group, DataFrame]:
    """Who was in post, by place; the whole alone where the staff list is shorter than the forms are many."""
    found: dict[Group, DataFrame] = {WHOLE: people}
    for by in PLACES if wave.is_of_list else ():
        found |= {(by, str(name)): some for name, some in people.groupby(by) if name != NOT_RECORDED}
    return found


def _rate(answered: int, people: int, group: Group, period: str, *, few: int) -> Figure:
    """A response rate; none where more answered than the list holds of the place."""
    by, name = group
    if answered > people:
        return estimated(
            "staff_survey_response", undefined(people, SHORT_LIST), period=period, population=STAFF_IN_POST,
            unit="share", by=by, group=name,
        )  # fmt: skip
    return share(
        "staff_survey_response", answered, people, few=few, period=period, population=STAFF_IN_POST, by=by, group=name
    )
