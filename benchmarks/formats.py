"""How long each form of a report takes, and how much memory, over the reports of a published month.

    python benchmarks/formats.py outputs/2024-06

Each form is made in a process of its own, so that its memory is its own. Loading the library and making a first report
is paid once a run and shown apart. Needs Linux or a Mac, whose system counts the memory.
"""

import argparse
import resource
import sys
import time
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

from qa_analysis.month.files import read_month
from qa_analysis.reports import reports

TO_MEGABYTES = 1e-6 if sys.platform == "darwin" else 1024e-6  # a Mac counts bytes, Linux kibibytes


def main() -> None:
    """Measure every form, print one line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    for form in FORMS:
        with get_context("spawn").Pool(1) as own:
            loading, made, peak = own.apply(measured, (form, folder))
        each = ", ".join(f"{name} {seconds:.2f} s {kib} KiB" for name, seconds, kib in made)
        print(f"{form:6} first {loading:.2f} s, peak {peak:.0f} MB; then {each}")


def measured(form: str, folder: Path) -> tuple[float, list[tuple[str, float, int]], float]:
    """Seconds for loading and a first report; name, seconds and KiB of each; the most megabytes held."""
    start = time.perf_counter()
    make = FORMS[form](folder)
    names = [name for name in reports() if page_of(name, folder)]
    make(names[0])
    loading, made = time.perf_counter() - start, []
    for name in names:
        start = time.perf_counter()
        size = len(make(name) or b"")
        made.append((name, time.perf_counter() - start, size // 1024))
    return loading, made, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * TO_MEGABYTES


def page_of(name: str, folder: Path) -> str:
    """The page of a report, wherever in the month's folder it lies; empty where it was not published."""
    return "".join(path.read_text(encoding="utf-8") for path in folder.rglob(f"{name}.html"))


def word(folder: Path) -> Callable[[str], bytes | None]:
    """Makes the Word paper of a report."""
    from qa_analysis.forms.word.paper import to_word

    day = read_month(folder / "tables").as_at
    return lambda name: to_word(page_of(name, folder), as_at=day)


def pdf(folder: Path) -> Callable[[str], bytes | None]:
    """Makes the PDF of a report."""
    from qa_analysis.forms.pdf.printed import to_pdf

    return lambda name: to_pdf(page_of(name, folder))


def excel(folder: Path) -> Callable[[str], bytes | None]:
    """Makes the workbook behind a report."""
    from qa_analysis.forms.excel.figures import to_excel

    month = read_month(folder / "tables")
    return lambda name: to_excel(month, reports()[name].families, title=reports()[name].title)


FORMS = {"Word": word, "PDF": pdf, "Excel": excel}

if __name__ == "__main__":
    main()
