"""How auditors answered each prompt: over the year, cycle by cycle, by auditor's role and by service."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.framework import MANAGERS, NOT_APPLICABLE
from qa_analysis.measures import family
from qa_analysis.measures.audits.volumes import headline_audits
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count, labelled, share
from qa_analysis.measures.grades.windows import POOLED_CYCLES
from qa_analysis.measures.moderation.panel_movement import by_role
from qa_analysis.measures.populations import ANSWERED, HEADLINE
from qa_analysis.measures.themes.in_audits import cycles_back, cycles_then, in_order

DATASET: Final = "audit_answers"
YES, PARTLY, NO = "yes", "partly", "no"
ANSWERS: Final = (YES, PARTLY, NO)
PROMPT: Final = "prompt_code"
OF_AUDIT: Final = ["audit_id", "cycle_month", "service_area", "auditor_role", "auditor_id"]


@declares(
    Measure(
        "prompt_answer",
        title="Answers to a prompt",
        family=family.PROMPTS,
        counts="headline audits of the last twelve cycles in which a prompt was answered yes, partly or no, of those "
        "in which it was answered so",
        by="prompt_code+answer",
        limits="not applicable is in neither part; the auditor's own answer, which no panel moderates",
        unit="share",
    ),
    Measure(
        "prompt_not_applicable",
        title="Prompts answered not applicable",
        family=family.PROMPTS,
        counts="headline audits of the last twelve cycles in which a prompt was answered not applicable",
        by="prompt_code",
        unit="audits",
    ),
    Measure(
        "prompt_answered_yes",
        title="Prompts answered yes",
        family=family.PROMPTS,
        counts="headline audits in which a prompt was answered yes, of those in which it was answered yes, partly or "
        "no: of each of the last twelve cycles, of three cycles together and the three of six months before, of twelve "
        "cycles by the auditor's role and of those to the end of a quarter by service",
        by="prompt_code, auditor_role+prompt_code, service_area+prompt_code",
        limits="roles and services look at different cases, so they are not compared; roles of under three auditors "
        "are put together",
        unit="share",
    ),
    Measure(
        "audits_with_answers",
        title="Headline audits with answers to the prompts",
        family=family.PROMPTS,
        counts="headline audits of the last twelve cycles for which any answer to a prompt was supplied, of "
        "all of them",
        limits="earlier forms may not have held the answers",
        unit="share",
    ),
    needs=(DATASET,),
)
def prompts_answered(tables: Tables) -> list[Figure]:
    """How each prompt was answered. One figure per prompt, answer, period and group."""
    year, held = answered(tables, tables.rolling_cycles), year_and_before(tables)
    return [
        *_supplied(tables, year),
        *_answers(tables, year),
        *(row for cycles in periods(tables) for row in _yes(tables, of_cycles(held, cycles), cycles)),
        *_yes(
            tables, by_role(applicable(year), tables.rules.floor[MANAGERS].auditors), tables.rolling_cycles,
            by="auditor_role",
        ),
        *_yes(tables, applicable(answered(tables, tables.place_cycles)), tables.place_cycles, by="service_area"),
    ]  # fmt: skip


def answered(tables: Tables, cycles: Sequence[str]) -> DataFrame:
    """The answers of some cycles' headline audits, with what is known of the audit. One row per audit and prompt."""
    answers = tables.frames[DATASET][["audit_id", PROMPT, "answer"]]
    known = answers[answers[PROMPT].isin(list(tables.rules.prompts))].dropna(subset="answer")
    audits = headline_audits(tables, months=tuple(cycles), columns=OF_AUDIT)
    audits = audits[audits["audit_id"].isin(known["audit_id"])]
    return known.merge(audits, on="audit_id", validate="many_to_one")


def applicable(answers: DataFrame) -> DataFrame:
    """The answers that say yes, partly or no. One row per audit and prompt."""
    return answers[answers["answer"].isin(ANSWERS)]


def year_and_before(tables: Tables) -> DataFrame:
    """The answers of every cycle that a period looks at that say yes, partly or no. One row per audit and prompt."""
    return applicable(answered(tables, sorted({cycle for cycles in periods(tables) for cycle in cycles})))


def of_cycles(answers: DataFrame, cycles: Iterable[str]) -> DataFrame:
    """The answers of some cycles. One row per audit and prompt."""
    return answers[answers["cycle_month"].isin(list(cycles))]


def periods(tables: Tables) -> list[tuple[str, ...]]:
    """Each cycle of the year, the newest three together, and the three of six months before; none without a cycle."""
    quarters = (
        cycles_back(tables, POOLED_CYCLES),
        cycles_then(tables, POOLED_CYCLES),
    )
    return list(dict.fromkeys(filter(None, (*((cycle,) for cycle in tables.rolling_cycles), *quarters))))


def _supplied(tables: Tables, year: DataFrame) -> Iterator[Figure]:
    """For how many audits there are any answers."""
    audits = headline_audits(tables, months=tables.rolling_cycles, columns=("audit_id",))
    if len(audits):
        yield share(
            "audits_with_answers", year["audit_id"].nunique(), len(audits), few=tables.rules.percentage_from,
            period=period_of(tables.rolling_cycles), population=HEADLINE,
        )  # fmt: skip


def _answers(tables: Tables, year: DataFrame) -> Iterator[Figure]:
    """The year's answers to each prompt, in the framework's order. Figures per prompt and answer."""
    labels = {"period": period_of(tables.rolling_cycles), "population": ANSWERED}
    sizes = year.groupby([PROMPT, "answer"]).size()
    for code in in_order(year[PROMPT].unique(), tables.rules):
        tally = {answer: int(sizes.get((code, answer), 0)) for answer in (*ANSWERS, NOT_APPLICABLE)}
        whole = sum(tally[answer] for answer in ANSWERS)
        for answer in ANSWERS if whole else ():
            yield share(
                "prompt_answer", tally[answer], whole, few=tables.rules.percentage_from, by=(PROMPT, "answer"),
                group=(code, answer), **labels,
            )  # fmt: skip
        yield count("prompt_not_applicable", tally[NOT_APPLICABLE], unit="audits", by=PROMPT, group=code, **labels)


def _yes(tables: Tables, answers: DataFrame, cycles: Sequence[str], *, by: str = "") -> Iterator[Figure]:
    """How often each prompt was answered yes, of all audits or of each group's. One figure per prompt and group."""
    if answers.empty:
        return
    groups = [*([labelled(answers[by]).rename(by)] if by else []), answers[PROMPT]]
    sizes = (answers["answer"] == YES).groupby(groups).agg(["sum", "size"])
    order = {code: place for place, code in enumerate(in_order(answers[PROMPT].unique(), tables.rules))}
    rows = [(key if isinstance(key, tuple) else (key,), yes, size) for key, yes, size in sizes.itertuples(name=None)]
    for key, yes, size in sorted(rows, key=lambda row: (row[0][:-1], order[row[0][-1]])):
        yield share(
            "prompt_answered_yes", int(yes), int(size), few=tables.rules.percentage_from, period=period_of(cycles),
            population=ANSWERED, by=(by, PROMPT) if by else PROMPT, group=tuple(map(str, key)),
        )  # fmt: skip
