"""Twenty questions about the demo's two years, by what the drop-downs show, and what each answer says.

Ten are those that a Principal Social Worker asked before reading anything, ten more were put by us. The drop-downs
answer after each choice and hold answers together, so what leaves fewest cases, as an age does, is chosen last.
"""

Shown = tuple[str, dict[str, str], str]  # the question, what is chosen by the drop-down's word, and part of the answer

ASKED: list[Shown] = [
    (
        "Is practice better than it was before?",
        {"service": "Cared For", "area": "Supervision and management oversight", "then": "May 2023 to July 2023"},
        "good or better in supervision and management oversight; from May 2023 to July 2023 it was 11 of 25",
    ),
    (
        "Who was audited, and who was not?",
        {"since": "February 2024", "by": "Team", "age": "0-4"},
        "51 audits from February 2024 to July 2024, in 12 teams. Every team with open records had an audit.",
    ),
    (
        "How long do actions take?",
        {"service": "Safeguarding", "safeguarding": "About safeguarding"},
        "Half of 69 actions are completed within 14 days",
    ),
    (
        "What did families say, and what did the audit find?",
        {"area": "Recording and communication"},
        "clear information, no jargon or acronyms, 6 contacts (0 positive, 6 mixed, 0 negative)",
    ),
    (
        "How do auditors answer the prompts of the audit tool?",
        {"by": "Auditor’s role"},
        "practice improvement team: 6.",
    ),
    ("What complaints and compliments came?", {"by": "Month"}, "complaints: 33 from August 2023 to January 2024, 40"),
    (
        "Was the audit discussed in the next supervision?",
        {"by": "Team", "kind": "Audits below good"},
        "73% of audits below good (200 of 273; likely range 68% to 78%)",
    ),
    (
        "Does the panel raise or lower grades?",
        {"by": "Service", "since": "January 2024"},
        "Of 107 moderated grades from January 2024 to July 2024, the panel lowered 31",
    ),
    (
        "Who came to the learning, and what followed?",
        {"subject": "Neglect"},
        "Where teams came, 9 of 21 (43%, 24% to 63%) before and 24 of 40 (60%, 45% to 74%) after",
    ),
    ("Are families part of the audit?", {"status": "CP"}, "A family was contacted in 94% of audits"),
]
OWN: list[Shown] = [
    ("How was practice graded?", {"by": "Month", "service": "Safeguarding"}, "The table gives each month."),
    ("How was practice graded?", {"age": "0-4", "status": "CP"}, "Auditors graded"),
    ("What strengths and areas for development do auditors find?", {"by": "Service"}, "Care Leavers: no clear contin"),
    (
        "What strengths and areas for development do auditors find?",
        {"by": "Month", "prompt": "1.4 An identified contingency"},
        "No clear contingency plan: found in at least three audits of 12 months",
    ),
    (
        "How do auditors answer the prompts of the audit tool?",
        {"role": "Team manager"},
        "Least often answered yes from August 2023 to July 2024: 6.",
    ),
    ("How many actions are open, completed and overdue?", {"level": "Team"}, "completed"),
    ("Which actions are overdue?", {"prompt": "1.4 An identified contingency"}, "open actions"),
    (
        "What do observations of practice show?",
        {"kind": "Direct work"},
        "people were held from August 2023 to July 2024: direct work",
    ),
    (
        "What practice alerts were raised, and were they answered?",
        {"by": "Team"},
        "61 formal alerts and 46 informal alerts were raised from August 2023 to July 2024.",
    ),
    ("Is practice better than it was before?", {"by": "Team"}, "The teams are in the table."),
]
