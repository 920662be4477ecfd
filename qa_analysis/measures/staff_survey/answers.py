"""What staff answered, question by question: the whole distribution, and where how many agree."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.measures import family
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import TOO_FEW_TO_JUDGE, Figure, estimated, share
from qa_analysis.measures.populations import STAFF_SURVEY
from qa_analysis.measures.staff_survey.told import WHOLE, Told, groups_of, told_in
from qa_analysis.measures.staff_survey.waves import AGREES_FROM, DATASET, Wave
from qa_analysis.measures.themes.in_audits import Shift, clear_shifts

QUESTION: Final = "question"
ANSWER: Final = "answer"
SAID: Final[Mapping[int, str]] = MappingProxyType(
    {5: "strongly agree", 4: "agree", 3: "neither", 2: "disagree", 1: "strongly disagree"}
)
MORE, FEWER, NO_CHANGE = "more agree", "fewer agree", "no clear change"
CLAIMED: Final = (MORE, FEWER)


@declares(
    Measure(
        "staff_survey_answer",
        title="Answers to the staff survey",
        family=family.STAFF_SURVEY,
        counts="answers from strongly agree to strongly disagree to each question of the newest wave, of all answers "
        "to it",
        by="question+answer",
        limits="of the whole alone; no mean is taken, because the steps between the answers are no distances",
        unit="share",
    ),
    Measure(
        "staff_survey_agree",
        title="Agreement with each statement of the staff survey",
        family=family.STAFF_SURVEY,
        counts="answers agree or strongly agree to each question, of all answers to it: the whole in each wave, "
        "services, teams and roles in the newest",
        by="question, question+service_area, question+team, question+role",
        limits="places of too few answers have no figure, nor have those that others or an earlier wave would tell of "
        "by subtraction; the range is for what as many people like these might have answered, and says nothing of "
        "those who did not",
        unit="share",
    ),
    needs=(DATASET,),
)
def survey_answers(tables: Tables) -> list[Figure]:
    """What was answered in the newest wave, and how many agreed in each. One figure per question and answer."""
    told = told_in(tables)
    return [
        figure
        for wave in told.waves
        for question in questions_of(tables, wave)
        for figure in _of_question(tables, told, wave, question, is_newest=wave is told.waves[-1])
    ]


def questions_of(tables: Tables, wave: Wave) -> list[str]:
    """The questions of a wave: by the standard they are coded to, then by their words."""
    codes = tables.rules.staff_survey_standards
    named = sorted(str(question) for question in wave.answers[QUESTION].unique())
    return sorted(named, key=lambda question: int(codes.get(question, len(tables.rules.employer_standards) + 1)))


def _of_question(tables: Tables, told: Told, wave: Wave, question: str, *, is_newest: bool) -> Iterator[Figure]:
    answers, may = wave.answers[wave.answers[QUESTION] == question], told.of(wave, question)
    labels = {"period": wave.month, "population": STAFF_SURVEY}
    few = tables.rules.percentage_from
    for group, some in groups_of(wave, answers).items():
        if group in may and (group == WHOLE or is_newest):
            by, name = ((QUESTION, group[0]), (question, group[1])) if group != WHOLE else (QUESTION, question)
            yield share("staff_survey_agree", _agreeing(some), len(some), few=few, by=by, group=name, **labels)
    if is_newest and WHOLE in may:
        for number, word in SAID.items():
            said, by = int((answers[ANSWER] == number).sum()), (QUESTION, ANSWER)
            yield share("staff_survey_answer", said, len(answers), few=few, by=by, group=(question, word), **labels)


def _agreeing(answers: DataFrame) -> int:
    return int((answers[ANSWER] >= AGREES_FROM).sum())


@declares(
    Measure(
        "staff_survey_change",
        title="Change of agreement between two waves of the staff survey",
        family=family.STAFF_SURVEY,
        counts="the share that agrees with a statement in the newest wave less that of the wave before; the note says "
        "whether more or fewer agree",
        by="question",
        limits="only statements worded alike in both; both waves ask mostly the same people and no form says who "
        "filled it in, so they are compared as if they were of others, which makes the range too wide rather than "
        "too narrow; all statements are looked at together: one in ten of those said to have changed may be a chance "
        "find; others may have answered than before",
        unit="difference of shares",
    ),
    needs=(DATASET,),
)
def survey_change(tables: Tables) -> list[Figure]:
    """How agreement with each statement changed since the wave before. One figure per statement asked in both."""
    told = told_in(tables)
    every = told.waves[-2:]
    if len(every) < 2:
        return []
    then, now = (_agreed(wave, told) for wave in every)
    both = {name: (*now[name], *then[name]) for name in questions_of(tables, every[-1]) if name in now and name in then}
    return [
        estimated(
            "staff_survey_change", shift.difference, period=every[-1].month, population=STAFF_SURVEY, by=QUESTION,
            group=name, unit="difference of shares",
        )
        .but(method=f"{shift.difference.method}; {every[-1].month} less {every[0].month}")
        .judged(_said(shift, min(both[name][1], both[name][3]), tables.rules.verdict_from))
        for name, shift in clear_shifts(both).items()
    ]  # fmt: skip


def _agreed(wave: Wave, told: Told) -> dict[str, tuple[int, int]]:
    """How many agreed with each statement of a wave, and how many answered it, where that may be told."""
    by_question = {str(name): some for name, some in wave.answers.groupby(QUESTION)}
    return {name: (_agreeing(some), len(some)) for name, some in by_question.items() if WHOLE in told.of(wave, name)}


def _said(shift: Shift, fewest: int, verdict_from: int) -> str:
    """More or fewer agree, no clear change; or too few answers to judge."""
    if fewest < verdict_from:
        return TOO_FEW_TO_JUDGE
    return (MORE if shift.difference.value > 0 else FEWER) if shift.is_clear else NO_CHANGE
