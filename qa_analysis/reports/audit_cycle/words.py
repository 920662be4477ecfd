"""The audit cycle in sentences: one claim each, with its number, denominator and interval."""

from qa_analysis.dates import month_name
from qa_analysis.english import agreeing, at_first, counted, listed
from qa_analysis.measures.audit_cycle.after_audit import STEPS
from qa_analysis.measures.audit_cycle.forecast import RECORDS, TEAMS, WORKERS
from qa_analysis.measures.audit_cycle.representative import AS_THE_CASELOAD, COMPARED, OTHERWISE
from qa_analysis.measures.audit_cycle.selected_and_done import (
    IN_ORDER,
    NOT_SELECTED,
    OUT_OF_ORDER,
    SELECTED_DONE,
    SELECTED_NOT_DONE,
)
from qa_analysis.measures.figure import Figure, figures_of
from qa_analysis.month.month import Month
from qa_analysis.telling.wording import all_cycles, last_cycles, of_whole, part_of, share_of, were

HIDDEN = "a number too small to show"
NO_CASELOAD = "Open caseload, which coverage and selection are held against: not supplied this month."
NO_RECORD = "No record of a selection was kept for this cycle, so the audits cannot be held against it."


def headline_sentences(month: Month) -> list[str]:
    """What the report says first: done, covered, selected, announced, talked over, outside the own line."""
    return [
        *done_sentences(month)[:1],
        *covered_sentences(month)[:1],
        *random_sentences(month)[:1],
        *forecast_sentences(month)[:1],
        *list_sentences(month)[:2],
        *line_sentences(month)[:1],
    ]


def done_sentences(month: Month) -> list[str]:
    """The audits done against those planned, and what was not done, in the month and the year."""
    done, planned = month.figure("audits_completed"), month.figure("audits_planned")
    against = f" of {number(planned)} planned" if planned else ""
    said = [f"{at_first(number(done))} {agreeing(_value(done), 'audit', 'audits')}{against} {_was(done)} completed."]
    for period, when in ((month.month, f"In {month_name(month.month)}"), (month.year, f"Over {all_cycles(month)}")):
        lacking = month.figure("planned_audits_not_done", period=period)
        if lacking is not None and lacking.denominator:
            said.append(f"{when}, {share_of(lacking, 'planned audit')} {were(lacking)} not done.")
    if planned is None:
        said.append("The audit plan gives no number for this cycle." if "audit_plan" in month.supplied else
                    "Audit plan: not supplied this month.")  # fmt: skip
    return said


def covered_sentences(month: Month) -> list[str]:
    """The open children, key workers and teams whom the year's audits reached, and those whom they did not."""
    if "caseload" not in month.supplied:
        return [NO_CASELOAD]
    seen = month.figure("open_children_audited", period=month.year)
    workers = month.figure("key_workers_audited", period=month.year)
    said = []
    if seen is not None and seen.denominator:
        said.append(f"Audits of {last_cycles(month)} covered {part_of(seen, 'child', 'children whose case is open')}.")
    if workers is not None and workers.denominator:
        said.append(
            f"Over the same time {part_of(workers, 'key worker', 'key workers with open records')} had an audit. "
            "Those who had none are listed by name for the Quality Assurance Manager alone."
        )
    return [*said, _teams(month)]


def _teams(month: Month) -> str:
    found = month.over_time("open_records_never_audited", by="team")
    if found.empty:
        return f"Every team with open records had at least one audit in {last_cycles(month)}."
    return f"Teams with open records and no audit in {last_cycles(month)}: {listed(sorted(found['group']))}."


