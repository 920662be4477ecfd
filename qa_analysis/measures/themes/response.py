"""Whether anything answers the themes that keep coming up: actions beyond one child, decisions, learning."""

from collections import Counter

from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_of, period_of
from qa_analysis.measures import family
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count
from qa_analysis.measures.populations import EMERGING_OR_PERSISTENT
from qa_analysis.measures.themes.course import EMERGING, PERSISTENT, theme_course
from qa_analysis.measures.themes.in_audits import cycles_back, in_order

ANSWER_CYCLES = 2  # a theme that nothing has answered for two cycles is put before the Senior Management Team
WIDER = ("team", "service", "partnership")  # an action for one child or worker mends one record, not the theme
NO_RESPONSE = "no response"
DATED = {"actions": "agreed_on", "smt_decisions": "meeting_on", "learning_events": "held_on"}


@declares(
    Measure(
        "theme_responses",
        title="Responses to a theme",
        family=family.FINDINGS,
        counts="actions for a team, a service or the partnership, decisions and learning events of the last two "
        "months that carry the code of an emerging or persistent area for development",
        by="theme_code",
        limits="what does not carry the code is not seen; a learning event counts once for each team invited; "
        "decisions and events count only where they were supplied",
        unit="actions, decisions and events",
    ),
    needs=("findings",),
)
def theme_response(tables: Tables) -> list[Figure]:
    """Answers of the last two cycles to each emerging or persistent area for development. One figure per theme."""
    called = {
        code
        for row in theme_course(tables)
        for code, polarity in [row.group]
        if row.verdict in (EMERGING, PERSISTENT) and polarity == "development"
    }
    months = cycles_back(tables, ANSWER_CYCLES)
    found = Counter[str]()
    for name, frame in _supplied(tables).items():
        found.update(frame.loc[_in(frame[DATED[name]], months), "theme_code"].value_counts().to_dict())
    return [_answers(code, found[code], months) for code in in_order(called, tables.rules)]


def _answers(code: str, found: int, months: tuple[str, ...]) -> Figure:
    """How many actions, decisions and learning events carry the theme's code, and that there are none."""
    return count(
        "theme_responses", found, period=period_of(months), population=EMERGING_OR_PERSISTENT,
        unit="actions, decisions and events", by="theme_code", group=code,
    ).judged("" if found else NO_RESPONSE)  # fmt: skip


def _supplied(tables: Tables) -> dict[str, DataFrame]:
    frames = {name: frame for name in DATED if (frame := tables.optional(name)) is not None}
    return {**frames, "actions": tables.actions[tables.actions["level"].isin(WIDER)]}


def _in(days: Series, months: tuple[str, ...]) -> Series:
    within: Series = months_of(days).isin(months)
    return within
