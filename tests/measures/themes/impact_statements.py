"""Forty impact statements as auditors write them, each with what a reader says it tells.

Held apart from the word lists: they were written before those were, and those are not made from them.
"""

BETTER, WORSE, MIXED = "better", "worse or no difference", "mixed"
NOT_SAID, UNCLEAR = "what changed is not said", "direction not clear"

STATEMENTS: tuple[tuple[str, str], ...] = (
    # Better
    ("Jay is back in full-time education and tells his worker that he enjoys it.", BETTER),
    ("Direct work has enabled the children to talk about what frightened them and both are now sleeping.", BETTER),
    ("Mum has remained abstinent, the home is clean and the boys are meeting their milestones.", BETTER),
    ("There have been no further missing episodes since the safety plan was agreed.", BETTER),
    ("YP says she feels safer since moving to her nan's and is no longer self-harming.", BETTER),
    ("The timely strategy meeting meant the baby was protected from further injury.", BETTER),
    ("Risks around exploitation have decreased and he is engaging with college.", BETTER),
    ("Placement is stable and M has grown in confidence with her carers.", BETTER),
    ("Good outcomes for this sibling group - they were able to stay together with extended family.", BETTER),
    ("Family time now works well and the child's anxiety has lessened.", BETTER),
    # Worse or no difference
    ("The lack of a plan meant that the children continued to experience neglect.", WORSE),
    ("There has been no discernible impact for this child in the review period.", WORSE),
    ("K remains at risk and her circumstances have not improved since the last conference.", WORSE),
    ("Changes of social worker have left him feeling let down and he refuses to engage.", WORSE),
    ("Permanence has been delayed for this child by eight months.", WORSE),
    ("Drift in the case means he has been exposed to domestic abuse for longer than he should have been.", WORSE),
    ("Things at home have got worse and school report that she is arriving hungry.", WORSE),
    ("His voice was not heard and decisions were made without him, which made him angry.", WORSE),
    ("Support offered has not made a difference to the parents' ability to keep the children safe.", WORSE),
    ("The young person is isolated and unhappy in an unsuitable placement.", WORSE),
    # Mixed
    ("School attendance has gone up; however, the risk of exploitation has increased.", MIXED),
    ("The younger two are thriving, but nothing has changed for the eldest.", MIXED),
    ("She is safer living with her aunt although the delay in contact has caused her distress.", MIXED),
    ("Dad's engagement has brought some improvement at home, yet progress for the child is too slow.", MIXED),
    (
        "The work reduced conflict between the parents. It did not help with his offending, which got worse.",
        MIXED,
    ),
    # What changed is not said
    ("Visits are in timescale and the plan has been updated.", NOT_SAID),
    ("CIN plan reviewed, chronology completed and case summary refreshed.", NOT_SAID),
    ("All statutory visits recorded on the system.", NOT_SAID),
    ("It is difficult to evidence what impact the work has had.", NOT_SAID),
    ("Assessment completed within 45 days and signed off by the manager.", NOT_SAID),
    ("The record does not show what difference the sessions made.", NOT_SAID),
    # Not clear
    ("The social worker knows the family well and visits regularly.", UNCLEAR),
    ("The plan should lead to the children being safer.", UNCLEAR),
    ("Child is subject to a child protection plan under the category of neglect.", UNCLEAR),
    ("Recording has improved and supervision is more regular.", NOT_SAID),
    ("If the work is followed through the outcome for him could be better.", UNCLEAR),
    ("Worker to consider the impact of parental mental health on the children.", UNCLEAR),
    ("Impact on child considered.", UNCLEAR),
    ("A referral has been made to the domestic abuse service in order to keep her safe.", UNCLEAR),
    ("The lived experience of the child comes through in the assessment.", UNCLEAR),
)
