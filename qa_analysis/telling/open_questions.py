"""The open questions put to those audited: one for each prompt, asked only of what the audits found."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from qa_analysis.english import in_a_sentence

# Of an area for development: what practice is like from where you stand, never why it was not done.
OPEN_QUESTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "1.1": "How do you get from what a child needs to what the plan says, and what stops the plan from keeping up?",
        "1.2": "When did a family know exactly who would do what by when, and what had made that possible?",
        "1.3": "How do children, parents and other professionals come to write the plan with you, and what would help?",
        "1.4": "How do you talk with a family about what happens if things do not work out?",
        "2.1": "What would make it easier to have the record as good as the work behind it?",
        "2.2": "When has a chronology or genogram changed how you saw a child's life, and how was it kept up?",
        "2.3": "Which of our words would a child not want to read about themselves, and what do you write instead?",
        "2.4": "If we met this child only in the record, what would we miss of how they live now?",
        "2.5": "If a colleague took over tomorrow, where would they find why a decision was made?",
        "2.6": "What would you want this child to find when they read their file as an adult?",
        "2.7": "How do you write so that a family understands it the first time?",
        "3.1": "What stands between knowing a child well and having the assessment written down?",
        "3.2": "What has to come together for an assessment to be ready in time, and who can help with it?",
        "3.3": "How do you notice that a child's life has changed so much that the assessment no longer holds?",
        "3.4": "What have families told you about being part of their assessment?",
        "3.5": "How do you see brothers and sisters, or children alike on paper, each as themselves?",
        "3.6": "What helps you get from what happened to what it means for this child?",
        "3.7": "How do you bring a family's history into what you think today, and where do you find it?",
        "3.8": "What happens when you and a family see things differently in the assessment you share?",
        "3.9": "With whom do you test another explanation before you settle on one?",
        "3.10": "What would you want your manager to add to an assessment, and when is it of most use?",
        "3.11": "Which research or tool has really helped you with a child, and how did you come to it?",
        "4.1": "What direct work has told you something that talking could not, and what do you need to do more of it?",
        "4.2": "How do we know what life is like for this child in their own words, and where does that show?",
        "4.3": "What lets a child keep the same person, and what does it take when that cannot be?",
        "4.4": "How would a child say they were prepared for a new worker?",
        "4.5": "How do you know that a family understands why we are involved, and what has helped them change?",
        "5.1": "Who else knows this child well, and how do you get them round the table with a task of their own?",
        "5.2": "How does what changes in a child's life reach everybody who should know, between the meetings?",
        "5.3": "When did you challenge another agency well, and what made it possible?",
        "6.1": "What gets in the way of supervision, and what would protect it?",
        "6.2": "When did supervision change a decision for a child, and how would we see that in the record?",
        "6.3": "What makes time in supervision reflective, rather than a list of tasks?",
        "6.4": "How do you use your reviewing officer between the meetings?",
        "6.5": "How do you notice that things are drifting for a child, and whom can you tell?",
        "6.6": "How does a decision made this month find its way into next month's work?",
        "impact": "What is different for this child because of us, and how would we know?",
    }
)


def of_development(code: str, title: str) -> str:
    """What is asked of an area for development; for a theme of the council's own, in its own words."""
    return OPEN_QUESTIONS.get(
        code, f"What is practice like where auditors found “{in_a_sentence(title)}”, and what would help?"
    )


def of_strength(title: str) -> str:
    """What is asked of good practice, so that others can do it too."""
    return f"{title}: what did you do, who or what made it possible, and what could others try tomorrow?"
