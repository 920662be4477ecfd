"""What observers write of practice they watched, by kind of observation."""

from collections.abc import Mapping

OBSERVED_STRENGTHS: Mapping[str, tuple[str, ...]] = {
    "direct work": (
        "Prepared well, used play to put the child at ease and followed their lead.",
        "Warm and honest with the parent; explained the worry without judgement.",
        "Asked open questions and left time for answers.",
        "Explained clearly why the visit was taking place and checked understanding.",
        "Noticed what the child did not say and came back to it gently.",
    ),
    "supervision": (
        "Began with how the worker was and made room to reflect.",
        "Kept the child at the centre and asked what life is like for them.",
        "Checked the actions of last time before setting new ones.",
        "Challenged a fixed view kindly and well.",
    ),
    "meeting": (
        "Chaired clearly, kept to time and brought every partner in.",
        "Made sure that the parent understood each decision.",
        "Summed up well, with owners and dates for each task.",
        "Presented the report in plain words.",
    ),
    "peer": (
        "Open to feedback and thoughtful about alternatives.",
        "Shared a helpful way of recording the visit.",
        "Good use of a colleague's questions to think again about risk.",
    ),
    "other": (
        "Calm on the telephone with a distressed caller.",
        "Clear and timely handover to the next team.",
        "Careful recording straight after the visit.",
    ),
}
OBSERVED_DEVELOPMENT: Mapping[str, tuple[str, ...]] = {
    "direct work": (
        "Could have brought a tool to help the child to talk.",
        "Plan for a private space, as the parent was in hearing.",
        "Say at the end what will happen next.",
        "Include the father, who stayed in the kitchen.",
        "Use fewer professional words.",
    ),
    "supervision": (
        "More reflection and fewer task lists.",
        "Record the rationale for decisions.",
        "Agree dates for the actions.",
        "Link the discussion to the plan.",
    ),
    "meeting": (
        "Bring the contingency into the discussion.",
        "Invite the school to say more.",
        "Name drift when it is there.",
        "Check what the child would want said.",
    ),
    "peer": (
        "Set a purpose beforehand.",
        "Make time for this each quarter.",
        "Follow up what was learnt in supervision.",
    ),
    "other": (
        "Write the note on the same day.",
        "Check the spelling of names and places.",
        "Let the partner agency know the outcome.",
    ),
}
