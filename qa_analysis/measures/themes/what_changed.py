"""Whether a text says what changed for a child or a family, and which way: by lists of words, rather not than wrongly.

Words are looked for clause by clause. Those that speak of what should, may or will be do not count, nor do those of a
plan, a record or a worker where nobody they are for is named; what is turned round by a "not" counts the other way.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple

from pandas import Series

from qa_analysis.framework import Rules
from qa_analysis.measures.themes.impact import COMPLIANCE, wording
from qa_analysis.stats.wording.different import of_each

BETTER, WORSE, MIXED = "better", "worse or no difference", "mixed"
NOT_SAID, UNCLEAR = "what changed is not said", "direction not clear"
DIRECTIONS: Final = (BETTER, WORSE, MIXED)

_CANNOT_TELL = "cannot tell"
_GAP = r"(?:\s+(?!(?:not|no|never|hardly|barely|little)\b)[\w'-]+){0,5}\s+"  # three dots of a list: no "not" within
_BEGIN = re.compile(r"(?<!\w)\S")  # where a word of the lists may begin: a council's own may begin with anything
_TURNED = 4  # words before a word within which a "not" turns it round
_CLAUSES = re.compile(
    r"[.;:!?\n]+|\s[-–—]\s|,?\s*\b(?:but|although|though|however|(?<!not )yet(?! to)|while|whilst|whereas)\b"
)
_COMMAS = re.compile(r",|\b(?:which|so that|leaving|and)\b")
_PROSPECT = re.compile(
    r"\b(?:should|would|could|might|may|must|will|if|unless|until|whether|need(?:s|ed)? to|(?:in order |so as )?to "
    r"(?:be|ensure|make sure|keep|help|improve|support|enable|allow|prevent|protect|reduce|consider|explore|become)|"
    r"going forward|hop(?:e|es|ed|ing)|aim(?:s|ed)?|intended|recommend\w*|likely|potential\w*|risk of|what|how)\b"
)
_NOT = frozenset(
    re.findall(
        r"\w+",
        """not no never cannot without nor hardly barely scarcely little less lack lacked lacks few neither none unable
        failed fails nothing nobody""",
    )
)
_AVERTED = frozenset(
    re.findall(
        r"\w+",
        """not no never without nor less fewer prevent prevents prevented preventing avoid avoids avoided avoiding
        protect protects protected protecting reduce reduces reduced reducing stop stopped stops ended end nothing
        instead rather free helped lessened decreased despite""",
    )
)
_PRACTICE = re.compile(
    r"\b(?:record\w*|supervision|assessments?|oversight|chronolog\w+|files?|practice|timeliness|forms?|planning|plans?|"
    r"case ?notes?|case summar\w+|visits?|visiting|management|managers?|audits?|reports?|workers?|service|services|"
    r"minutes|meetings?|reviews?|referrals?|communication|quality|actions?)\b"
)
_PEOPLE = re.compile(
    r"\b(?:child(?:ren)?|young (?:person|people|man|woman|lady)|yp|he|she|they|him|her|them|his|their|boys?|girls?|"
    r"bab(?:y|ies)|infant|teenager|brothers?|sisters?|siblings?|twins?|family|famil(?:y's|ies)|mother|mum|mummy|"
    r"father|dad|daddy|parents?|carers?|grandmother|grandfather|grandparents?|nan|aunt|uncle|home|"
    r"little one|eldest|youngest|younger|older|life|lives|i|me|my|we|us|our)\b"
)
# Words of a plan or a record as well as of a child: after one of those they count only where somebody is named.
_GENERAL = re.compile(
    r"better|improv|some improv|marked improv|worse|deteriorat|stalled|drift|delay|slow|too |wait|for longer|.*progress"
)
_NO_HARM = r"\b(?:not|no|little)\s+(?:\w+\s+){0,2}(?:impact|affect|effect)"
_LATE = r"\b(?:late|(?:delay|drift|gap|absence|change)\w*)\b"
_LITTLE_ONE = re.compile(r"\blittle (?=(?:one|boy|girl|brother|sister|lad)s?\b)")  # no "little" that turns a word round
_HARMLESS = re.compile(rf"{_LATE}.*{_NO_HARM}|{_NO_HARM}.*{_LATE}")  # of a delay that did no harm, nothing is said
_CONDITIONS = (
    "developmental delay*", "language delay*", "speech delay*", "global delay*", "delayed development",
    "is safe enough", "are safe enough",
)  # fmt: skip


class _Cues(NamedTuple):
    """Words that begin alike, and which way each points; a child's condition points nowhere."""

    pattern: re.Pattern[str]
    ways: tuple[str, ...]

    def at(self, text: str, place: int) -> tuple["re.Match[str]", str] | None:
        """The first of them that stands at a place of a text, and its way."""
        found = self.pattern.match(text, place)
        return (found, self.ways[(found.lastindex or 0) - 1]) if found else None


