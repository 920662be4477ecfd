"""The loop of each audit theme: raised, decided on, acted on, taught, audited again, and what had changed."""

from dataclasses import dataclass

from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import month_name, months_after, months_of
from qa_analysis.measures import family
from qa_analysis.measures.audits.breaks import across, breaks_between
from qa_analysis.measures.audits.linked import numbers_in, remembered, told_by_audit
from qa_analysis.measures.audits.volumes import headline_audits
from qa_analysis.measures.closing_the_loop.change import difference
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import TOO_FEW_TO_JUDGE, Figure, count, estimated
from qa_analysis.measures.grades.grades import graded
from qa_analysis.measures.populations import HEADLINE, THEMES_AUDITED_AGAIN
from qa_analysis.measures.themes.response import WIDER
from qa_analysis.stats.proportions import newcombe

DONE, DUE, OVERDUE = "revisited", "revisit due", "revisit overdue"
ORPHAN = "no response recorded: no decision, no wider action and no learning"
TOOK_PART, DID_NOT = "teams that took part", "teams that did not"


@dataclass(frozen=True)
class Loop:
    """One theme: the cycle in which it was raised, and the one in which it was audited again, blank if it was not."""

    theme: str
    raised: str
    again: str


@declares(
    Measure(
        "ledger_raised",
        title="Graded audits when a theme was raised",
        family=family.SIX_MONTHS_ON,
        counts="graded headline audits of an audit theme in the first of the last twelve cycles that has it; the "
        "note names that cycle",
        by="theme_code",
        limits="a theme first audited before the last twelve cycles is shown from its first cycle among them",
        unit="audits",
    ),
    Measure(
        "ledger_actions",
        title="Wider actions on a theme since it was raised",
        family=family.SIX_MONTHS_ON,
        counts="actions for a team, a service or the partnership agreed since an audit theme was raised that "
        "carry the theme or came from an audit of it",
        by="theme_code",
        limits="actions for one child or one worker are not in it; an action without the theme or the audit is "
        "not seen",
        unit="actions",
    ),
    Measure(
        "ledger_decisions",
        title="Decisions on a theme since it was raised",
        family=family.SIX_MONTHS_ON,
        counts="decisions of the Senior Management Team on an audit theme taken since it was raised",
        by="theme_code",
        limits="only where decisions were supplied; a decision without the theme is not seen",
        unit="decisions",
    ),
    Measure(
        "ledger_learning",
        title="Learning events on a theme since it was raised",
        family=family.SIX_MONTHS_ON,
        counts="learning events on an audit theme held since it was raised, an event for several teams counted once",
        by="theme_code",
        limits="only where learning events were supplied; an event without the theme is not seen",
        unit="learning",
    ),
    Measure(
        "ledger_open",
        title="Decisions and wider actions on a theme still open",
        family=family.SIX_MONTHS_ON,
        counts="decisions, and actions for a team, a service or the partnership, on an audit theme since it was "
        "raised that were not completed by the as-at date",
        by="theme_code",
        limits="learning events are not in it",
        unit="decisions and actions",
    ),
    Measure(
        "ledger_orphan",
        title="Themes that nobody has taken up",
        family=family.SIX_MONTHS_ON,
        counts="whether an audit theme has had no decision, no action beyond one child or worker and no learning "
        "event since it was raised: one where it has had none, zero where it has",
        by="theme_code",
        limits="what does not carry the theme is not seen; decisions and learning events count only where they "
        "were supplied",
        unit="themes",
    ),
    Measure(
        "ledger_revisit",
        title="Graded audits when a theme was audited again",
        family=family.SIX_MONTHS_ON,
        counts="graded headline audits of an audit theme in its first cycle six months or more after it was "
        "raised, zero where there is none yet; the note says when it was audited again, or when that is "
        "or was due",
        by="theme_code",
        unit="audits",
    ),
    Measure(
        "ledger_change",
        title="Change in good or better since a theme was raised",
        family=family.SIX_MONTHS_ON,
        counts="the share of an audit theme's graded headline audits that were graded outstanding or good when "
        "it was audited again, less the share when it was raised",
        by="theme_code",
        limits="two single cycles, so an interval and no verdict; under ten graded audits in either are too few "
        "to judge",
        unit="difference of shares",
        compares_periods=True,
    ),
    Measure(
        "revisits_done",
        title="Themes audited again after six months",
        family=family.SIX_MONTHS_ON,
        counts="audit themes of the last twelve cycles that were audited again six months or more after their "
        "first cycle there",
        limits="headline audits alone; says that a theme was audited again, not that practice is better",
        unit="themes",
    ),
    Measure(
        "revisits_due",
        title="Themes due to be audited again",
        family=family.SIX_MONTHS_ON,
        counts="audit themes of the last twelve cycles, not audited again yet, whose six months end in this "
        "cycle or later",
        limits="headline audits alone",
        unit="themes",
    ),
    Measure(
        "revisits_overdue",
        title="Themes overdue to be audited again",
        family=family.SIX_MONTHS_ON,
        counts="audit themes of the last twelve cycles, not audited again, whose six months ended before this cycle",
        limits="headline audits alone",
        unit="themes",
    ),
    Measure(
        "learning_change",
        title="Change of themes audited again, by part in learning",
        family=family.SIX_MONTHS_ON,
        counts="the share of headline audits graded outstanding or good when a theme was audited again in this "
        "cycle, less the share when it was raised, in teams that took part in learning on it since and in "
        "teams that did not",
        by="learning",
        limits="teams were not selected at random to take part, so the difference is no effect of learning; only "
        "where learning events were supplied and a theme was audited again in this cycle",
        unit="difference of shares",
        compares_periods=True,
    ),
)
def ledger(tables: Tables) -> list[Figure]:
    """What became of each theme audited in the year. Several figures per theme, in the order they were raised."""
    return _ledger(tables)