def forecast_sentences(month: Month) -> list[str]:
    """Who can expect no audit in a year at the present number, and how many would be enough."""
    size = _audits_a_month(month)
    without = {who: _without(month, who, size) for who in (TEAMS, WORKERS, RECORDS)}
    if not any(without.values()):
        return []
    parts = [f"{about(figure.value)} of {figure.denominator:,} {who}" for who, figure in without.items() if figure]
    needed = {one.group[0]: one for one in figures_of(month.figures("audits_to_reach", by="who")) if one.is_given}
    said = [
        f"With {counted(size, 'audit')} a month selected at random, as in the last three months, we expect "
        f"{listed(parts)} to have no audit in a year."
    ]
    if needed:
        words = {TEAMS: "for every team to be 95% likely to have at least one in a year",
                 WORKERS: "for 95% of key workers to have one",
                 RECORDS: "to audit every open record once a year"}  # fmt: skip
        enough = [f"{needed[who].value:,.0f} {words[who]}" for who in words if who in needed]
        said.append(f"Audits a month that would be enough: {listed(enough)}.")
    return said


def random_sentences(month: Month) -> list[str]:
    """Whether audits selected at random are made up as the caseload, by team, status and age."""
    if "caseload" not in month.supplied:
        return []
    tests = {
        one.group[0]: one for one in figures_of(month.figures("random_audits_test", by="compared", period=month.year))
    }
    clear = [COMPARED[by] for by, one in tests.items() if one.verdict == AS_THE_CASELOAD]
    apart = {by: one for by, one in tests.items() if one.verdict == OTHERWISE}
    said = [_different(month, by, one) for by, one in apart.items()]
    if clear:
        most = max(int(one.denominator) for one in tests.values())
        said.append(
            f"By {listed(clear)} there is no sign that audits selected at random differ from what the caseload would "
            f"give (up to {counted(most, 'audit')} of {last_cycles(month)})."
        )
    if not tests:
        return [
            "Audits selected at random cannot be held against this caseload: it has no record their themes are about."
        ]
    return said or ["There are too few audits selected at random to hold them against the caseload."]


def _different(month: Month, by: str, test: Figure) -> str:
    """Where the audits differ from the caseload: more of some groups, fewer of others."""
    found = {True: list[str](), False: list[str]()}
    for group in test.reasons:
        seen = month.figure("random_audits_made_up", by=by, group=group, period=month.year)
        due = month.figure("random_audits_expected", by=by, group=group, period=month.year)
        if seen is not None and due is not None and seen.is_given and due.is_given:
            found[seen.numerator > due.value].append(f"{group} ({seen.numerator:,} audits, {due.value:.0f} expected)")
    parts = [
        f"{word} {listed(groups)}" for word, groups in (("more of", found[True]), ("fewer of", found[False])) if groups
    ]
    return (
        f"By {COMPARED[by]}, audits selected at random differ from what the caseload would give: "
        f"{' and '.join(parts)}. This does not show why."
    )


def record_sentences(month: Month) -> list[str]:
    """Whether the audits done are those selected, by the record of the selection."""
    found = month.figures("selection_followed", by="outcome")
    if found.empty:
        return [NO_RECORD]
    tally = {one.group[0]: one for one in figures_of(found)}
    left, spare = tally[SELECTED_NOT_DONE], tally[IN_ORDER]
    return [
        f"Selected and audited: {number(tally[SELECTED_DONE])}. Selected and not audited by the date of the data: "
        f"{number(left)}.",
        f"Replacements audited in the order of their tickets: {number(spare)}; out of order: "
        f"{number(tally[OUT_OF_ORDER])}.",
        f"Audits said to be selected at random that the record did not select: {number(tally[NOT_SELECTED])}.",
    ]


def list_sentences(month: Month) -> list[str]:
    """When the list went out, how much notice it left, and key workers audited two cycles running."""
    sent, short = month.figure("list_in_last_week"), month.figure("notice_under_7_days")
    again, days = month.figure("consecutive_month_workers"), month.rules.notice_days
    return [
        f"The audit list went out in the last {month.rules.list_last_days} days of the month before for "
        f"{share_of(sent, 'audit')}." if sent else "Day on which the audit list went out: not recorded.",
        f"Notice of under {days} days: {share_of(short, 'audit')}." if short else "Notice: no dates recorded.",
        f"Key workers audited in this cycle and the one before: {number(again)}.",
    ]  # fmt: skip