def what_changed(texts: Series, rules: Rules) -> Series:
    """What each text says changed: better, worse or no difference, mixed, not said, or direction not clear. One each.

    Not said is a text that speaks of compliance and not of impact, or that says itself that nobody can tell.
    """
    held = texts.fillna("")
    found = of_each(held, lambda different: different.map(lambda text: _direction(text, rules)))
    bare = wording(held, rules).eq(COMPLIANCE)
    return found.mask(bare & found.eq(UNCLEAR), NOT_SAID)


def _direction(text: str, rules: Rules) -> str:
    """What one text says changed, as far as its words tell."""
    plain = _LITTLE_ONE.sub("", text.casefold().replace("’", "'").replace("n't", " not"))
    said = set(_said(plain, rules))
    if said >= {BETTER, WORSE}:
        return MIXED
    return BETTER if BETTER in said else WORSE if WORSE in said else NOT_SAID if _CANNOT_TELL in said else UNCLEAR


def _said(text: str, rules: Rules) -> Iterator[str]:
    """The directions that its clauses name."""
    for clause in _CLAUSES.split(text):
        if _HARMLESS.search(clause):
            continue
        prospect, cannot = _PROSPECT.search(clause), False
        for cue, way in named(clause, rules):
            cannot = cannot or way == _CANNOT_TELL
            if cannot:
                yield _CANNOT_TELL
            elif way and not (prospect and prospect.start() < cue.start()) and _is_of_people(clause, cue):
                yield from _turned(clause[: cue.start()], way)


def named(clause: str, rules: Rules) -> Iterator[tuple["re.Match[str]", str]]:
    """The words of the lists that a clause has, one after another, and the way of each."""
    cues, read = _cues(rules.better_words, rules.worse_words, rules.cannot_tell_words), 0
    for begun in _BEGIN.finditer(clause):
        some = cues.get(begun.group()) if begun.start() >= read else None
        found = some.at(clause, begun.start()) if some else None
        if found:
            read = found[0].end()
            yield found


def _turned(before: str, way: str) -> Iterator[str]:
    """The direction of a word, given the words before it: turned round, or gone, where one of them is a "not"."""
    last = before.split()[-_TURNED:]
    if way == WORSE:
        yield from () if _AVERTED.intersection(last) else (WORSE,)
    else:
        yield WORSE if _NOT.intersection(last) else BETTER


def _is_of_people(clause: str, cue: "re.Match[str]") -> bool:
    """Whether a word of plans and records too is of a child or a family here."""
    if not _GENERAL.match(cue.group()):
        return True
    before = _COMMAS.split(clause[: cue.start()])[-1]
    practice = _PRACTICE.search(before)
    return not practice or bool(_PEOPLE.search(clause, cue.end())) or bool(_PEOPLE.search(before, 0, practice.start()))


@cache
def _cues(better: tuple[str, ...], worse: tuple[str, ...], cannot: tuple[str, ...]) -> Mapping[str, _Cues]:
    """All lists by their first letter: what cannot be told first, then longer words, which shut out shorter ones.

    One pattern of all of them would be tried at every letter of every text.
    """
    lists = {BETTER: better, WORSE: worse, _CANNOT_TELL: cannot, "": _CONDITIONS}
    every = [(word, way) for way, words in lists.items() for word in words]
    every.sort(key=lambda one: (one[1] != _CANNOT_TELL, -len(one[0])))
    begun: dict[str, list[tuple[str, str]]] = {}
    for word, way in every:
        begun.setdefault(word[:1], []).append((word, way))
    return {start: _together(held) for start, held in begun.items()}


def _together(held: list[tuple[str, str]]) -> _Cues:
    written = "|".join(f"({_written(word)})" for word, _ in held)
    return _Cues(re.compile(rf"(?:{written})(?!\w)"), tuple(way for _, way in held))


def _written(word: str) -> str:
    return re.escape(word).replace(r"\ \.\.\.\ ", _GAP).replace(r"\*", r"\w*")
