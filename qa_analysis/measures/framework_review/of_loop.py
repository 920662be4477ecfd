"""Promises of closing the loop: actions, themes audited again, learning, briefings and decisions."""

from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_of
from qa_analysis.measures.actions.sign_off import AS_IT_SHOULD_BE, UNKNOWN, UNREAD, signed
from qa_analysis.measures.actions.timeliness import due_in
from qa_analysis.measures.audits.linked import flagged, hang_on, is_of_cycles, numbers_of, told_by_audit
from qa_analysis.measures.closing_the_loop.ledger import DONE, DUE, ledger, loops, state
from qa_analysis.measures.framework_review.promise import cycles_expected, stated, tallied
from qa_analysis.measures.learning.session import SESSION
from qa_analysis.measures.themes.findings import are_serious

BRIEFING = "briefing"


def actions_in_time(tables: Tables) -> DataFrame:
    """Whether each action was completed within the framework's days. One row per action whose last day has come.

    One whose day of completion cannot be read could not be known.
    """
    due = due_in(tables, tables.rolling_cycles)
    unread = tables.unread("actions", "completed_on").reindex(due.index, fill_value=False)
    return stated(due.assign(cycle_month=due["due_month"]), kept=due["is_in_time"], known=~unread)


def actions_signed_off(tables: Tables) -> DataFrame | None:
    """Whether each action completed in the year was signed off by the right role. One row per completed action."""
    if len(tables.actions) and not tables.holds("actions", "signed_off_on"):
        return None
    done = signed(tables, columns=("completed_on",))
    done = done.assign(cycle_month=months_of(done["completed_on"]))
    done = done[done["cycle_month"].isin(tables.rolling_cycles)]
    return stated(done, kept=done["state"].isin(AS_IT_SHOULD_BE), known=~done["state"].isin([UNKNOWN, UNREAD]))


def safeguarding_answered(tables: Tables) -> DataFrame | None:
    """Whether each safeguarding finding's audit has an action about safeguarding. One row per finding.

    A finding of which nobody says whether it is about safeguarding is no case.
    """
    is_marked = tables.holds("findings", "is_safeguarding") if tables.optional("findings") is not None else False
    if not is_marked or not tables.holds("actions", "is_safeguarding"):
        return None
    are_of_year = hang_on(tables, "findings", is_of_cycles(tables, tables.rolling_cycles))
    serious = numbers_of(tables, "findings")[are_of_year & are_serious(tables, "findings")]
    actions, are_unsaid = numbers_of(tables, "actions"), tables.actions["is_safeguarding"].isna().to_numpy()
    answered, unsaid = (flagged(tables, actions[some]) for some in (are_serious(tables, "actions"), are_unsaid))
    rows = DataFrame({"cycle_month": told_by_audit(tables, "cycle_month", serious)})
    return stated(rows, kept=Series(answered[serious]), known=Series(~unsaid[serious]))


def themes_audited_again(tables: Tables) -> DataFrame:
    """Whether each theme was audited again after six months. One row per theme whose six months have ended.

    A theme belongs to the cycle in which it was audited again, or to that in which it was due.
    """
    states = [state(tables, one) for one in loops(tables)]
    return tallied([(cycle, *((1, 0, 0) if word == DONE else (0, 1, 0))) for word, cycle in states if word != DUE])


def changes_shown(tables: Tables) -> DataFrame:
    """Whether enough like-for-like audits show what changed in a theme audited again. One row per theme audited again.

    Otherwise the change could not be known: too few audits, or a break in between.
    """
    again = {one.theme: one.again for one in loops(tables) if one.again}
    changes = {figure.group[0]: figure for figure in ledger(tables) if figure.measure == "ledger_change"}
    known = {theme: theme in changes and not changes[theme].is_doubtful for theme in again}
    return tallied([(again[theme], *((1, 0, 0) if is_known else (0, 0, 1))) for theme, is_known in known.items()])


def sessions_held(tables: Tables) -> DataFrame | None:
    """Whether each cycle had a reflective learning session. One row per cycle."""
    return _events(tables, SESSION)


def briefings_held(tables: Tables) -> DataFrame | None:
    """Whether each cycle had a briefing. One row per cycle."""
    return _events(tables, BRIEFING)


def decisions_owned(tables: Tables) -> DataFrame | None:
    """Whether each decision of a meeting in the year has an owner and a day. One row per decision.

    One whose day cannot be read could not be known.
    """
    decisions = tables.optional("smt_decisions")
    if decisions is None:
        return None
    rows = decisions.assign(cycle_month=months_of(decisions["meeting_on"]))
    rows = rows[rows["cycle_month"].isin(tables.rolling_cycles)]
    unread = tables.unread("smt_decisions", "due_on")[rows.index]
    has_owner = rows["owner_id"].notna()
    return stated(rows, kept=has_owner & rows["due_on"].notna(), known=~(has_owner & unread))


def _events(tables: Tables, kind: str) -> DataFrame | None:
    """Whether an event of a kind was held in each cycle's months; an event without a day may have been in any."""
    events = tables.optional("learning_events")
    if events is None:
        return None
    some = events[events["kind"] == kind]
    held, undated = set(months_of(some["held_on"].dropna())), int(some["held_on"].isna().any())
    return tallied(
        [
            (cycle[-1], *((1, 0, 0) if held & set(cycle) else (0, 1 - undated, undated)))
            for cycle in cycles_expected(tables)
        ]
    )
