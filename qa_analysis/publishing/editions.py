"""The reports of a month as editions: each of the whole, or of one service or team, with its place in the folder."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from types import MappingProxyType
from typing import Final

from qa_analysis.council import Council
from qa_analysis.disclosure.places import SHARED_FOLDER
from qa_analysis.month.month import Month
from qa_analysis.month.place import known_place, places_of
from qa_analysis.reports.declared import Place, Report

EVERY_PLACE: Final[Mapping[Place, Collection[str]]] = MappingProxyType({})
SLUG_LETTERS: Final = 40  # a path of a share may have no more than 260 letters on Windows
MARK_LETTERS: Final = 6
RESERVED: Final = re.compile(r"con|prn|aux|nul|(com|lpt)\d|index")  # names of devices on Windows, and of a front page


@dataclass(frozen=True)
class Edition:
    """One report as it is published: of the whole, or of the service or team named. `slug` is its name as a file."""

    report: Report
    place: str = ""
    slug: str = ""

    @property
    def name(self) -> str:
        """Its page from the month's folder, without the ending."""
        if self.report.each:
            return f"{self.report.places_in}/{self.slug}"
        return f"{SHARED_FOLDER}/{self.report.name}" if self.report.is_shared else self.report.name

    @property
    def page(self) -> str:
        """Its page from the month's folder."""
        return f"{self.name}.html"

    @property
    def scope(self) -> dict[str, str]:
        """Which place its notebook is asked about."""
        return {str(self.report.each): self.place} if self.report.each else {}

    @property
    def parameters(self) -> dict[str, str]:
        """What its notebook is given besides the month: where the tables are, seen from its page, and which place."""
        return {"tables": "../tables" if "/" in self.name else "tables", **self.scope}

    def titled(self, council: Council) -> str:
        """Its title: the report's, and the place it is of."""
        title = self.report.titled(council)
        return f"{title}: {self.place}" if self.place else title


def editions_of(
    reports: Iterable[Report], month: Month, *, only: Mapping[Place, Collection[str]] = EVERY_PLACE
) -> tuple[Edition, ...]:
    """The editions that some reports have in a month: one each, or one for each service or team, or for some of them.

    Raises:
        WrongUse: only a place is wanted that the month does not know.
    """
    return tuple(edition for report in reports for edition in _editions(report, month, only))


def _editions(report: Report, month: Month, only: Mapping[Place, Collection[str]]) -> list[Edition]:
    if not report.each:
        return [Edition(report)]
    named = slugs(places_of(month, report.each))
    wanted = {known_place(month, report.each, name) for name in only.get(report.each, ())} or set(named)
    return [Edition(report, name, slug) for name, slug in named.items() if name in wanted]


def slugs(names: Iterable[str]) -> Mapping[str, str]:
    """Each name as a file may be called: small ASCII letters, digits and hyphens, no two alike.

    A name that loses anything by it but its capitals gets a mark of its own, so that what a place's file is called does
    not depend on which other places there are; only names that differ in their capitals alone would.
    """
    plain = {name: _slug(name) for name in dict.fromkeys(names)}
    times = Counter(plain.values())
    return {name: slug if times[slug] == 1 else _marked(slug, name) for name, slug in plain.items()}


def _slug(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", letters.lower()).strip("-")[:SLUG_LETTERS].strip("-")
    is_whole = slug and slug.replace("-", " ") == name.lower() and not RESERVED.fullmatch(slug)
    return slug if is_whole else _marked(slug, name)


def _marked(slug: str, name: str) -> str:
    return "-".join(filter(None, (slug, sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:MARK_LETTERS])))
