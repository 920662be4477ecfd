"""The words that fill the gaps in sentences, and the sentences that may follow a finding."""

from collections.abc import Mapping

SLOTS: Mapping[str, tuple[str, ...]] = {
    "parent": ("mother", "father", "the grandmother", "the stepfather", "the aunt"),
    "relative": ("the grandmother", "an aunt", "the older sister", "a family friend", "an uncle", "a neighbour"),
    "agency": (
        "the school", "the health visitor", "CAMHS", "the school nurse", "the GP", "the nursery", "the youth worker",
        "the drug and alcohol service", "the housing officer", "the college", "the speech therapist",
    ),
    "agency2": ("the police", "adult mental health", "the domestic abuse service", "the hospital", "the family hub"),
    "event": (
        "the house move", "the new baby", "the change of school", "the placement move", "the separation",
        "the bereavement", "the hospital stay", "the police call-out", "the return home", "the disclosure at school",
    ),
    "worry": (
        "neglect", "domestic abuse", "parental drinking", "criminal exploitation", "poor school attendance",
        "parental low mood", "online harm", "self-harm", "parental drug use", "a lack of stable housing",
    ),
    "few": ("two", "three", "four", "five", "six"),
    "month": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
    ),
    "tool": (
        "the Three Houses", "a feelings worksheet", "wishes and worries cards", "a day-in-my-life diary",
        "an ecomap", "a memory box", "family drawings", "a scaling exercise",
    ),
    "assessment_tool": ("the Graded Care Profile", "a risk matrix", "the parenting capacity checklist",
                        "the exploitation screening tool", "the home conditions scale"),
}  # fmt: skip

CHILD_WORDS: Mapping[str, tuple[str, ...]] = {
    "0-4": ("the child", "the baby", "the little one", "this child"),
    "5-9": ("the child", "this child"),
    "10-15": ("the child", "the young person", "this child"),
    "16+": ("the young person", "the teenager", "this young person"),
    "carer": ("the child in placement", "the fostered child", "the young person in placement"),
}

LEADS = (
    "In the period reviewed, ", "On the whole, ", "For much of the six months, ", "From the file, ",
    "As the key worker also said, ", "Reading across the record, ", "It was noticeable that ",
)  # fmt: skip

GOOD_IMPACT = (  # the difference it made
    "As a result {child} feels safer and says so.",
    "The difference for {child} can be seen at school, where things are calmer.",
    "{Child} is now sleeping better and {parent} has more confidence.",
    "This has helped {child} to stay with the family.",
    "It made a difference: worries about {worry} have reduced since {month}.",
    "{Child} told the auditor that they feel listened to.",
    "Because of this, {parent} accepted help earlier than before.",
    "Life at home has improved for {child} and the gains have lasted.",
)
GOOD_EVIDENCE = (
    "This was seen in {few} entries since {month}.",
    "The key worker could explain it well in the learning conversation.",
    "{Agency} confirmed this.",
    "It would be a good example to share with other teams.",
    "{Parent} said much the same.",
    "The team manager had encouraged this.",
)
POOR_IMPACT = (  # the difference its absence made
    "This meant that {child} waited {few} weeks for help.",
    "As a result {child} remained with {worry} for longer than needed.",
    "The effect on {child} is that they do not know what will happen next.",
    "{Child} told the auditor that nobody had asked.",
    "It left {parent} unsure what was expected and trust was lost.",
    "The opportunity to prevent {event} may have been missed.",
    "Progress for {child} has stalled because of this.",
    "It is hard to see what difference the work has made for {child}.",
)
POOR_EVIDENCE = (
    "This is outside the practice standard.",
    "The key worker agreed in the learning conversation.",
    "It was also raised in an earlier audit.",
    "The form was not completed and no reason is recorded.",
    "The team manager had not picked this up.",
    "Nothing has been recorded about it since {month}.",
)
SAFEGUARDING = (
    "{Child} needs to be seen this week.",
    "The risk of harm to {child} was raised with the team manager on the day.",
    "A strategy discussion should be considered.",
    "The safety plan does not protect {child} and must be remade now.",
)

IMPACT_STATEMENTS: Mapping[str, tuple[str, ...]] = {
    "outstanding": (
        "Life is markedly better for {child}: {worry} has reduced and {parent} credits the worker's persistence.",
        "Help came early, was skilful and has changed the course of things for {child}.",
        "{Child} is safe, settled and thriving, and the file shows exactly how the work brought this about.",
    ),
    "good": (
        "The work has made {child} safer, and {parent} is managing better than in {month}.",
        "{Child} is doing well at school and feels heard; the plan is moving at the right pace.",
        "Intervention has helped the family with {worry}, though some goals are still to be reached.",
        "There is clear progress for {child} since {event} and the family can say what helped.",
    ),
    "requires improvement": (
        "Some difference has been made for {child}, but progress has been slower than it should have been.",
        "Services are in place, yet it is hard to say what has changed for {child} about {worry}.",
        "{Child} is safe enough today; drift since {month} has delayed the help they need.",
        "The worker knows {child} well but the plan has not turned this into change at home.",
        "Support reached {parent}; its effect on {child} is not yet visible.",
    ),
    "inadequate": (
        "Little has changed for {child}, who has lived with {worry} throughout the period.",
        "Delay and a lack of oversight have left {child} without protection that was needed after {event}.",
        "The absence of a plan means that life for {child} is no better than in {month}.",
    ),
}

LONGER_LOOKBACK = (
    "Repeat plans made it necessary to read back to the first conference.",
    "The history of earlier placements was needed to judge the present plan.",
    "Court proceedings began before the six months and shape the work since.",
)

OFFICER_NOT_SPOKEN_TO = ("on leave", "no reply before the audit closed", "post vacant at the time", "newly allocated")

ANSWER_COMMENTS = (
    "Seen on file.", "Present but brief.", "See findings.", "Worker explained this in conversation.",
    "Not recorded in the period.", "Improved since the last audit.", "Manager to follow up.",
)  # fmt: skip
