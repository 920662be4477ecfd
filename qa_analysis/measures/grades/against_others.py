"""Whether a team, a service or a theme differs from all the others together by more than chance would make it."""

from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.measures import family
from qa_analysis.measures.audits.volumes import headline_audits
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import TOO_FEW_TO_JUDGE, Figure, estimated, labelled
from qa_analysis.measures.grades.grades import graded
from qa_analysis.measures.populations import HEADLINE
from qa_analysis.stats.estimate import Estimate
from qa_analysis.stats.proportions import holm, newcombe

ABOVE, BELOW, ALIKE = "above the others", "below the others", "no clear difference from the others"


@declares(
    Measure(
        "good_or_better_less_others",
        title="Good or better, less all the others",
        family=family.GRADES,
        counts="the share of a group's graded audits that were graded outstanding or good, less that of all the "
        "other groups together, among the audits asked about; the note says whether the group is above or "
        "below the others, after Holm's correction over the groups with ten graded audits on both sides",
        by="service_area, team, theme_code, route, key_area+service_area, key_area+team, "
        "key_area+theme_code, key_area+route",
        limits="in answers to questions alone; under ten graded audits on either side are too few to judge; "
        "cases differ between groups; several audits of one worker are taken as independent",
        unit="difference of shares",
    ),
    is_of_month=False,
)
def against_the_others(tables: Tables, column: str) -> list[Figure]:
    """The good-or-better share of each group less that of all other groups, with a verdict. One figure per group.

    Holm's correction runs over the groups that have enough audits on both sides, so that asking of sixteen teams does
    not find one by chance.
    """
    audits = graded(headline_audits(tables), "overall_grade", tables.rules)
    audits = audits.assign(group=labelled(audits[column].astype("object")))
    found = {name: _difference(audits, audits["group"] == name) for name in sorted(audits["group"].unique())}
    enough = {name: min(sizes) >= tables.rules.verdict_from for name, (_, sizes) in found.items()}
    family = [name for name in found if enough[name]]
    adjusted = dict(zip(family, holm([found[name][0].p for name in family]), strict=True))
    return [
        estimated(
            "good_or_better_less_others", difference,
            period=tables.month, population=HEADLINE, unit="difference of shares", by=column, group=name,
        ).judged(_verdict(difference.value, adjusted.get(name), tables))
        for name, (difference, _) in found.items()
    ]  # fmt: skip


def _difference(audits: DataFrame, inside: Series) -> tuple[Estimate, tuple[int, int]]:
    """One group's share less the others', and how many audits each side has."""
    own, others = audits.loc[inside, "is_good"], audits.loc[~inside, "is_good"]
    return newcombe(int(own.sum()), len(own), int(others.sum()), len(others)), (len(own), len(others))


def _verdict(difference: float, adjusted_p: float | None, tables: Tables) -> str:
    """What may be said of a group; without a p-value there were too few audits."""
    if adjusted_p is None:
        return TOO_FEW_TO_JUDGE
    if not adjusted_p < 1 - tables.rules.confidence:
        return ALIKE
    return ABOVE if difference > 0 else BELOW
