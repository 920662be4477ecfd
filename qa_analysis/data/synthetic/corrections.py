"""Which findings without a code the Principal Social Worker went through, and what she made of them."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from qa_analysis.data.synthetic.era import stream, working
from qa_analysis.data.synthetic.findings import Finding

GONE_THROUGH = 0.4  # of the findings without a code
LEFT_STANDING = 0.85  # of those, where the suggestion had been right
DAYS_TO_CORRECT = (20, 40)  # after the audit: once the month's list is out


def correction_rows(seed: int, findings: Sequence[Finding]) -> Iterator[dict[str, object]]:
    """One row per finding that an auditor left without a code and that was given one since."""
    random = stream(seed, "code corrections")
    for finding in findings:
        if finding.is_coded or random.random() >= GONE_THROUGH:
            continue
        neighbour = f"{finding.prompt[0]}.{1 if finding.prompt[2:] != '1' else 2}"
        yield {
            "finding_id": finding.finding_id,
            "suggested_code": finding.prompt if random.random() < LEFT_STANDING else neighbour,
            "theme_code": finding.prompt, "corrected_by_role": "principal social worker",
            "corrected_on": working(finding.judged.case.audited_on + timedelta(days=random.randint(*DAYS_TO_CORRECT))),
        }  # fmt: skip
