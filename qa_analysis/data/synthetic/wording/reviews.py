"""What outside reviews recommended: source, audit theme, recommendation."""

RECOMMENDATIONS: tuple[tuple[str, str | None, str], ...] = (
    ("Ofsted", "management-oversight", "Make management oversight purposeful, so that drift is noticed and ended."),
    ("Ofsted", "supervision", "Make supervision regular and reflective, with actions that are followed up."),
    ("Ofsted", "assessment-quality", "Strengthen the analysis of risk and history in assessments."),
    ("LGA diagnostic", "multi-agency-core-groups", "Agree with partners who attends core groups and who owns tasks."),
    ("multi-agency audit", "neglect", "Use the agreed neglect tool in every assessment where neglect is a worry."),
    ("rapid review", "child-protection-planning", "Write contingency plans that name who will act and when."),
    ("peer review", "direct-work", "Share examples of direct work between teams."),
    ("LCSPR", "multi-agency-core-groups", "Test the escalation policy with partners each year."),
    ("multi-agency audit", "chronologies", "Build shared chronologies for families known to several agencies."),
    ("peer review", None, "Hear from more families in audits and tell them what changed."),
    ("Ofsted", "cared-for-planning", "Reduce delay in permanence for children under five."),
    ("rapid review", "step-down", "Check the support in place before stepping down."),
    ("LGA diagnostic", "care-leavers-pathway", "Involve care leavers in writing their pathway plans."),
    ("peer review", "management-oversight", "Plan changes of worker with the child in mind."),
)
