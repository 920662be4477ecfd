"""The loop of each audit theme: raised, decided on, acted on, taught, audited again, and what had changed."""

from dataclasses import dataclass

from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import month_name, months_after
from qa_analysis.measures.audits.volumes import headline_audits
from qa_analysis.measures.closing_the_loop.change import difference
from qa_analysis.measures.figure import TOO_FEW_TO_JUDGE, Figure, count, estimated
from qa_analysis.measures.grades.grades import graded
from qa_analysis.measures.populations import HEADLINE, THEMES_AUDITED_AGAIN
from qa_analysis.measures.themes.response import WIDER
from qa_analysis.stats.proportions import newcombe

DONE, DUE, OVERDUE = "revisited", "revisit due", "revisit overdue"
ORPHAN = "nobody's: no decision, no wider action and no learning"
TOOK_PART, DID_NOT = "teams that took part", "teams that did not"


@dataclass(frozen=True)
class Loop:
    """One theme: the cycle in which it was raised, and the one in which it was audited again, blank if it was not."""

    theme: str
    raised: str
    again: str


def ledger(tables: Tables) -> list[Figure]:
    """What became of each theme audited in the year. Several figures per theme, in the order they were raised."""
    return [
        *(row for one in loops(tables) for row in _entry(tables, one)),
        *_totals(tables),
        *learning(tables),
    ]


def loops(tables: Tables) -> list[Loop]:
    """The themes of the last twelve cycles, each with its earliest cycle there and its first audit six months on.

    One per theme, in the order they were raised.
    """
    audits = headline_audits(tables, months=tables.rolling_cycles).dropna(subset="theme_code")
    held = audits.groupby("theme_code")["cycle_month"].agg(lambda cycles: sorted(set(cycles)))
    return sorted(
        (Loop(str(theme), cycles[0], _again(tables, cycles)) for theme, cycles in held.items()),
        key=lambda one: (one.raised, one.theme),
    )


def state(tables: Tables, one: Loop) -> tuple[str, str]:
    """Whether the theme was audited again, is due to be or should have been, and the cycle of which that is said."""
    due = months_after(one.raised, tables.rules.revisit_months)
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
    for one in again:
        taught = _since(events, events["theme_code"] == one.theme, "held_on", one.raised)
        teams = set(taught.loc[taught["attended"].fillna(0) > 0, "team"].dropna())
        for place, cycle in ((0, one.again), (2, one.raised)):
            audits = _of(tables, one.theme, cycle)
            for name, group in ((TOOK_PART, audits["team"].isin(teams)), (DID_NOT, ~audits["team"].isin(teams))):
                sides[name][place] += int(audits.loc[group, "is_good"].sum())
                sides[name][place + 1] += int(group.sum())
    return [
        estimated(
            "learning_change", newcombe(*counts), unit="difference of shares", period=tables.month,
            population=THEMES_AUDITED_AGAIN, by="learning", group=name,
        ).judged(TOO_FEW_TO_JUDGE if min(counts[1], counts[3]) < tables.rules.verdict_from else "")
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
        rows.append(change.but(method=method).judged(few))
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
    of_theme = tables.audits.loc[tables.audits["theme_code"] == one.theme, "audit_id"]
    actions = tables.actions[tables.actions["level"].isin(WIDER)]
    named = actions["audit_id"].isin(of_theme) | (actions["theme_code"] == one.theme)
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


def _since(frame: DataFrame, chosen: Series, day: str, cycle: str) -> DataFrame:
    """The chosen rows dated in or after a cycle."""
    later: DataFrame = frame[chosen & (frame[day].dt.strftime("%Y-%m") >= cycle)]
    return later


def _of(tables: Tables, theme: str, cycle: str) -> DataFrame:
    """The graded headline audits of a theme in a cycle."""
    audits = headline_audits(tables, months=(cycle,))
    return graded(audits[audits["theme_code"] == theme], "overall_grade", tables.rules)


def _again(tables: Tables, cycles: list[str]) -> str:
    """The first cycle of the theme six months after the earliest, or later; blank where there is none."""
    due = months_after(cycles[0], tables.rules.revisit_months)
    return next((cycle for cycle in cycles if cycle >= due), "")
