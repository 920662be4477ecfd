"""Why the moderation panel changes a grade."""

REASONS_LOWERED = (
    "The panel could not see the impact of the work on {child}; the plan had drifted since {month}.",
    "The strengths described are about effort. The outcome for {child} does not support the grade.",
    "Risk about {worry} is not well assessed, and the panel gave this more weight than the auditor.",
    "Management oversight was not strong enough for the grade given.",
    "The plan is out of date and {child} was not seen alone, which limits the grade.",
    "The grade rests on the worker's account in conversation and not on what the file shows.",
    "Delay in responding to {event} was not given enough weight.",
    "The voice of {child} is too faint for the grade to stand.",
)
REASONS_RAISED = (
    "The panel thought the relationship with {child} and its effect deserved more weight.",
    "The auditor was held back by recording; the practice itself made a clear difference.",
    "The delay lay with {agency} and was challenged well by the worker.",
    "Progress since {event} is good and the family say so.",
    "The evidence in the audit describes a better grade than the one chosen.",
)
REASONS_ABOUT_FORM = (
    "The evidence in the form was too thin to support the grade.",
    "The form was filled in for the wrong period.",
    "The auditor's comments and the grade did not match, and the comments stand.",
    "An area was graded that should have been marked not applicable.",
    "The auditor copied the case summary and did not evaluate it.",
)