@remembered
def _ledger(tables: Tables) -> list[Figure]:
    return [
        *(row for one in loops(tables) for row in _entry(tables, one)),
        *_totals(tables),
        *learning(tables),
    ]


@remembered
def loops(tables: Tables) -> list[Loop]:
    """The themes of the last twelve cycles, each with its earliest cycle there and its first audit six months on.

    One per theme, in the order they were raised.
    """
    year = headline_audits(tables, months=tables.rolling_cycles, columns=("theme_code", "cycle_month"))
    audits = year.dropna()
    held: dict[str, list[str]] = {}
    for theme, cycle in sorted(audits.drop_duplicates().itertuples(index=False, name=None)):
        held.setdefault(str(theme), []).append(cycle)
    return sorted(
        (Loop(theme, cycles[0], _again(tables, cycles)) for theme, cycles in held.items()),
        key=lambda one: (one.raised, one.theme),
    )


def state(tables: Tables, one: Loop) -> tuple[str, str]:
    """Whether the theme was audited again, is due to be or should have been, and the cycle of which that is said."""
    due = tables.rules.revisit_due(one.raised)
    if one.again:
        return DONE, one.again
    return (OVERDUE if due < tables.month else DUE), due


def learning(tables: Tables) -> list[Figure]:
    """The change of themes audited again this cycle, in teams that took part in learning on them and in others.

    Descriptive: teams came because they could, or were asked to; they were not drawn. One figure per group of teams.
    """
    events = tables.optional("learning_events")
    again = [one for one in loops(tables) if one.again == tables.month]
    if events is None or not again:
        return []
    sides = {TOOK_PART: [0, 0, 0, 0], DID_NOT: [0, 0, 0, 0]}
    breaks: dict[str, None] = {}  # of any of the themes, each once and in order
    for one in again:
        taught = _since(events, events["theme_code"] == one.theme, "held_on", one.raised)
        breaks |= dict.fromkeys(
            breaks_between(tables, _of(tables, one.theme, one.again), _of(tables, one.theme, one.raised))
        )
        teams = set(taught.loc[taught["attended"].fillna(0) > 0, "team"].dropna())
        for place, cycle in ((0, one.again), (2, one.raised)):
            audits = _of(tables, one.theme, cycle)
            for name, group in ((TOOK_PART, audits["team"].isin(teams)), (DID_NOT, ~audits["team"].isin(teams))):
                sides[name][place] += int(audits.loc[group, "is_good"].sum())
                sides[name][place + 1] += int(group.sum())
    return [
        across(
            estimated(
                "learning_change", newcombe(*counts), unit="difference of shares", period=tables.month,
                population=THEMES_AUDITED_AGAIN, by="learning", group=name,
            ).judged(TOO_FEW_TO_JUDGE if min(counts[1], counts[3]) < tables.rules.verdict_from else ""),
            tuple(breaks),
        )
        for name, counts in sides.items()
    ]  # fmt: skip


