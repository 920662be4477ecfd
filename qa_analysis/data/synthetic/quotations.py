"""Which findings somebody approved for quoting, and in which words."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from random import Random

from qa_analysis.data.synthetic.era import stream, working
from qa_analysis.data.synthetic.findings import Finding

APPROVED_SHARE = {True: 0.07, False: 0.04}  # of strengths, and of areas for development
APPROVERS = ("principal social worker", "principal social worker", "quality assurance manager")
CONSENT_SHARE, ANONYMOUS_SHARE = 0.8, 0.9
EDITED_SHARE = 0.3  # quoted by their first sentence alone
DAYS_TO_APPROVE = (3, 20)  # after the audit


def quotation_rows(seed: int, findings: Sequence[Finding]) -> Iterator[dict[str, object]]:
    """One row per finding approved for quoting; none of those about safeguarding is."""
    random, sharing = stream(seed, "quotations"), stream(seed, "sharing")
    for finding in findings:
        is_chosen = random.random() < APPROVED_SHARE[finding.is_strength]
        if is_chosen and not finding.is_safeguarding:
            yield {**_approved(random, finding), **_shareable(sharing)}


def _shareable(random: Random) -> dict[str, object]:
    """Whether whoever it is about agreed, and whether somebody checked that nobody can be recognised."""
    return {"has_consent": random.random() < CONSENT_SHARE, "is_anonymous": random.random() < ANONYMOUS_SHARE}


def _approved(random: Random, finding: Finding) -> dict[str, object]:
    """One approval."""
    first = finding.text.partition(". ")[0].rstrip(".") + "."
    return {
        "finding_id": finding.finding_id, "approved_by_role": random.choice(APPROVERS),
        "approved_on": working(finding.judged.case.audited_on + timedelta(days=random.randint(*DAYS_TO_APPROVE))),
        "wording": first if random.random() < EDITED_SHARE else None,
    }  # fmt: skip
