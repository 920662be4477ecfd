"""What auditors find: each prompt (or key area) of the whole, or of each service, team, month and so on."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import isnan

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.english import at_first, counted, in_a_sentence
from qa_analysis.framework import Rules
from qa_analysis.measures.audits.volumes import headline_audits
from qa_analysis.measures.figure import TOO_FEW, Figure, figures_of, labelled, share
from qa_analysis.measures.populations import HEADLINE
from qa_analysis.measures.themes import findings as themes
from qa_analysis.measures.themes import in_audits as theme_audits
from qa_analysis.measures.themes import prevalence as theme_prevalence
from qa_analysis.month.month import Month
from qa_analysis.questions import narrowing
from qa_analysis.questions import scope as scoping
from qa_analysis.questions.asked import Asked
from qa_analysis.questions.opening import Held
from qa_analysis.questions.phrases import NAMED, groups
from qa_analysis.questions.scope import Scope
from qa_analysis.questions.subjects.declared import Answered, Subject
from qa_analysis.telling.wording import share_of

OF_FINDINGS = ("", "prompt", "key_area")  # splits of what was found; any other is of the audits
SPOKEN_GROUPS = 6  # of which each is named in the sentence
CALLED = {"strength": "strengths", "development": "areas for development"}


def findings(asked: Asked, held: Held) -> Answered:
    """What auditors found. One figure per prompt (or key area) and side; what was found under three times is not.

    A prompt found in one or two audits could be traced to a child.
    """
    by_place = asked.by not in OF_FINDINGS
    whole = asked if by_place else replace(asked, by="")
    scope = scoping.scope(whole, held, narrow=narrowing.audits_as_one_cycle, cases=scoping.audited_cases)
    if by_place:
        found = list(_by_place(scope))
    elif asked.by == "key_area":
        found = [row for row in themes.themes(scope.tables) if row.measure == "finding_count"]
    else:
        found = _by_prompt(scope.tables, (asked.last,))
    polarities = (asked.polarity,) if asked.polarity else theme_audits.POLARITIES
    fewest = scope.tables.rules.question_children_from
    enough = [row for row in found if (row.value if isnan(row.numerator) else row.numerator) >= fewest]
    return replace(scope, asked=asked), [row for row in enough if row.group[-1] in polarities]


def _by_prompt(tables: Tables, months: tuple[str, ...]) -> list[Figure]:
    held = {polarity: theme_audits.found(tables, polarity, months) for polarity in theme_audits.POLARITIES}
    return [row for polarity in held for row in theme_prevalence.over(tables, held, months, polarity)]


def _by_place(scope: Scope) -> Iterator[Figure]:
    """The share of each group's audits with each prompt. One figure per group, prompt and side that occurs."""
    tables = scope.tables
    audits = headline_audits(tables, months=(scope.asked.last,))
    audits = audits.assign(place=labelled(audits[scope.column].astype("object")))
    sizes = audits.groupby("place").size()
    for polarity in theme_audits.POLARITIES:
        themes_of = theme_audits.audit_themes(tables, audits, polarity)
        tallies = Counter(zip(themes_of["place"], themes_of["theme_code"], strict=True))
        for place, code in sorted(tallies):
            tally = tallies[place, code]
            yield share(
                "theme_prevalence", int(tally), int(sizes[place]), period=scope.asked.last, population=HEADLINE,
                by=(scope.asked.by, "theme_code", "polarity"), group=(str(place), str(code), polarity),
                few=tables.rules.percentage_from,
            )  # fmt: skip


def sentence(scope: Scope, month: Month) -> str:
    """What was found most often; of each group, what was found most often in it."""
    table = month.measures
    if table.empty:
        return "Nothing was found often enough to be shown. Each finding needs at least three audits."
    if scope.asked.by not in OF_FINDINGS:
        return _of_groups(scope, table)
    found = figures_of(table.sort_values("value", ascending=False, kind="stable"))
    parts = [
        f"Most often among {plural}: {_often(scope, of_polarity)}."
        for one, plural in CALLED.items()
        if (of_polarity := [figure for figure in found if figure.group[-1] == one])
    ]
    return " ".join(parts)


def _of_groups(scope: Scope, table: DataFrame) -> str:
    """What was found most often in each group, in the groups' own order; of one prompt how many groups had it."""
    found = figures_of(table.sort_values("value", ascending=False, kind="stable"))
    side = "development" if any(figure.group[-1] == "development" for figure in found) else "strength"
    first: dict[str, Figure] = {}
    for figure in found:
        if figure.group[-1] == side and figure.verdict != TOO_FEW:
            first.setdefault(figure.group[0], figure)
    if not first:
        return "No group has enough audits to say what was found most often in it. The table gives the counts."
    if scope.asked.prompt:
        title = _prompt(next(iter(first.values())), scope.tables.rules)
        return (
            f"{at_first(title)}: found in at least three audits of {groups(len(first), scope)}; the table gives each."
        )
    said = [f"{name}: {_prompt(first[name], scope.tables.rules)}, {_how_often(first[name])}" for name in sorted(first)]
    more = f" {len(said) - SPOKEN_GROUPS} more are in the table." if len(said) > SPOKEN_GROUPS else ""
    return f"Most often among {CALLED[side]}: {'; '.join(said[:SPOKEN_GROUPS])}.{more}"


def _often(scope: Scope, found: Sequence[Figure]) -> str:
    rules = scope.tables.rules
    return "; ".join(f"{_prompt(figure, rules)}, {_how_often(figure)}" for figure in found[:NAMED])


def _prompt(figure: Figure, rules: Rules) -> str:
    """A prompt as it is called on the side on which it was found, or a key area."""
    code, polarity = figure.group[-2:]
    theme = rules.codebook.get(code)
    return in_a_sentence(theme.called(polarity) if theme else rules.key_areas.get(code, f"theme {code}"))


def _how_often(figure: Figure) -> str:
    if figure.measure == "finding_count":
        return counted(figure.value, "finding")
    return f"in {share_of(figure)}"


FINDINGS = Subject(
    findings,
    sentence,
    "Findings in fewer than three audits are not shown, and those without a code are in no prompt. Auditors find more "
    "of what they were asked to look for.",
    names={"theme_prevalence": "Audits in which it was found", "finding_count": "Findings"},
    drawn={"theme_prevalence": "Found in (% of audits)", "finding_count": "Findings"},
)
