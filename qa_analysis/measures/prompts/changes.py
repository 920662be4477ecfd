"""Whether prompts are answered yes more or less often than six months before."""

from typing import Final

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.measures import family
from qa_analysis.measures.audits.breaks import BREAKS_BY, across, breaks_between
from qa_analysis.measures.audits.volumes import headline_audits
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import TOO_FEW_TO_JUDGE, Figure, estimated
from qa_analysis.measures.grades.windows import POOLED_CYCLES
from qa_analysis.measures.populations import POOLED
from qa_analysis.measures.prompts.answers import DATASET, PROMPT, YES, answered, applicable
from qa_analysis.measures.themes.in_audits import Shift, clear_shifts, cycles_back, cycles_then, in_order

MORE, LESS, NO_CHANGE = "more often yes", "less often yes", "no clear change"
CLAIMED: Final = (MORE, LESS)
Counts = dict[str, tuple[int, int]]


@declares(
    Measure(
        "prompt_change",
        title="Change of a prompt in six months",
        family=family.PROMPTS,
        counts="the share of headline audits of three cycles in which a prompt was answered yes, less that of the "
        "three cycles six months before; the note says whether it is yes more or less often",
        by="prompt_code",
        limits="all prompts are looked at together, by the same rule as themes: one in ten of those said to have "
        "changed may be a chance find; under ten audits on either side are too few to judge; a change of form, of "
        "auditors or of audit themes in between is among the reasons",
        unit="difference of shares",
        compares_periods=True,
    ),
    needs=(DATASET,),
)
def prompt_change(tables: Tables) -> list[Figure]:
    """Each prompt's share of yes less that of six months before, three cycles pooled. One figure per prompt."""
    now, then = cycles_back(tables, POOLED_CYCLES), cycles_then(tables, POOLED_CYCLES)
    here, there = _counts(tables, now), _counts(tables, then)
    both = {code: (*here[code], *there[code]) for code in in_order(here.keys() & there.keys(), tables.rules)}
    audits = [headline_audits(tables, months=cycles, columns=BREAKS_BY) for cycles in (now, then)]
    breaks = breaks_between(tables, *audits)
    against = f"{period_of(now)} less {period_of(then)}"
    return [
        across(
            estimated(
                "prompt_change", shift.difference, period=tables.month, population=POOLED, by=PROMPT, group=code,
                unit="difference of shares",
            )
            .but(method=f"{shift.difference.method}; {against}")
            .judged(_said(shift, min(both[code][1], both[code][3]), tables.rules.verdict_from)),
            breaks,
        )
        for code, shift in clear_shifts(both).items()
    ]  # fmt: skip


def _counts(tables: Tables, cycles: tuple[str, ...]) -> Counts:
    """How often each prompt was answered yes in some cycles, and how often at all."""
    answers = applicable(answered(tables, cycles))
    sizes = (answers["answer"] == YES).groupby(answers[PROMPT]).agg(["sum", "size"])
    return {str(code): (int(yes), int(size)) for code, yes, size in sizes.itertuples(name=None)}


def _said(shift: Shift, fewest: int, verdict_from: int) -> str:
    """More or less often yes, no clear change; or too few audits to judge."""
    if fewest < verdict_from:
        return TOO_FEW_TO_JUDGE
    return (MORE if shift.difference.value > 0 else LESS) if shift.is_clear else NO_CHANGE
