"""Who came to the learning, and what audits found before and after it, where teams came and where they did not."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.english import counted
from qa_analysis.measures.audits.volumes import headline_audits
from qa_analysis.measures.figure import Figure, count, figures_of, labelled, share
from qa_analysis.measures.grades.grades import graded
from qa_analysis.measures.themes.in_audits import audit_themes
from qa_analysis.month.month import Month
from qa_analysis.questions import narrowing
from qa_analysis.questions import scope as scoping
from qa_analysis.questions.asked import HEADLINE_ROUTES, Asked
from qa_analysis.questions.opening import Held
from qa_analysis.questions.phrases import when, whole_of
from qa_analysis.questions.scope import Scope
from qa_analysis.questions.subjects.declared import Answered, Subject
from qa_analysis.telling.wording import part_of, share_of

DATASET: Final = "learning_events"
INVITED, CAME = "learning_invited", "learning_attended"
EVENTS, TEAMS = "learning_events_held", "learning_teams_attended"
GOOD_AFTER, FOUND_AFTER = "followed_good_or_better", "followed_for_development"
TOOK_PART, SIDE = "teams", "side"
PRESENT, ABSENT = "teams that came", "teams that did not"
BEFORE, AFTER = "before", "after"


def learning(asked: Asked, held: Held) -> Answered:
    """Invited and came, whole and by group; with a subject, what audits found before and after. Figures per group."""
    scope = scoping.scope(asked, held, narrow=narrowing.others_of(DATASET), cases=_invitations, dataset=DATASET)
    frame = scope.tables.frames[DATASET]
    labels = {"period": asked.last, "population": ""}
    came = frame.loc[frame["attended"].fillna(0) > 0, "team"]
    rows = [
        count(EVENTS, frame["event_id"].nunique(), unit="events", **labels),
        count(TEAMS, came.nunique(), unit="teams", **labels),
        *_of(scope, frame),
    ]
    sums = [("learning", _invitations(scope.tables))]
    if asked.by:
        own = labelled(frame[asked.by].astype("object"))
        for name in sorted(own.unique()):
            some = frame[own == name]
            rows += [row.but(by=(asked.by,), group=(str(name),)) for row in _of(scope, some)]
    after, more = _followed(asked, held, frame)
    return replace(scope, sums=(*sums, *more)), [*rows, *after]


def _invitations(tables: Tables) -> DataFrame:
    """A row for each person invited, nobody in particular: a group of under three invited is not told by itself."""
    frame = tables.frames[DATASET]
    sizes = frame["invited"].fillna(0).astype(int)
    each = frame.loc[frame.index.repeat(sizes)]
    number = each.groupby("case").cumcount().astype("str")
    return each.assign(case=each["case"] + " " + number, child=each["case"] + number, person=each["case"] + number)


def _of(scope: Scope, some: DataFrame) -> Iterator[Figure]:
    """Of those with both numbers: who was invited, and the share that came."""
    both = some.dropna(subset=["invited", "attended"])
    invited, came = int(both["invited"].sum()), int(both["attended"].sum())
    labels, few = {"period": scope.asked.last, "population": ""}, scope.tables.rules.percentage_from
    yield count(INVITED, invited, unit="people", **labels)
    if invited:
        yield share(CAME, min(came, invited), invited, few=few, **labels)


def _followed(asked: Asked, held: Held, events: DataFrame) -> tuple[list[Figure], list[tuple[str, DataFrame]]]:
    """Before and after, where teams came and where not; nothing where a cell has too few children or workers."""
    if not asked.subject or events.empty:
        return [], []
    known = _audits(asked, held)
    came = events[(events["attended"].fillna(0) > 0) & events["team"].notna()].groupby("team")["month"].min()
    day = known["team"].map(came)
    took_part = day.notna()
    day = day.fillna(str(events["month"].min()))
    cells = {
        (who, side): known[own & _on_side(known["month"], day, side, held.tables.rules.revisit_months)]
        for who, own in ((PRESENT, took_part), (ABSENT, ~took_part))
        for side in (BEFORE, AFTER)
    }
    told = {cell: some for cell, some in cells.items() if len(some)}
    if not told or not all(scoping.enough(some, held.tables.rules) for some in told.values()):
        return [], []
    is_prompt = asked.subject in held.tables.rules.prompts
    rows = [
        share(
            FOUND_AFTER if is_prompt else GOOD_AFTER, int(some["is_so"].sum()), len(some), period=asked.last,
            population="", by=(TOOK_PART, SIDE), group=cell, few=held.tables.rules.percentage_from,
        )
        for cell, some in told.items()
    ]  # fmt: skip
    return rows, [("findings " if is_prompt else "grades ", some) for some in told.values()]


def _on_side(month: Series, learning: Series, side: str, cycles: int) -> Series:
    """Whether each audit lies in the cycles before, or after, the month of its team's learning."""
    steps = [_months_from(one, other) for one, other in zip(learning, month, strict=True)]
    near = [-cycles <= step < 0 if side == BEFORE else 0 < step <= cycles for step in steps]
    return Series(near, index=month.index, dtype="bool")


