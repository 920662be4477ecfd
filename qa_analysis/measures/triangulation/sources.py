"""The sources that are held beside each other: what each counts, whose voice it is, and how its direction is judged."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from qa_analysis.measures.triangulation import mentions
from qa_analysis.measures.triangulation.mentions import Mentions


class Judged(StrEnum):
    """How it is decided on which side a source stands."""

    BY_HALF = "by which side has clearly over half"  # its records lean to one side or the other
    BY_SHARE = "by whether an area has clearly more than its even share"  # its records all lean to one side
    BY_ITSELF = "as its own records say"  # each record is a judgement of many cases


@dataclass(frozen=True)
class Source:
    """One source: its name, whose voice it is, the datasets it rests on, its records, and how it is judged.

    Sources of one voice do not confirm each other: the same auditors wrote grades, findings and answers.
    """

    name: str
    voice: str
    needs: frozenset[str]
    mentions: Mentions
    judged: Judged

    def is_supplied(self, datasets: Collection[str]) -> bool:
        """Whether a dataset that it rests on is among those that came."""
        return not self.needs.isdisjoint(datasets)


AUDITS, ABOUT_US = "audits", "complaints and compliments"


def _source(name: str, mentions_of: Mentions, judged: Judged, *needs: str, voice: str = "") -> Source:
    return Source(name, voice or name, frozenset(needs), mentions_of, judged)


HALF, SHARE, ITSELF = Judged.BY_HALF, Judged.BY_SHARE, Judged.BY_ITSELF
SOURCES: Final[Mapping[str, Source]] = MappingProxyType(
    {
        one.name: one
        for one in (
            _source("audit grades", mentions.graded, HALF, "audits", voice=AUDITS),
            _source("audit findings", mentions.found, HALF, "findings", voice=AUDITS),
            _source("answers to prompts", mentions.answers, HALF, "audit_answers", voice=AUDITS),
            _source("moderation", mentions.moderated, HALF, "moderations"),
            _source("observations", mentions.observed, HALF, "observations"),
            _source("families", mentions.heard, HALF, "family_feedback"),
            _source("practice alerts", mentions.alerted, SHARE, "practice_alerts"),
            _source("complaints", mentions.complained, SHARE, "complaints_compliments", voice=ABOUT_US),
            _source("compliments", mentions.thanked, SHARE, "complaints_compliments", voice=ABOUT_US),
            _source("external reviews", mentions.recommended, ITSELF, "external_reviews"),
            _source("indicators", mentions.measured, ITSELF, "indicators", "supervision"),
        )
    }
)
