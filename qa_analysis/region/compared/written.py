"""The comparison of a region's month in its folder: read from the councils' published months, written as pages.

Pictures of many councils take minutes. What the pages show is known before any is drawn, so that pages are drawn anew
only where it has changed, or where one of them is no longer as it was written.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, fields
from functools import partial
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Final

from qa_analysis.disk import replace_whole
from qa_analysis.errors import NotebookDied
from qa_analysis.framework import rules_for
from qa_analysis.publishing.apart.processes import CAN_COPY, cores, in_a_copy
from qa_analysis.region.compared.comparison import FEWEST, MEASURES, Comparison, compared, subjects
from qa_analysis.region.compared.counts import Published, read_published
from qa_analysis.region.compared.pages import council_edition, region_edition
from qa_analysis.region.orders import REGION

ENDING: Final = ".html"
AT_A_TIME: Final = 8  # councils whose pages one process draws


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
    month: str,
    folders: Mapping[str, Path],
    outputs: Path,
    *,
    since: Mapping[str, str] | None = None,
    anew: bool = False,
) -> Written:
    """Compare the councils whose published months lie in these folders, by name; of fewer than four nothing is told.

    What an earlier run wrote for the month goes, unless every page would show the same: an edition of a council that
    is no longer compared would be out of date. `since` says from which month on a council is what it is now; `anew`
    draws every page in any case.

    Raises:
        OSError: a page cannot be written.
    """
    found, unread = _read(month, folders, since or {})
    told, not_told = _compared(month, found)
    place, editions = comparison_page(outputs, month), outputs / REGION / month
    mark = place.with_name(f".{place.stem}.json")
    if not told:
        mark.unlink(missing_ok=True)
        _remove(place, editions, keep=())
        return Written(unread=unread)
    names = [one.council for one in found]
    own = {name: editions / f"{name}{ENDING}" for name in names}
    shown = _shown(month, told, not_told, names)
    if anew or not _is_as_written(mark, shown, [place, *own.values()]):
        editions.mkdir(parents=True, exist_ok=True)
        drawn = _drawn(month, told, not_told, names)
        for name, text in drawn.items():
            _write(own[name], text)
        _write(place, region_edition(month, told, not_told, len(names)))
        _write(mark, json.dumps({"shown": shown, "pages": _sums([place, *own.values()])}))
    _remove(editions=editions, keep=own.values())
    return Written(place, own, unread)


def _shown(month: str, told: tuple[Comparison, ...], not_told: tuple[str, ...], names: Sequence[str]) -> str:
    """What the pages show, as a checksum: every value told, and the version of the software that draws them."""
    values = [
        (one.subject.name, *(getattr(one, part.name) for part in fields(one) if part.name != "subject")) for one in told
    ]
    said = repr((version("qa-analysis"), version("matplotlib"), month, values, not_told, tuple(names)))
    return sha256(said.encode()).hexdigest()


def _is_as_written(mark: Path, shown: str, pages: Sequence[Path]) -> bool:
    """Whether an earlier run drew the same, and every page is still as it wrote it."""
    try:
        held = json.loads(mark.read_text(encoding="utf-8"))
        return bool(held == {"shown": shown, "pages": _sums(pages)})
    except (OSError, ValueError):
        return False


def _sums(pages: Sequence[Path]) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in pages}


def _drawn(month: str, told: tuple[Comparison, ...], not_told: tuple[str, ...], names: Sequence[str]) -> dict[str, str]:
    """Each council's page as text, by its name. Pictures of many councils take minutes: every core draws some."""
    some = [names[begin : begin + AT_A_TIME] for begin in range(0, len(names), AT_A_TIME)]
    draw = partial(_some_drawn, month, told, not_told, len(names))
    if len(some) < 2 or not CAN_COPY:
        return draw(names)
    with ThreadPoolExecutor(max_workers=cores()) as pool:
        drawn = [page for found in pool.map(partial(_drawn_apart, draw), some) for page in found.items()]
    left = [name for name in names if name not in dict(drawn)]
    return dict(drawn) | draw(left)


def _drawn_apart(draw: Callable[[Sequence[str]], dict[str, str]], names: Sequence[str]) -> dict[str, str]:
    """The pages of some councils, drawn in a process of their own; none where it died."""
    try:
        return in_a_copy(draw, names)
    except NotebookDied:
        return {}


def _some_drawn(
    month: str, told: tuple[Comparison, ...], not_told: tuple[str, ...], councils: int, names: Sequence[str]
) -> dict[str, str]:
    return {name: council_edition(month, told, not_told, councils, name) for name in names}


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