def conversation_sentences(month: Month) -> list[str]:
    """Conversations with key workers, reviewing officers and families, against what the framework expects."""
    held, hour = month.figure("key_worker_conversation_held"), month.figure("key_worker_conversation_an_hour")
    mode, minutes = month.rules.conversation_mode, month.rules.conversation_minutes
    said = [f"Conversation with the key worker: {share_of(held, 'audit')}." if held else
            "Conversations with key workers: not recorded."]  # fmt: skip
    if modes := figures_of(month.figures("key_worker_conversations", by="key_worker_conversation_mode")):
        said.append(f"How they were held: {listed([f'{one.group[0]} {number(one)}' for one in modes])}. "
                    f"The framework asks for {mode}.")  # fmt: skip
    if hour:
        lasted = f"At least {minutes} minutes: {share_of(hour, 'conversation')} with recorded minutes."
        said.append(f"{lasted} The framework asks to set an hour aside; a shorter conversation is not a failing.")
    return [*said, *_officer(month), *_family(month), *_order(month)]


def _officer(month: Month) -> list[str]:
    held, why = month.figure("reviewing_officer_conversation"), month.figure("reviewing_officer_reason")
    if held is None:
        return ["Conversations with reviewing officers: not recorded, or expected of no audit of this cycle."]
    reason = f" Of the others, {of_whole(why)} give a reason." if why and why.is_given else ""
    return [f"Conversation with the IRO, FIRO or CP Chair, where the child has one: {share_of(held, 'audit')}.{reason}"]


def _family(month: Month) -> list[str]:
    strict, fitting = (
        month.figure(name) for name in ("family_contact_attempted", "family_contact_attempted_where_appropriate")
    )
    if strict is None:
        return ["Contact with families: not recorded."]
    adjusted = f"; where it was appropriate, {share_of(fitting, 'audit')}" if fitting else ""
    return [f"Contact with the family attempted: {share_of(strict, 'audit')}{adjusted}."]


def _order(month: Month) -> list[str]:
    before = month.figure("graded_before_conversation")
    if before is None:
        return ["Whether the conversation came before the grade: not recorded."]
    return [f"Audited and graded before the conversation with the key worker: {share_of(before, 'audit')}."]


def period_sentences(month: Month) -> list[str]:
    """How many audits looked back further than six months, and how many of those give no reason."""
    months, said = month.rules.lookback_months, []
    for period, when in ((month.month, month_name(month.month)), (month.year, last_cycles(month))):
        longer = month.figure("looked_back_further", period=period)
        silent = month.figure("looked_back_without_reason", period=period)
        if longer is None:
            continue
        reason = f"; without a reason, {of_whole(silent)} of these" if silent and silent.is_given else ""
        said.append(f"Looked back further than {months} months, {when}: {share_of(longer, 'audit')}{reason}.")
    return said or ["The period that audits looked at: not recorded."]


def line_sentences(month: Month) -> list[str]:
    """How many audits were done outside the auditor's own line, and how near the others were."""
    if not month.scope.is_whole:  # the posts of auditors from elsewhere are not among its rows
        return ["Whether auditors audit outside their own line is shown for all services together alone."]
    if "staff" not in month.supplied:
        return ["Staff list, which shows whether auditors audit outside their own line: not supplied this month."]
    outside = month.figure("audits_outside_own_line", period=month.year)
    if outside is None or not outside.denominator:
        return []
    near = figures_of(month.figures("audits_in_own_line", by="how", period=month.year))
    how = f" Within it, as {listed([f'{one.group[0]} {number(one)}' for one in near])}." if near else ""
    part = f"{part_of(outside, 'audit')} {were(outside)}"
    return [f"Over {all_cycles(month)} {part} done outside the auditor's own line.{how}"]


