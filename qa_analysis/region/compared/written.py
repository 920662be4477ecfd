"""The comparison of a region's month in its folder: read from the councils' published months, written as pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from qa_analysis.disk import replace_whole
from qa_analysis.framework import rules_for
from qa_analysis.region.compared.comparison import FEWEST, MEASURES, Comparison, compared, subjects
from qa_analysis.region.compared.counts import Published, read_published
from qa_analysis.region.compared.pages import council_edition, region_edition
from qa_analysis.region.orders import REGION

ENDING: Final = ".html"


@dataclass(frozen=True)
class Written:
    """What was written: the region's page, each council's own by its name, and the councils that could not be read."""

    page: Path | None = None
    editions: Mapping[str, Path] = field(default_factory=dict)
    unread: tuple[str, ...] = ()


def comparison_page(outputs: Path, month: str) -> Path:
    """Where the region's page lies: beside the councils' own, not among them, for those go to one council each."""
    return outputs / REGION / f"{month}-compared{ENDING}"


def write_comparison(
    month: str, folders: Mapping[str, Path], outputs: Path, *, since: Mapping[str, str] | None = None
) -> Written:
    """Compare the councils whose published months lie in these folders, by name; of fewer than four nothing is told.

    What an earlier run wrote for the month goes: an edition of a council that is no longer compared would be out of
    date. `since` says from which month on a council is what it is now.

    Raises:
        OSError: a page cannot be written.
    """
    found, unread = _read(month, folders, since or {})
    told, not_told = _compared(month, found)
    place, editions = comparison_page(outputs, month), outputs / REGION / month
    if not told:
        _remove(place, editions, keep=())
        return Written(unread=unread)
    editions.mkdir(parents=True, exist_ok=True)
    names = [one.council for one in found]
    pages = {editions / f"{name}{ENDING}": council_edition(month, told, not_told, len(names), name) for name in names}
    for path, text in {place: region_edition(month, told, not_told, len(names)), **pages}.items():
        _write(path, text)
    _remove(editions=editions, keep=pages)
    return Written(place, dict(zip(names, pages, strict=True)), unread)


def _read(
    month: str, folders: Mapping[str, Path], since: Mapping[str, str]
) -> tuple[tuple[Published, ...], tuple[str, ...]]:
    """The councils that can be read, and the names of those that cannot."""
    read, unread = [], []
    for council, folder in sorted(folders.items()):
        try:
            read.append(read_published(folder, council, month, MEASURES, since.get(council, "")))
        except ValueError:
            unread.append(council)
    return tuple(read), tuple(unread)


def _compared(month: str, councils: tuple[Published, ...]) -> tuple[tuple[Comparison, ...], tuple[str, ...]]:
    """What can be told, and the titles of what cannot."""
    if len(councils) < FEWEST:
        return (), ()
    asked = subjects(rules_for(month))
    answers = [(subject, compared(subject, councils)) for subject in asked]
    told = tuple(found for _, found in answers if found is not None)
    return told, tuple(subject.title for subject, found in answers if found is None)


def _write(path: Path, text: str) -> None:
    replace_whole(path, lambda staged: staged.write_text(text, encoding="utf-8", newline="\n"))


def _remove(page: Path | None = None, editions: Path | None = None, *, keep: Iterable[Path]) -> None:
    """Take away pages of an earlier run that are not to be kept."""
    kept = set(keep)
    if page is not None:
        page.unlink(missing_ok=True)
    for path in sorted(editions.glob(f"*{ENDING}")) if editions and editions.is_dir() else ():
        if path not in kept:
            path.unlink()
