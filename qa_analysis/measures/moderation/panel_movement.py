"""Where the panel moves grades: by service, by auditor's role, blind or not, before and after auditors were widened."""

from collections.abc import Iterator

from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.framework import MANAGERS
from qa_analysis.measures import family
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import TOO_FEW, Figure, estimated, labelled, share
from qa_analysis.measures.moderation.agreement import directions, of_route, pairs
from qa_analysis.measures.moderation.panel_direction import optimism
from qa_analysis.measures.populations import EVERY_CYCLE, random_third
from qa_analysis.stats.agreement import counts
from qa_analysis.stats.proportions import newcombe

WIDENED = "managers began to audit"  # the break of framework.yaml after which managers audit too
BEFORE, SINCE = f"before {WIDENED}", f"since {WIDENED}"
BLIND, NOT_BLIND = "blind", "not blind"
POOLED_ROLES = "roles of few auditors, together"


@declares(
    Measure(
        "agreement_difference",
        title="Difference in grades upheld",
        family=family.MODERATION,
        counts="the share of grades upheld where the panel decided blind, less that where it did not (random "
        "third, twelve cycles); and since auditors were widened, less that before (random third, every "
        "cycle)",
        by="was_blind, era",
        limits="under ten decisions on either side are too few to say",
        unit="difference of shares",
    ),
    adds_to=(
        "agreement_exact",
        "moderation_lowered",
        "moderation_unchanged",
        "moderation_raised",
        "moderation_optimism",
        "moderation_mean_steps",
        "moderation_direction",
    ),
    needs=("moderations",),
)
def movement(tables: Tables) -> list[Figure]:
    """Lowered, unchanged and raised among grades drawn at random, by group. One figure per group and question."""
    year = of_route(pairs(tables, tables.rolling_cycles), tables, random_only=True).assign(
        was_blind=lambda both: both["was_blind"].map({True: BLIND, False: NOT_BLIND}),
    )
    asked = {"auditor_role": by_role(year, tables.rules.floor[MANAGERS].auditors), "was_blind": year}
    ever = _by_era(tables)
    of_year = {"period": period_of(tables.rolling_cycles), "population": random_third(tables.rules)}
    rows = [*by_service(tables)]
    rows += [row for column, both in asked.items() for row in by_group(tables, both, column, of_year)]
    rows += compared(tables, year, "was_blind", (BLIND, NOT_BLIND), of_year)
    if ever.empty:
        return rows
    every_cycle = period_of((str(ever["cycle_month"].min()), tables.month))
    of_all = {"period": every_cycle, "population": random_third(tables.rules, EVERY_CYCLE)}
    return [*rows, *by_group(tables, ever, "era", of_all), *compared(tables, ever, "era", (SINCE, BEFORE), of_all)]


def by_service(tables: Tables) -> Iterator[Figure]:
    """Lowered, unchanged and raised in each service, over the year that places are told of. Figures per service."""
    both = of_route(pairs(tables, tables.place_cycles), tables, random_only=True)
    labels = {"period": period_of(tables.place_cycles), "population": random_third(tables.rules)}
    yield from by_group(tables, both, "service_area", labels)


def by_role(both: DataFrame, fewest: int) -> DataFrame:
    """The pairs with the auditor's role, roles of few auditors under one name. One row per pair, or none at all.

    A role of one is a person, and so is a pool of one: the next smallest role joins it until it is of enough.
    """
    roles = labelled(both["auditor_role"])
    sizes = both.groupby(roles)["auditor_id"].nunique().sort_values(kind="stable")
    pooled = list(sizes.index[sizes < fewest])
    while pooled and _auditors(both[roles.isin(pooled)]) < fewest and len(pooled) < len(sizes):
        pooled.append(sizes.index[len(pooled)])
    shown = both.assign(auditor_role=roles.mask(roles.isin(pooled), POOLED_ROLES))
    return shown if _auditors(both) >= fewest else shown.iloc[:0]


def _auditors(both: DataFrame) -> int:
    return int(both["auditor_id"].nunique())


def compared(
    tables: Tables, both: DataFrame, column: str, groups: tuple[str, str], labels: dict[str, str]
) -> list[Figure]:
    """The share upheld in one group less that in another. One figure, where both have any."""
    first, second = (both.loc[both[column] == group, "steps"] == 0 for group in groups)
    if first.empty or second.empty:
        return []
    found = newcombe(int(first.sum()), len(first), int(second.sum()), len(second))
    few = min(len(first), len(second)) < tables.rules.verdict_from
    return [
        estimated(
            "agreement_difference", found, unit="difference of shares", by=column, group=" less ".join(groups), **labels
        ).judged(TOO_FEW if few else "")
    ]


def _by_era(tables: Tables) -> DataFrame:
    """Grades drawn at random in every cycle up to the month, before and since the widening of auditors."""
    cycles = tuple(sorted(month for month in tables.audits["cycle_month"].dropna().unique() if month <= tables.month))
    both = of_route(pairs(tables, cycles), tables, random_only=True)
    widened = [cycle for cycle, name in tables.rules.breaks.items() if name == WIDENED]
    if not widened:
        return both.iloc[:0]
    return both.assign(era=(both["cycle_month"] >= widened[0]).map({True: SINCE, False: BEFORE}))


def by_group(tables: Tables, both: DataFrame, column: str, labels: dict[str, str]) -> Iterator[Figure]:
    """The share upheld, lowered and raised of each group that has any pair, and its direction. Figures per group."""
    names: Series = labelled(both[column].astype("object"))
    for name, some in both.groupby(names):
        place = {**labels, "by": column, "group": str(name)}
        few = tables.rules.percentage_from
        yield share("agreement_exact", int((some["steps"] == 0).sum()), len(some), few=few, **place)
        yield from directions(some, few=few, **place)
        yield from optimism(counts(some["auditor"], some["panel"], grades=tables.rules.grades), **place)