def auditor_sentences(month: Month) -> list[str]:
    """Managers of all levels who audited, new managers, and hours."""
    managers, new = (
        month.figure(name, period=month.year) for name in ("managers_who_audited", "new_managers_audited_alongside")
    )
    said = []
    if managers and managers.denominator:
        people = part_of(managers, "manager", "managers, reviewing officers and chairs in post")
        said.append(f"In {last_cycles(month)} {people} did an audit or audited alongside.")
    if new and new.denominator and month.scope.is_whole:
        new_ones = f"New managers who have audited alongside the Practice Improvement Team: {share_of(new)}."
        said.append(f"{new_ones} The framework does not say how soon they should.")
    beside = month.figure("alongside_not_new", period=month.year)
    if beside and month.scope.is_whole:
        said.append(
            f"Audits alongside the Practice Improvement Team by managers who are not new: {number(beside)}. Whether a "
            "Personal Development Review asked for them is not recorded."
        )
    induction = month.figure("induction_audits", period=month.year)
    said.append(f"Induction audits in {last_cycles(month)}: {number(induction)}.")
    return [*said, *hour_sentences(month)]


def hour_sentences(month: Month) -> list[str]:
    """The hours of auditing and moderation; that nobody said how many one takes, where nobody did."""
    parts = {"auditing": "hours_of_audits", "moderation": "hours_of_decisions"}
    told = [f"{words} {number(one)}" for words, name in parts.items() if (one := month.figure(name, period=month.year))]
    if not told:
        return ["Hours of auditing and moderation are not given: the council has not said how many an audit takes."]
    return [f"Estimated hours in {last_cycles(month)}, by the council's own allowance: {listed(told)}."]


def after_sentences(month: Month) -> list[str]:
    """How many steps are missing after the year's audits and whose they are, and what nobody records."""
    missing = figures_of(month.figures("after_audit_missing", by="whose", period=month.year))
    told = {one.group[0] for one in figures_of(month.figures("after_audit_done", by="step", period=month.year))}
    said = []
    if told:
        whose = f", {listed([f'{number(one)} for the {one.group[0]}' for one in missing])}" if missing else ""
        total = month.figure("after_audit_missing", period=month.year)
        noun = agreeing(_value(total), "step", "steps")
        said.append(f"Missing after the audits of {last_cycles(month)}: {number(total)} {noun}{whose}.")
    if absent := [step for step in STEPS if step not in told]:
        said.append(f"Not recorded: {listed(absent)}.")
    return said


def reason_sentences(month: Month) -> list[str]:
    """Why the year's audit themes were chosen, and how much was called at short notice."""
    found = figures_of(month.figures("plan_reasons", by="factor", period=month.year))
    short = month.figure("planned_at_short_notice", period=month.year)
    said = []
    if found:
        told = listed([f"{one.group[0]} {number(one)}" for one in found])
        said.append(f"Why themes were chosen, {last_cycles(month)}: {told}.")
    if short and short.denominator:
        said.append(f"Called at short notice: {share_of(short, 'planned audit')}.")
    return said


def number(figure: Figure | None) -> str:
    """A count as a sentence writes it: "none" where there is no figure, and that it is too small where kept back."""
    if figure is None:
        return "none"
    return f"{figure.value:,.0f}" if figure.is_given else HIDDEN


def about(expected: float) -> str:
    """An expected number in words: "none", "fewer than 1", "about 12"."""
    if expected < 0.05:
        return "none"
    return "fewer than 1" if expected < 1 else f"about {expected:,.0f}"


def _audits_a_month(month: Month) -> int:
    found = month.over_time("random_audits_a_month")
    return int(found["value"].iloc[0]) if len(found) and found["value"].notna().any() else 0


def _without(month: Month, who: str, size: int) -> Figure | None:
    found = month.figure("expected_without_audit", by=("who", "audits a month"), group=(who, str(size)))
    return found if found is not None and found.is_given else None


def _value(figure: Figure | None) -> float:
    return figure.value if figure is not None and figure.is_given else 0


def _was(figure: Figure | None) -> str:
    return agreeing(_value(figure), "was", "were")
