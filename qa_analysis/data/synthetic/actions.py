"""What was agreed to be done, by whom, and what became of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from qa_analysis.data.synthetic.era import Era, some_days_after, stream, working, working_days_of
from qa_analysis.data.synthetic.findings import AREA_OF, OFFICER_WORDS, Finding
from qa_analysis.data.synthetic.grading import Judged
from qa_analysis.data.synthetic.people.posts import POST
from qa_analysis.data.synthetic.people.services import SERVICES
from qa_analysis.data.synthetic.people.staff import Holding, Roster
from qa_analysis.data.synthetic.selection import Case
from qa_analysis.data.synthetic.wording.actions import ACTIONS, WIDER_ACTIONS
from qa_analysis.data.synthetic.wording.grammar import fill

ACTION_SHARE, SAFEGUARDING_ACTION_SHARE = 0.72, 0.96  # findings to be developed that lead to an action
MOST_ACTIONS = 4
SOURCES = {"audit": 91, "moderation": 9}
LEVELS = {"child": 82, "worker": 14, "team": 4}
DUE_DAYS = (20, 20, 25, 28, 28, 30, 30, 35, 40, 40, 40, 56)
NO_DUE_DATE_SHARE = 0.02
USUAL_DAYS, DAYS_SPREAD = 29, 0.55  # median days to completion, and its spread on the log scale
NEVER_SHARE = 0.05  # actions nobody completes
SAFEGUARDING_PACE = 0.55  # safeguarding actions take about half as long
SIGNED_SHARE, SELF_SIGNED_SHARE = 0.84, 0.03
TOLD_SHARE = 0.6
MANAGER_OWNED_SHARE = 0.12  # of actions that are not about oversight
WIDER_A_MONTH = (1, 2, 3)
CONCERN_ACTIONS = (
    "See {child} alone today and record what they say.",
    "Hold a strategy discussion with the police and health.",
    "Remake the safety plan with {parent} and the network.",
    "Service manager to review threshold and record the decision.",
    "Visit unannounced twice in the next week.",
)


@dataclass(frozen=True)
class _Agreed:
    """An action before its fate is known."""

    source: str
    level: str
    prompt: str
    description: str
    is_safeguarding: bool
    owner_id: str
    owner_role: str
    team: str | None
    service_area: str
    agreed_on: date
    case: Case | None = None
    is_coded: bool = True


def action_rows(
    seed: int,
    audits: Sequence[Judged],
    findings: Sequence[Finding],
    moderations: Sequence[Mapping[str, object]],
    roster: Roster,
    era: Era,
) -> Iterator[dict[str, object]]:
    """One row per action."""
    random = stream(seed, "actions")
    moderated = {row["audit_id"]: day for row in moderations if isinstance(day := row["moderated_on"], date)}
    agreed = [
        *_from_findings(random, findings, moderated, roster),
        *_from_concerns(random, audits, roster),
        *_wider(random, roster, era),
    ]
    known = sorted((action for action in agreed if action.agreed_on <= era.extracted_on), key=lambda one: one.agreed_on)
    for number, action in enumerate(known, start=1):
        yield {"action_id": f"ACT{number:05d}", **_described(action, roster), **_fate(random, action, roster, era)}


def _from_findings(
    random: Random, findings: Sequence[Finding], moderated: Mapping[object, date], roster: Roster
) -> Iterator[_Agreed]:
    """Up to four actions an audit, nearly all safeguarding findings among them."""
    counts: dict[str, int] = {}
    for finding in sorted(findings, key=lambda one: (one.judged.case.audit_id, not one.is_safeguarding)):
        case = finding.judged.case
        share = SAFEGUARDING_ACTION_SHARE if finding.is_safeguarding else ACTION_SHARE
        if finding.is_strength or counts.get(case.audit_id, 0) >= MOST_ACTIONS or random.random() > share:
            continue
        counts[case.audit_id] = counts.get(case.audit_id, 0) + 1
        yield _of_case(random, finding, moderated.get(case.audit_id), roster)


def _of_case(random: Random, finding: Finding, moderated_on: date | None, roster: Roster) -> _Agreed:
    """The action that follows one finding."""
    case = finding.judged.case
    source = random.choices(list(SOURCES), list(SOURCES.values()))[0]
    if source == "moderation" and not moderated_on:
        source = "audit"
    since = moderated_on if source == "moderation" and moderated_on else case.audited_on
    officer = case.spell.officer
    officer_words = OFFICER_WORDS[officer.role] if officer else None
    words = fill(random, random.choice(ACTIONS[finding.prompt]), age_band=case.age_band, officer=officer_words)
    level = random.choices(list(LEVELS), list(LEVELS.values()))[0]
    owner_id, owner_role = _owner(random, case, finding.prompt, roster)
    return _Agreed(
        source, level, finding.prompt, words, finding.is_safeguarding, owner_id, owner_role, case.spell.post.team,
        case.spell.post.service_area, some_days_after(random, since, 0, 5), case, finding.is_coded,
    )  # fmt: skip


def _owner(random: Random, case: Case, prompt: str, roster: Roster) -> tuple[str, str]:
    """The key worker, or for matters of oversight and now and then a manager."""
    above = {"6.5": case.service_manager_post, "6.4": case.spell.officer.key if case.spell.officer else None}
    is_for_manager = prompt[0] == "6" or random.random() < MANAGER_OWNED_SHARE
    post = above.get(prompt) or (case.team_manager_post if is_for_manager else None)
    holding = (roster.present(post, case.audited_on) if post else None) or case.worker
    return holding.worker.worker_id, holding.post.role


def _from_concerns(random: Random, audits: Sequence[Judged], roster: Roster) -> Iterator[_Agreed]:
    """Two or three urgent actions for every immediate concern."""
    for judged in audits:
        case = judged.case
        if not judged.is_concern:
            continue
        for words in random.sample(CONCERN_ACTIONS, random.randint(2, 3)):
            owner_id, owner_role = _owner(random, case, "1.1", roster)
            yield _Agreed(
                "immediate concern", "child", "1.1", fill(random, words, age_band=case.age_band), True, owner_id,
                owner_role, case.spell.post.team, case.spell.post.service_area,
                some_days_after(random, case.audited_on, 0, 1), case,
            )  # fmt: skip


def _wider(random: Random, roster: Roster, era: Era) -> Iterator[_Agreed]:
    """Actions for teams, services and partners that follow from themes and SMT, and for workers from observations."""
    for month in era.months:
        for level, prompt, words in random.sample(WIDER_ACTIONS, random.choice(WIDER_A_MONTH)):
            day, service = random.choice(working_days_of(month)[10:]), random.choice(SERVICES)
            team = random.choice(service.teams[:2]) if level in ("team", "worker") else None
            post = f"{team}/manager" if team else f"{service.name}/manager"
            source = "observation" if level == "worker" else random.choice(("theme", "smt"))
            if owner := roster.present(post, day):
                yield _Agreed(
                    source, level, prompt, words, is_safeguarding=False, owner_id=owner.worker.worker_id,
                    owner_role=owner.post.role, team=team, service_area=service.name, agreed_on=day,
                )  # fmt: skip


def _described(action: _Agreed, roster: Roster) -> dict[str, object]:
    """What is to be done, whose it is and for whom."""
    case, child = action.case, action.case and action.case.spell.child
    manager = f"{action.team}/manager" if action.team else None
    return {
        "source": action.source, "audit_id": case and case.audit_id,
        "child_id": child.child_id if child and not child.is_carer else None, "level": action.level,
        "theme_code": action.prompt if action.is_coded else None, "key_area": AREA_OF[action.prompt[0]],
        "description": action.description, "is_safeguarding": action.is_safeguarding,
        "owner_id": action.owner_id, "owner_role": action.owner_role,
        "team_manager_id": manager and roster.worker_in(manager, action.agreed_on),
        "team": action.team, "service_area": action.service_area, "agreed_on": action.agreed_on,
    }  # fmt: skip


def _fate(random: Random, action: _Agreed, roster: Roster, era: Era) -> dict[str, object]:
    """When it is due, when it was done and who signed it off."""
    is_concern = action.source == "immediate concern"
    due_days = random.randint(2, 10) if is_concern else random.choice(DUE_DAYS)
    due_on = working(action.agreed_on + timedelta(days=due_days))
    completed_on = era.known(_completed_on(random, action, is_concern=is_concern))
    told_on = some_days_after(random, completed_on, 0, 12) if completed_on and random.random() < TOLD_SHARE else None
    return {
        "due_on": None if random.random() < NO_DUE_DATE_SHARE else due_on, "completed_on": completed_on,
        **_signed_off(random, action, completed_on, roster, era), "quality_manager_told_on": told_on,
    }  # fmt: skip


def _completed_on(random: Random, action: _Agreed, *, is_concern: bool) -> date | None:
    """The day it was done: early for urgent ones, late for many, never for some."""
    if random.random() < NEVER_SHARE:
        return None
    pace = 0.2 if is_concern else SAFEGUARDING_PACE if action.is_safeguarding else 1.0
    days = max(1, round(pace * USUAL_DAYS * random.lognormvariate(0, DAYS_SPREAD)))
    return working(action.agreed_on + timedelta(days=days))


def _signed_off(
    random: Random, action: _Agreed, completed_on: date | None, roster: Roster, era: Era
) -> dict[str, object]:
    """Signed off by the Team Manager of that day, by an Assistant Director for immediate concerns, or not at all."""
    if completed_on is None or random.random() > SIGNED_SHARE:
        return {}
    signed_on = era.known(some_days_after(random, completed_on, 0, 14))
    signer = _signer(random, action, signed_on, roster) if signed_on else None
    if signer is None:
        return {}
    signer_id, role = signer.worker.worker_id, signer.post.role
    return {"signed_off_on": signed_on, "signed_off_by_id": signer_id, "signed_off_role": role}


def _signer(random: Random, action: _Agreed, day: date, roster: Roster) -> Holding | None:
    """Who signs; a manager's own action goes to the manager above, nearly always."""
    if action.source == "immediate concern":
        return roster.present(f"assistant director/{random.choice((2, 3))}", day)
    post = POST[f"{action.team or action.service_area}/manager"]
    manager = roster.present(post.key, day)
    is_own = manager is not None and manager.worker.worker_id == action.owner_id
    return roster.manager_of(post, day) if is_own and random.random() > SELF_SIGNED_SHARE else manager
