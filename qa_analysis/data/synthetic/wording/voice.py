"""The plain words of families, of the public and of staff."""

from collections.abc import Mapping

FAMILY_WORDS: Mapping[str, tuple[str, ...]] = {
    "positive": (
        "She always turns up when she says she will.",
        "I know why they are involved and I agree with it now.",
        "He listens, and he tells me straight.",
        "We have had the same worker the whole time and that has made all the difference.",
        "They helped us to get the house sorted and things are calmer.",
        "I was scared at first but they never made me feel judged.",
        "The plan makes sense to me, I have it on the fridge.",
        "She plays with the kids and they look forward to seeing her.",
        "I got help with my drinking because they did not give up on me.",
        "They explained everything before the meeting so I was not caught out.",
        "If I ring, somebody rings back.",
        "It was hard but we are a family again.",
    ),
    "mixed": (
        "The new worker is good but we had to start all over again.",
        "They mean well, it just takes ages for anything to happen.",
        "I like her, I do not always understand what the plan wants from me.",
        "Things are better at home but I did not need all those meetings.",
        "The first worker was great, since then it has been up and down.",
        "They help the children, nobody asks how I am doing.",
        "I get the letters but they are full of words I have to look up.",
        "We agreed most of it. I did not agree with what was written about me.",
        "Help came in the end, it should have come sooner.",
    ),
    "negative": (
        "I have told my story four times to four different people.",
        "Nobody rings back.",
        "I only found out about the meeting the day before.",
        "I still do not know what I have to do for them to go away.",
        "They have made up their minds about me.",
        "We were promised support and it never came.",
        "The report had things in it that were not true and nobody changed them.",
        "It feels like they are ticking boxes.",
        "My child does not want to talk to another stranger.",
    ),
}
YOUNG_WORDS: Mapping[str, tuple[str, ...]] = {
    "positive": (
        "She is kind and she gets me.",
        "He helped me see my brother more.",
        "I can text her when I am worried.",
        "We did drawings and it helped me say things.",
        "I feel safe now.",
        "They asked me what I wanted and then they did it.",
        "She helped me get my flat and my college place.",
        "I have a book about my life now and I like it.",
    ),
    "mixed": (
        "She is all right but she is always busy.",
        "I like my worker, I do not like the meetings.",
        "I do not mind talking but I would like to know what happens after.",
        "It is okay. I miss my old worker.",
        "They listen more than they used to.",
    ),
    "negative": (
        "Nobody asked me.",
        "I did not know my worker had left.",
        "They talk to my mum and not to me.",
        "I keep getting new people.",
        "I want to know when I am going home and no one tells me.",
        "They say they will come and then they do not.",
    ),
}

SUPPORTS: Mapping[str, str] = {
    "English is an additional language": "Language Line",
    "hearing impairment": "British Sign Language interpreter",
    "learning disability": "advocate",
    "works shifts": "evening call",
    "no telephone": "home visit",
    "does not trust services": "introduced by the family support worker",
    "lives out of area": "video call",
}
BARRIERS = tuple(SUPPORTS)

COMPLAINTS = (
    "The family say that calls were not returned over several weeks.",
    "A parent disagrees with the content of an assessment and asks for corrections.",
    "Contact was cancelled at short notice more than once.",
    "A grandparent was not kept informed about plans.",
    "A parent says that the report for conference arrived the night before.",
    "A young person is unhappy that the worker changed without warning.",
    "A carer says that agreed respite was not arranged.",
    "Delay in arranging family time after a placement move.",
    "A parent felt spoken down to in a meeting.",
    "The family say that the case was closed without telling them.",
    "A care leaver waited months for help with housing.",
)
COMPLIMENTS = (
    "A parent thanked the worker for sticking with the family.",
    "A head teacher praised the calm chairing of a difficult meeting.",
    "A young person wrote to say that they would not be at college without their advisor.",
    "A judge commended the quality of a statement.",
    "A foster carer thanked the team for quick support over a weekend.",
    "A health visitor praised joint working on a complex plan.",
    "A grandparent said that they felt respected throughout.",
    "A parent said that the worker explained things in a way that made sense.",
)

SURVEY_QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "annual staff": (
        "I receive regular supervision that helps me to reflect",
        "My caseload lets me do good work",
        "I know what good practice looks like here",
        "I feel able to raise concerns with senior managers",
        "I have the training I need",
        "I would recommend working here",
    ),
    "audit process": (
        "I was given enough notice",
        "The conversation helped me to think about my practice",
        "The grade was explained to me",
        "I know what to do as a result",
    ),
}
SURVEY_COMMENTS = (
    "More time for direct work please.",
    "The audit conversation was more helpful than I expected.",
    "Supervision is often cancelled.",
    "My manager's door is always open.",
    "The forms are long and repeat themselves.",
    "I would like to hear more about what other teams do well.",
    "Changes of worker are hard on families.",
    "Feedback came quickly and was fair.",
    "We need more admin support.",
)
