"""Texts ready to paste into a message, one for each person who is told: plain, and without the name of a child."""

from collections.abc import Iterator

from pandas import DataFrame, Series

from qa_analysis.dates import month_name
from qa_analysis.english import at_first, counted
from qa_analysis.notices.recipients import AUDITOR, BESIDE, KEY_WORKER, MANAGER, SERVICE
from qa_analysis.notices.told import Told
from qa_analysis.notices.words import subject, weekday

PAUSE = ""


def message(who: str, mine: DataFrame, told: Told) -> str:
    """What to send to one person: the records, the days, and what happens next in each part they have."""
    council, window, rules = told.rules.council, told.window, told.rules
    records, parts = mine["record"].nunique(), set(mine["part"])
    lines = [
        f"{at_first(council.name)} · {council.marked('restricted')}", PAUSE,
        f"Subject: {subject(window, records)}", PAUSE,
        f"Dear {told.name(who)},", PAUSE,
        f"You are involved with {counted(records, 'record')} selected for audit in {month_name(window.month)}:", PAUSE,
        *_records(mine, told), PAUSE,
        f"Audits run from {weekday(window.starts_on)} to {weekday(window.ends_on)}. This message is your notice of "
        f"{counted(rules.notice_days, 'day')} or more.", PAUSE,
        "What happens next", PAUSE,
        *(f"- {line}" for line in _next_steps(parts, mine, told)), PAUSE,
        f"Please tell the {council.post('Quality Assurance Manager')} if you are no longer involved with a record, "
        "or cannot take part on these days.",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def conversations(audit: Series, told: Told) -> Iterator[str]:
    """With whom the auditor of a record talks, and when. One line each."""
    rules, window = told.rules, told.window
    yield f"Record {audit['child_id']}: {told.theme(audit['theme_code'])}."
    yield (
        f"Key worker: {told.name(audit['key_worker_id'])}, {audit['team']}. Set aside at least "
        f"{counted(rules.conversation_minutes, 'minute')}, {rules.conversation_mode}."
    )
    if isinstance(audit["reviewing_officer_id"], str):
        role = audit["reviewing_officer_role"]
        yield f"{role if isinstance(role, str) else 'Reviewing officer'}: {told.name(audit['reviewing_officer_id'])}."
    if isinstance(audit["co_auditor_id"], str):
        yield f"Audited by {told.name(audit['auditor_id'])} beside {told.name(audit['co_auditor_id'])}."
    yield f"Move this entry to the day you agree, from {weekday(window.starts_on)} to {weekday(window.ends_on)}."


def _records(mine: DataFrame, told: Told) -> Iterator[str]:
    """The records as their recipient knows them, each in a line."""
    parts = mine.groupby("record")["part"].agg(", ".join)
    for (_, audit), part in zip(told.audits.loc[parts.index].iterrows(), parts, strict=True):
        auditor = told.name(audit["auditor_id"]) if isinstance(audit["auditor_id"], str) else "not settled yet"
        beside = f", beside {told.name(audit['co_auditor_id'])}" if isinstance(audit["co_auditor_id"], str) else ""
        known = f"key worker {told.name(audit['key_worker_id'])}, auditor {auditor}{beside}"
        yield f"- {audit['child_id']}: {told.theme(audit['theme_code'])}, {audit['team']}; {known}. You: {part}."


def _next_steps(parts: set[str], mine: DataFrame, told: Told) -> Iterator[str]:
    """What each part does. One sentence or two each."""
    rules, council = told.rules, told.rules.council
    minutes, manager = counted(rules.conversation_minutes, "minute"), council.post("Team Manager")
    if KEY_WORKER in parts:
        yield (
            f"As key worker: the auditor will book a {rules.conversation_mode} conversation of at least {minutes} with "
            "you, to fit in with your work. Expect to talk the audit over in your next supervision."
        )
    if MANAGER in parts:
        yield (
            f"As {manager}: please make sure that the key worker has time for the conversation. After the audit its "
            "actions come to your tray; you see that they are completed."
        )
    if SERVICE in parts:
        yield f"As {council.post('Service Manager')}: for your information; please cover where a {manager} is away."
    if parts - {KEY_WORKER, MANAGER, SERVICE, AUDITOR, BESIDE}:
        yield (
            "As reviewing officer: the auditor may ask you about your oversight of the plan. You will be copied into "
            "the file note."
        )
    if AUDITOR in parts:
        yield (
            f"As auditor: book the conversation with each key worker now (the calendar file holds a day for each; move "
            f"it). Look at the last {counted(rules.lookback_months, 'month')} of practice."
        )
        yield (
            f"After each audit: put its actions in the file note and on the child's record, alert the {manager}'s "
            "tray, and copy the file note to the reviewing officer."
        )
    if BESIDE in parts:
        yield "Beside a new manager: agree with them when you audit together."
