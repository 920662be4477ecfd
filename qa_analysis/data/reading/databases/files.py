"""Databases that are one file beside the extracts: where it lies, and what goes wrong with it."""

from pathlib import Path

from qa_analysis.data.reading.databases.declared import Database
from qa_analysis.errors import InputRefused


def file_of(database: Database, folder: Path) -> Path:
    """The file of a database, named from the folder of sources.yaml or with its whole path.

    Raises:
        InputRefused: there is none.
    """
    path = folder / database.file
    if not path.is_file():
        raise InputRefused(f"{database.name}: there is no file {path.name}. Check file in sources.yaml.")
    return path


def why(error: Exception) -> str:
    """What an error of such a database means and what to do."""
    text = str(error).casefold()
    if "lock" in text or "busy" in text:
        return "another program is writing to its file. Close it there, and run again."
    if "not a database" in text or "malformed" in text or "valid duckdb" in text or "corrupt" in text:
        return "its file is damaged, or no database of that kind. Ask for a new copy."
    if "no such table" in text or "does not exist" in text:
        return "there is no such table or view. Name it as it is there."
    if "not auth" in text or "readonly" in text or "read-only" in text:
        return "it tried to do more than read, and was stopped. A query may only read."
    return "its file cannot be read, or the query cannot be run. Try the query in the database's own tool."
