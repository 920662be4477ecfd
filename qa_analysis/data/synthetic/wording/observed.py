"""What observers write of practice they watched, by kind of observation, each with the prompt it is about."""

from collections.abc import Mapping

OBSERVED_STRENGTHS: Mapping[str, tuple[tuple[str, str | None], ...]] = {
    "direct work": (
        ("Prepared well, used play to put the child at ease and followed their lead.", "4.1"),
        ("Warm and honest with the parent; explained the worry without judgement.", "4.5"),
        ("Asked open questions and left time for answers.", "4.2"),
        ("Explained clearly why the visit was taking place and checked understanding.", "4.5"),
        ("Noticed what the child did not say and came back to it gently.", "4.2"),
    ),
    "supervision": (
        ("Began with how the worker was and made room to reflect.", "6.3"),
        ("Kept the child at the centre and asked what life is like for them.", "6.3"),
        ("Checked the actions of last time before setting new ones.", "6.6"),
        ("Challenged a fixed view kindly and well.", "6.2"),
    ),
    "meeting": (
        ("Chaired clearly, kept to time and brought every partner in.", "5.1"),
        ("Made sure that the parent understood each decision.", "4.5"),
        ("Summed up well, with owners and dates for each task.", "1.2"),
        ("Presented the report in plain words.", "2.7"),
    ),
    "peer": (
        ("Open to feedback and thoughtful about alternatives.", "3.9"),
        ("Shared a helpful way of recording the visit.", "2.1"),
        ("Good use of a colleague's questions to think again about risk.", "3.9"),
    ),
    "other": (
        ("Calm on the telephone with a distressed caller.", "2.3"),
        ("Clear and timely handover to the next team.", "4.4"),
        ("Careful recording straight after the visit.", "2.1"),
    ),
}
OBSERVED_DEVELOPMENT: Mapping[str, tuple[tuple[str, str | None], ...]] = {
    "direct work": (
        ("Could have brought a tool to help the child to talk.", "4.1"),
        ("Plan for a private space, as the parent was in hearing.", "4.2"),
        ("Say at the end what will happen next.", "4.5"),
        ("Include the father, who stayed in the kitchen.", "3.4"),
        ("Use fewer professional words.", "2.7"),
    ),
    "supervision": (
        ("More reflection and fewer task lists.", "6.3"),
        ("Record the rationale for decisions.", "6.2"),
        ("Agree dates for the actions.", "6.6"),
        ("Link the discussion to the plan.", "6.3"),
    ),
    "meeting": (
        ("Bring the contingency into the discussion.", "1.4"),
        ("Invite the school to say more.", "5.1"),
        ("Name drift when it is there.", "6.5"),
        ("Check what the child would want said.", "4.2"),
    ),
    "peer": (
        ("Set a purpose beforehand.", None),
        ("Make time for this each quarter.", None),
        ("Follow up what was learnt in supervision.", "6.3"),
    ),
    "other": (
        ("Write the note on the same day.", "2.1"),
        ("Check the spelling of names and places.", "2.1"),
        ("Let the partner agency know the outcome.", "5.2"),
    ),
}
