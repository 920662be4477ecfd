"""Whether each audit's answers speak of all six key areas, as a learning conversation is to cover all aspects."""

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.measures import family
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, share
from qa_analysis.measures.populations import WITH_ANSWERS
from qa_analysis.measures.prompts.answers import DATASET, PROMPT, answered


@declares(
    Measure(
        "areas_covered",
        title="Audits whose answers cover every key area",
        family=family.PROMPTS,
        counts="headline audits of the last twelve cycles in which at least one prompt of each key area was answered, "
        "not applicable among the answers, of those with any answer; by key area, those with an answer in it",
        by="key_area",
        limits="says what the form covers; whether the area was talked about with the key worker is not recorded",
        unit="share",
    ),
    needs=(DATASET,),
)
def areas_covered(tables: Tables) -> list[Figure]:
    """How many audits' answers cover all key areas, and each of them. One figure each, none without an answer."""
    year = answered(tables, tables.rolling_cycles)
    if year.empty:
        return []
    held = year.assign(area=year[PROMPT].map(tables.rules.area_of)).groupby("audit_id")["area"].agg(set)
    areas, few = list(tables.rules.key_areas), tables.rules.percentage_from
    labels = {"period": period_of(tables.rolling_cycles), "population": WITH_ANSWERS}
    every = int(held.map(lambda found: found >= set(areas)).sum())
    return [
        share("areas_covered", every, len(held), few=few, **labels),
        *(
            share("areas_covered", int(held.map(lambda found, area=area: area in found).sum()), len(held), few=few,
                  by="key_area", group=area, **labels)
            for area in areas
        ),
    ]  # fmt: skip
