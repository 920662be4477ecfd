"""What those audited thought of the audit itself: how many agree with each statement, never who."""

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.measures import family
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import TOO_FEW, Figure, count, estimated, share
from qa_analysis.measures.populations import SURVEY_ANSWERS
from qa_analysis.stats.estimate import undefined

SURVEY = "audit process"
DATED = r"20\d\d(-(0[1-9]|1[0-2]))?"  # a wave named by its year or month; of any other nobody can say when it was
AGREES_FROM = 4  # of five: agree, strongly agree


@declares(
    Measure(
        "survey_responses",
        title="Responses to the audit survey",
        family=family.VOICES,
        counts="forms with an answer in the newest wave of the survey after audits, up to the month",
        limits="only where the survey was supplied; waves not named by a year or a month are left out",
        unit="responses",
    ),
    Measure(
        "survey_agree",
        title="Agreement with each statement of the audit survey",
        family=family.VOICES,
        counts="answers 4 or 5 of 5 to a question of the newest wave of the survey after audits, of all answers to it",
        by="question",
        limits="never by team or role; no value under five answers; waves not named by a year or a month are left out",
        unit="share",
    ),
)
def audit_survey(tables: Tables) -> list[Figure]:
    """The newest wave of the survey after audits: the share that agrees with each question. One figure per question.

    No figure by team or role: in a small one it would say who answered what. Under five answers, not even the share.
    """
    responses = tables.optional("survey_responses")
    if responses is None:
        return []
    answered = responses[(responses["survey"] == SURVEY) & responses["answer"].notna()]
    known = answered[answered["wave"].str.fullmatch(DATED) & (answered["wave"] <= tables.month)]
    if known.empty:
        return []
    newest = known[known["wave"] == known["wave"].max()]
    forms = int(newest["response_id"].nunique())
    wave = str(newest["wave"].iloc[0])
    return [
        count("survey_responses", forms, period=wave, population=SURVEY_ANSWERS, unit="responses"),
        *(_agree(tables, str(question), some, wave) for question, some in newest.groupby("question", sort=True)),
    ]


def _agree(tables: Tables, question: str, some: DataFrame, wave: str) -> Figure:
    """One question; with too few answers the number of them alone."""
    labels = {"period": wave, "population": SURVEY_ANSWERS, "by": "question", "group": question}
    few = tables.rules.percentage_from
    if len(some) < few:
        return estimated("survey_agree", undefined(len(some), ""), unit="share", **labels).judged(TOO_FEW)
    return share("survey_agree", int((some["answer"] >= AGREES_FROM).sum()), len(some), few=few, **labels)
