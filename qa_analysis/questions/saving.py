"""Keeps an answer as a page of its own, once it is certain that the page names nobody.

Looking for names needs the names. They are read again in a process that ends with the look, so that the notebook,
where anything may be typed, never holds one.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from qa_analysis import disk
from qa_analysis.council import Council
from qa_analysis.disk import TEMPORARY
from qa_analysis.errors import DisclosureFailed, OutputUnwritable, WrongUse
from qa_analysis.forms.html.page import page_of
from qa_analysis.forms.putting import put
from qa_analysis.questions.answer import Answer, saved_page

_ADVICE = "The answer was not saved. Free some space, or check that the folder may be written."
LONGEST_NAME = 80  # letters of a file's name: a share's path has 260 in all


def save(answer: Answer, folder: Path, data: Path | None, council: Council) -> Path:
    """Where the answer went. The same answer has the same name and the same bytes.

    Raises:
        WrongUse: there is no answer to keep.
        DisclosureFailed: it names somebody, or the extracts to hold it against are not known or gone; it is not kept.
        OutputUnwritable: the folder cannot be written.
    """
    if not answer.is_given:
        raise WrongUse("There is no answer to save: the question has none yet.")
    if data is None:
        raise DisclosureFailed(
            "An answer is saved only after it has been checked against the names in the extracts. Start again with "
            "qa-analysis explore --data FOLDER."
        )
    text, name = page_of(saved_page(answer), title=answer.question, council=council), file_name(answer.call)
    with disk.writing(folder, _ADVICE), tempfile.TemporaryDirectory(prefix=TEMPORARY) as scratch:
        (Path(scratch) / name).write_text(text, encoding="utf-8", newline="\n")
        _refuse_named(Path(scratch), data)
    with disk.writing(folder, _ADVICE):
        folder.mkdir(parents=True, exist_ok=True)
    if not put(text, folder / name):
        raise OutputUnwritable(f"The folder {folder} cannot be written, so the answer was not saved.")
    return folder / name


def _refuse_named(folder: Path, data: Path) -> None:
    """Stop where the folder names anybody in the extracts, or where that cannot be told.

    Raises:
        DisclosureFailed: as above.
    """
    look = [sys.executable, "-m", "qa_analysis.questions.names", str(folder), str(data.resolve())]
    found = subprocess.run(look, capture_output=True, text=True, check=False)
    if found.returncode or not found.stdout.strip().isdigit():
        raise DisclosureFailed("The extracts could not be read again to check for names, so the answer was not saved.")
    if int(found.stdout):
        raise DisclosureFailed(
            "The answer contains a name or an identifier, so it was not saved. Choose other filters."
        )


def file_name(call: str) -> str:
    """The line that asked, as the name of a file: grades-by-team-since-2023-01.html."""
    words = re.sub(r"[^\w]+", "-", call.removeprefix("qa.")).strip("-").casefold()
    return f"{words[:LONGEST_NAME].strip('-')}.html"
