"""Whether a page names anybody in the extracts. Small, because it is loaded by a process that does this and ends.

`python -m qa_analysis.questions.names FOLDER EXTRACTS` writes how often the files of a folder do.
"""

import sys
from collections.abc import Collection
from pathlib import Path

from qa_analysis.data.contracts import load_contracts
from qa_analysis.data.identity import new_key, pseudonymise, pseudonymise_issues
from qa_analysis.data.sources import read_folder
from qa_analysis.disclosure.scan import identifiers_found
from qa_analysis.framework import rules_for
from qa_analysis.questions.asked import FIRST_RULES


def times_named(folder: Path, data: Path) -> int:
    """How often the files of a folder hold a name or an identifier of the extracts."""
    return sum(found.times for found in identifiers_found(folder, originals(data)))


def originals(data: Path) -> Collection[str]:
    """Every name and identifier in the extracts."""
    contracts = load_contracts()
    loaded, key = read_folder(data, contracts, rules_for(FIRST_RULES).grade_synonyms), new_key()
    _, people = pseudonymise(loaded.frames, contracts, key=key)
    _, listed = pseudonymise_issues(loaded.issues, contracts, key=key)
    return {*people.originals.values(), *listed.originals.values()}


if __name__ == "__main__":
    sys.stdout.write(f"{times_named(Path(sys.argv[1]), Path(sys.argv[2]))}\n")