def _entry(tables: Tables, one: Loop) -> list[Figure]:
    """The figures of one theme."""
    labels = {"period": tables.month, "population": HEADLINE, "by": "theme_code", "group": one.theme}
    then = _of(tables, one.theme, one.raised)
    rows = [count("ledger_raised", len(then), unit="audits", **labels).but(note=month_name(one.raised))]
    answers = _answers(tables, one)
    rows += [count(f"ledger_{name}", len(frame), unit=name, **labels) for name, frame in answers.items()]
    undone = sum(int(frame["completed_on"].isna().sum()) for name, frame in answers.items() if "completed_on" in frame)
    rows.append(count("ledger_open", undone, unit="decisions and actions", **labels))
    nobody = not any(len(frame) for frame in answers.values())
    rows.append(count("ledger_orphan", int(nobody), unit="themes", **labels).judged(ORPHAN if nobody else ""))
    now = _of(tables, one.theme, one.again) if one.again else then.iloc[:0]
    word, cycle = state(tables, one)
    said = f"{word} {'since' if word == OVERDUE else 'in'} {month_name(cycle)}"
    rows.append(count("ledger_revisit", len(now), unit="audits", **labels).but(verdict=word, note=said))
    if one.again:
        found = difference(now["is_good"], then["is_good"])
        few = TOO_FEW_TO_JUDGE if min(len(now), len(then)) < tables.rules.verdict_from else ""
        method = f"{found.method}; {one.again} less {one.raised}"
        change = estimated("ledger_change", found, unit="difference of shares", **labels)
        rows.append(across(change.but(method=method).judged(few), breaks_between(tables, now, then)))
    return rows


def _totals(tables: Tables) -> list[Figure]:
    """How many themes were audited again in time, and how many should have been."""
    states = [state(tables, one)[0] for one in loops(tables)]
    labels = {"period": tables.month, "population": HEADLINE, "unit": "themes"}
    return [
        count(measure, states.count(word), **labels)
        for measure, word in (("revisits_done", DONE), ("revisits_due", DUE), ("revisits_overdue", OVERDUE))
    ]


def _answers(tables: Tables, one: Loop) -> dict[str, DataFrame]:
    """What was decided, done beyond one child, and taught about a theme since it was raised, by kind."""
    actions, of_audit = _wider(tables)
    named = (of_audit == one.theme) | (actions["theme_code"] == one.theme)
    found = {"actions": _since(actions, named, "agreed_on", one.raised)}
    for name, dataset, day in (
        ("decisions", "smt_decisions", "meeting_on"),
        ("learning", "learning_events", "held_on"),
    ):
        frame = tables.optional(dataset)
        if frame is not None:
            found[name] = _since(frame, frame["theme_code"] == one.theme, day, one.raised)
    if "learning" in found:
        found["learning"] = found["learning"].drop_duplicates("event_id")
    return found


@remembered
def _wider(tables: Tables) -> tuple[DataFrame, Series]:
    """The actions for more than one child or worker, and the theme of the audit of each."""
    actions = tables.actions[tables.actions["level"].isin(WIDER)]
    themes = told_by_audit(tables, "theme_code", numbers_in(tables, actions["audit_id"]))
    return actions, themes.set_axis(actions.index)


def _since(frame: DataFrame, chosen: Series, day: str, cycle: str) -> DataFrame:
    """The chosen rows dated in or after a cycle."""
    later: DataFrame = frame[chosen & (months_of(frame[day]) >= cycle)]
    return later


def _of(tables: Tables, theme: str, cycle: str) -> DataFrame:
    """The graded headline audits of a theme in a cycle."""
    audits = headline_audits(tables, months=(cycle,))
    return graded(audits[audits["theme_code"] == theme], "overall_grade", tables.rules)


def _again(tables: Tables, cycles: list[str]) -> str:
    """The first cycle of the theme six months after the earliest, or later; blank where there is none."""
    due = months_after(cycles[0], tables.rules.revisit_months)
    return next((cycle for cycle in cycles if cycle >= due), "")
