"""The promises of the framework that figures can tell of: each once, with the words that make it one.

A rule of framework.yaml that puts a number to a promise is named with it. What no extract tells of is listed too, with
the reason, so that nothing is left out in silence.
"""

from typing import Final

from qa_analysis.measures.framework_review import of_audits, of_cycle, of_loop, of_panel, of_people
from qa_analysis.measures.framework_review.promise import Promise

CYCLE, CONVERSATIONS, AFTER = "Monthly audit cycle", "Key conversations", "After each audit"
MODERATION, CONCERNS = "Moderation", "Immediate concerns"
LOOP, LEARNING = "Closing the loop", "Using what we learn"
OBSERVED = "Supervision and observation of practice"
PARTS: Final = (CYCLE, CONVERSATIONS, AFTER, MODERATION, CONCERNS, LOOP, LEARNING, OBSERVED)

PROMISES: Final = (
    Promise(
        "audits-every-cycle", "Audits in every cycle", CYCLE,
        "a monthly cycle of thematic audits", "cycles", of_cycle.cycles_with_audits, rule="cadence_months",
    ),
    Promise(
        "audits-in-their-cycle", "Audits done within their cycle", CYCLE,
        "Regular audit cycles", "audits", of_cycle.audits_in_their_cycle,
    ),
    Promise(
        "planned-audits-done", "Planned audits done", CYCLE,
        "provide a viable number of audits each month", "audits", of_cycle.audits_planned, rule="draw_size",
    ),
    Promise(
        "list-in-last-week", "Audit list sent in the last week of the month before", CYCLE,
        "collate an audit list during the last week of each month", "audits", of_cycle.list_in_last_week,
        rule="list_last_days",
    ),
    Promise(
        "notice-given", "A week's notice or more", CYCLE,
        "at least 1 weeks notice", "audits", of_cycle.notice_given, rule="notice_days",
    ),
    Promise(
        "workers-spared", "Key workers not audited in consecutive cycles", CYCLE,
        "Efforts will be made to avoid allocated key workers being audited in consecutive months.",
        "key workers of a cycle", of_cycle.workers_spared, of_workers=True, rule="draw_worker_rest_cycles",
    ),
    Promise(
        "roles-that-audit", "Audits done by the roles named", CYCLE,
        "responsibility for completing audits will move to all managers from Assistant Director to Team Manager level "
        "including IRO/FIRO/CP Chairs/Panel Advisors", "audits", of_cycle.role_that_audits, of_workers=True,
        rule="auditor_roles",
    ),
    Promise(
        "six-months-looked-at", "Six months looked at, or a reason why more", CYCLE,
        "Unless there are clear reasons to go back further, audits will consider the last 6 months of practice",
        "audits", of_cycle.period_looked_at, rule="lookback_months",
    ),
    Promise(
        "key-worker-conversation", "Conversation with the key worker", CONVERSATIONS,
        "All audits will feature a face-to-face conversation between the auditor and the allocated key worker",
        "audits", of_audits.key_worker_spoken_to, of_workers=True, rule="conversation_mode",
    ),
    Promise(
        "reviewing-officer-conversation", "Conversation with the reviewing officer where there is one", CONVERSATIONS,
        "Where relevant, a conversation should be had between the IRO/FIRO/CP Chair",
        "audits of children with a reviewing officer", of_audits.reviewing_officer_spoken_to, of_workers=True,
    ),
    Promise(
        "family-contact", "Contact with the family where appropriate", CONVERSATIONS,
        "For each audit, contact will be made with the family/carer and if appropriate the child/young person",
        "audits", of_audits.family_contacted,
    ),
    Promise(
        "form-on-file", "Audit form loaded onto the file", AFTER,
        "clearly recorded on the audit form which is loaded onto the child/young person's file", "audits",
        of_audits.form_on_file,
    ),
    Promise(
        "file-note", "Actions in the case file note", AFTER,
        "Actions from audit will be added to the case file note", "audits", of_audits.file_note,
    ),
    Promise(
        "alert-to-tray", "Alert to the Team Manager's tray", AFTER,
        "an alert will be sent to the relevant Team Manager tray", "audits", of_audits.alert_to_tray,
    ),
    Promise(
        "officer-copied", "Reviewing officer copied in", AFTER,
        "The IRO, FIRO, CP Chair will be copied into the file note", "audits with a reviewing officer",
        of_audits.officer_copied,
    ),
    Promise(
        "reflective-discussion", "Audit discussed in the next supervision", AFTER,
        "Practitioners who have had a case audited can expect a reflective discussion in respect of the child/young "
        "person in their next supervision.", "audits with a supervision held since", of_audits.discussed_in_next,
        of_workers=True,
    ),
    Promise(
        "third-moderated", "A third of audits moderated", MODERATION,
        "a third of each month's audits will be moderated", "audits to be moderated", of_panel.third_moderated,
        rule="moderation_share",
    ),
    Promise(
        "disputed-moderated", "Disputed audits moderated", MODERATION,
        "Any case audited where there is disagreement in respect of the outcome will also be presented for moderation.",
        "disputed audits", of_panel.disputed_moderated, rule="moderation_random_route",
    ),
    Promise(
        "grades-upheld", "Grades upheld by the panel", MODERATION,
        "This process will support a shared understanding of what good looks like",
        "moderated audits selected at random", of_panel.grades_upheld, is_sample=True,
    ),
    Promise(
        "concern-told", "A manager told of the concern", CONCERNS,
        "will be highlighted verbally to the relevant Team Manager/Service Manager", "immediate concerns",
        of_panel.concern_told,
    ),
    Promise(
        "concern-in-trays", "Form in both managers' trays with a summary", CONCERNS,
        "sent to the the LCS tray of the relevant Team Manager and Service Manager with a clear summary of concerns",
        "immediate concerns", of_panel.concern_in_trays,
    ),
    Promise(
        "concern-signed-off", "Concern signed off by the Assistant Director", CONCERNS,
        "Actions will be clearly timebound and require the sign off from the relevant Assistant Director.",
        "immediate concerns", of_panel.concern_signed_off, rule="concern_sign_off_role",
    ),
    Promise(
        "concern-discussed", "Concern discussed by the next supervision", CONCERNS,
        "discussed at the next scheduled supervision", "immediate concerns with a supervision held since",
        of_panel.concern_discussed, of_workers=True,
    ),
    Promise(
        "actions-dated", "A date for each action", LOOP,
        "Actions will have clear timescales", "audits with actions", of_audits.actions_dated,
    ),
    Promise(
        "actions-in-time", "Actions completed within 40 days", LOOP,
        "ensure audit actions are completed within a maximum of 40 days", "actions due", of_loop.actions_in_time,
        rule="action_days",
    ),
    Promise(
        "actions-signed-off", "Completed actions signed off by the right manager", LOOP,
        "will require signing off by the allocated Team Manager", "completed actions", of_loop.actions_signed_off,
        rule="action_sign_off_role",
    ),
    Promise(
        "safeguarding-answered", "An action for each safeguarding finding", LOOP,
        "Actions assigned to audits will address all identified safeguarding issues", "safeguarding findings",
        of_loop.safeguarding_answered,
    ),
    Promise(
        "themes-audited-again", "Themes audited again after six months", LOOP,
        "areas audited will be revisited by the Practice improvement Team on a rolling programme",
        "themes whose six months have ended", of_loop.themes_audited_again,
    ),
    Promise(
        "changes-shown", "A like-for-like comparison of a theme audited again", LOOP,
        "A period of 6 months will allow time for any learning and changes in practice to embed and be evidenced.",
        "themes audited again", of_loop.changes_shown, rule="revisit_months",
    ),
    Promise(
        "learning-session", "A reflective learning session in every cycle", LEARNING,
        "A reflective audit learning session will be planned each month", "cycles", of_loop.sessions_held,
    ),
    Promise(
        "briefing", "A briefing in every cycle", LEARNING,
        "Following each month's audit, a briefing will be delivered to all those involved", "cycles",
        of_loop.briefings_held,
    ),
    Promise(
        "decisions-owned", "Decisions with an owner and a date", LEARNING,
        "this meeting will provide the forum for agreeing actions and assigning ownership and timescales to them",
        "decisions", of_loop.decisions_owned,
    ),
    Promise(
        "supervision-in-time", "Supervision held by the day it was due", OBSERVED,
        "Evidence of appropriate supervision at the correct frequency", "supervisions due",
        of_people.supervised_in_time, of_workers=True, rule="supervision_every_days",
    ),
    Promise(
        "practitioners-observed", "Practitioners observed as required", OBSERVED,
        "will have their practice observed at least twice a year", "practitioners",
        of_people.practitioners_observed, of_workers=True, rule="observations_a_year",
    ),
    Promise(
        "managers-observed", "First-line managers observed as required", OBSERVED,
        "All first line Team Managers will have their practice observed twice per year.", "first-line managers",
        of_people.managers_observed, of_workers=True, rule="first_line_roles",
    ),
    Promise(
        "observations-returned", "Observations returned by the end of January and July", OBSERVED,
        "Observations of practice will be provided to the Practice Improvement Team twice per year in January and "
        "July.",
        "observations", of_people.observations_returned, of_workers=True, rule="observation_return_months",
    ),
)  # fmt: skip

NOT_COUNTED: Final = {
    "A monthly Quality Assurance and Impact report will be produced": "no extract tells of it; the log of "
    "publications does, which stands beside the promises",
    "time will vary, but it will be important to set aside at least an hour": "the length held is not the time set "
    "aside; it is in the SMT report",
    "Feedback will be gathered through the annual survey": "a survey is told of by itself, wave by wave",
    "Practice Week is undertaken annually during the month of October": "a week of events is told of by itself",
    "compiled into an annual report": "the report exists: complaints and compliments",
    "the establishment of a culture which supports learning": "no extract tells of it",
    "'open door' management policy": "no extract tells of it",
}


def by_code() -> dict[str, Promise]:
    """The promises by their code, in the order of the framework."""
    return {one.code: one for one in PROMISES}
