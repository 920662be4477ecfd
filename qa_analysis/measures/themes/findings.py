"""What auditors found: strengths and areas for development, by key area and prompt."""

from collections.abc import Sequence

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.measures import family
from qa_analysis.measures.audits.linked import Flags, flagged, hang_on, is_of_cycles, numbers_of, records_of
from qa_analysis.measures.audits.volumes import is_of_headline
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, count, labelled
from qa_analysis.measures.populations import EVERY_ROUTE, HEADLINE
from qa_analysis.measures.themes.in_audits import POLARITIES


@declares(
    Measure(
        "finding_count",
        title="Findings by key area",
        family=family.FINDINGS,
        counts="findings of the month's headline audits in each key area, strengths and areas for development apart; "
        "those that do not say which as not recorded",
        by="key_area+polarity",
        limits="an audit with several findings counts several times",
        unit="findings",
    ),
    Measure(
        "theme_count",
        title="Findings by theme",
        family=family.FINDINGS,
        counts="findings of the month's headline audits on each theme, strengths and areas for development "
        "apart, those without a code as not coded",
        by="theme_code+polarity",
        limits="an audit with several findings on a theme counts several times",
        unit="findings",
    ),
    needs=("findings",),
)
def themes(tables: Tables) -> list[Figure]:
    """Findings of the month's headline audits by area, prompt and polarity. One figure per group."""
    findings = headline_findings(tables)
    return [*_by_area(tables, findings), *_by_prompt(tables, findings)]


def headline_findings(
    tables: Tables, *, months: tuple[str, ...] | None = None, columns: Sequence[str] = ()
) -> DataFrame:  # fmt: skip
    """The findings of the headline audits of some cycles, by default the month's. One row per finding.

    With every column, or the ones asked for.
    """
    return records_of(tables, "findings", is_of_headline(tables, months=months), columns=columns)


def _by_area(tables: Tables, findings: DataFrame) -> list[Figure]:
    """Counts for every area and polarity, none left out; and those that do not say which, where there are any."""
    sizes = findings[["key_area", "polarity"]].apply(labelled).groupby(["key_area", "polarity"]).size()
    named = [(area, polarity) for area in tables.rules.key_areas for polarity in POLARITIES]
    silent = sorted(set(sizes.index) - set(named))
    return [
        _finding_count(tables, "finding_count", ("key_area", "polarity"), group, int(sizes.get(group, 0)))
        for group in (*named, *silent)
    ]


def _by_prompt(tables: Tables, findings: DataFrame) -> list[Figure]:
    """Counts for the prompts that occur; findings without a code are counted as "not coded"."""
    coded = findings.assign(theme_code=findings["theme_code"].fillna("not coded"))
    sizes = coded.groupby(["theme_code", "polarity"]).size()
    order = {code: place for place, code in enumerate(tables.rules.prompts)}
    groups = sorted(sizes.index, key=lambda group: (order.get(group[0], len(order)), group))
    by = ("theme_code", "polarity")
    return [_finding_count(tables, "theme_count", by, group, int(sizes[group])) for group in groups]


def _finding_count(tables: Tables, measure: str, by: tuple[str, str], group: tuple[str, str], size: int) -> Figure:
    return count(measure, size, period=tables.month, population=HEADLINE, unit="findings", by=by, group=group)


@declares(
    Measure(
        "safeguarding_findings",
        title="Safeguarding findings",
        family=family.FINDINGS,
        counts="findings marked as safeguarding in the cycle's audits of every route",
        unit="findings",
    ),
    Measure(
        "safeguarding_findings_without_action",
        title="Safeguarding findings without an action",
        family=family.FINDINGS,
        counts="findings marked as safeguarding in the cycle's audits of every route whose audit has no action "
        "marked as safeguarding",
        limits="linked by audit, not by finding: one such action answers all safeguarding findings of its audit",
        unit="findings",
    ),
    needs=("findings",),
)
def safeguarding_without_action(tables: Tables) -> list[Figure]:
    """Safeguarding findings of the month, and those whose audit has no action marked safeguarding. One figure each.

    None of what is marked nowhere: then it was not recorded, which is not that there is none.
    """
    if len(tables.findings) and not tables.holds("findings", "is_safeguarding"):
        return []
    are_of_month = hang_on(tables, "findings", is_of_cycles(tables, (tables.month,)))
    serious = numbers_of(tables, "findings")[are_of_month & are_serious(tables, "findings")]
    answered = flagged(tables, numbers_of(tables, "actions")[are_serious(tables, "actions")])
    labels = {"period": tables.month, "population": EVERY_ROUTE, "unit": "findings"}
    is_answerable = tables.actions.empty or tables.holds("actions", "is_safeguarding")
    return [
        count("safeguarding_findings", len(serious), **labels),
        *(
            [count("safeguarding_findings_without_action", int((~answered[serious]).sum()), **labels)]
            if is_answerable
            else []
        ),
    ]


def are_serious(tables: Tables, dataset: str) -> Flags:
    """Whether each finding or action is marked as safeguarding. One answer per record; no, where it does not say."""
    marks = tables.supplied(dataset)["is_safeguarding"].fillna(value=False)
    return marks.to_numpy(dtype=bool)