def _months_from(one: str, other: str) -> int:
    """How many months lie between two months: negative where the other came first."""
    (year, month), (later, number) = (map(int, text.split("-")) for text in (one, other))
    return 12 * (later - year) + number - month


def _audits(asked: Asked, held: Held) -> DataFrame:
    """Every headline audit that speaks of the subject, and whether each is so. One row per audit."""
    is_prompt = asked.subject in held.tables.rules.prompts
    asks = replace(
        asked, question="findings" if is_prompt else "grades", by="", subject="", kind="", first=held.cycles[0],
        last=held.cycles[-1], route=HEADLINE_ROUTES, prompt=asked.subject if is_prompt else "",
        theme="" if is_prompt else asked.subject,
    )  # fmt: skip
    tables = narrowing.audits_as_one_cycle(asks, held)
    audits = headline_audits(tables, months=(asks.last,))
    if is_prompt:
        found = set(audit_themes(tables, audits, "development")["audit_id"])
        cases = scoping.audited(audits).assign(is_so=audits["audit_id"].isin(found))
    else:
        known = graded(audits, "overall_grade", tables.rules)
        cases = scoping.audited(known).assign(is_so=known["is_good"])
    return cases.assign(case=cases["audit_id"])


def sentence(scope: Scope, month: Month) -> str:
    """Who came, and what audits found before and after."""
    invited, came = whole_of(month, INVITED), whole_of(month, CAME)
    events, teams = whole_of(month, EVENTS), whole_of(month, TEAMS)
    assert events is not None and teams is not None
    if invited is None or came is None:
        return f"{counted(events.value, 'event')} {when(scope)}; how many came was not recorded."
    said = (
        f"{counted(events.value, 'event')} {when(scope)}: "
        f"{part_of(came, 'person invited', 'people invited', first=True)} came, from {counted(teams.value, 'team')}."
    )
    return f"{said} {_after(scope, month)}".strip()


def _after(scope: Scope, month: Month) -> str:
    table = month.measures
    cells = {figure.group: figure for figure in figures_of(table[table["by"] == f"{TOOK_PART}+{SIDE}"])}
    if not scope.asked.subject:
        return "Choose a subject to see what audits found afterwards."
    if not cells:
        return "What followed is not shown: there are too few audits before or after it."
    is_prompt = any(figure.measure == FOUND_AFTER for figure in cells.values())
    what = "found for development" if is_prompt else "graded good or better"
    parts = [
        f"{'Where teams came' if who == PRESENT else 'Where teams did not'}, "
        + " and ".join(f"{share_of(cells[who, side])} {side}" for side in (BEFORE, AFTER) if (who, side) in cells)
        for who in (PRESENT, ABSENT)
        if any((who, side) in cells for side in (BEFORE, AFTER))
    ]
    back = scope.tables.rules.revisit_months
    return f"Audits of it {what}: {'; '.join(parts)}, {back} cycles before and after a team’s first event."


LEARNING = Subject(
    learning,
    sentence,
    "Only events with both numbers, invited and came, are counted. Teams were not chosen at random to attend, so a "
    "difference between them does not show that the learning caused it.",
    names={
        EVENTS: "Events",
        TEAMS: "Teams that came",
        INVITED: "Invited", CAME: "Came", GOOD_AFTER: "Good or better",
        FOUND_AFTER: "Found for development",
    },
    drawn={CAME: "Came (% of those invited)"},
)  # fmt: skip
