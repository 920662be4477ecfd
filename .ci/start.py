"""Set up once, then do one thing: `demo` publishes a month of a synthetic council, `test` runs the tests.

Needs Python 3.11 or newer and nothing else. Everything goes into .venv in this folder; a second run reuses it.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
TASKS = {
    "demo": ("run", [[str(PYTHON), "-m", "qa_analysis", "demo"]]),
    "test": ("test", [[str(PYTHON), "-m", "pytest"]]),
    "lab": ("lab", [[str(PYTHON), "-m", "jupyter", "lab", "notebooks"]]),
    "check": (
        "test",
        [
            [str(PYTHON), "-m", "ruff", "check", "."],
            [str(PYTHON), "-m", "ruff", "format", "--check", "."],
            [str(PYTHON), "-m", "mypy"],
            [str(PYTHON.parent / "lint-imports")],
        ],
    ),
}


def main() -> int:
    """Set up what the task needs, then run its commands."""
    if sys.version_info < (3, 11):
        return complain(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    if len(sys.argv) < 2 or sys.argv[1] not in TASKS:
        return complain(f"Say what to do: {', '.join(TASKS)}.")
    extra, commands = TASKS[sys.argv[1]]
    if code := set_up(extra):
        return code
    for command in commands:
        arguments = sys.argv[2:] if len(commands) == 1 else []
        if code := subprocess.run([*command, *arguments], cwd=ROOT, check=False).returncode:
            return code
    return 0


def set_up(extra: str) -> int:
    """The environment with everything pinned in .ci/constraints, installed only where it changed."""
    pins = ROOT / ".ci" / "constraints" / f"{extra}.txt"
    mark = ENVIRONMENT / f".installed-{extra}"
    wanted = hashlib.sha256(pins.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if mark.exists() and mark.read_text() == wanted and PYTHON.exists():
        return 0
    say("Setting up: about a minute, once.")
    if not PYTHON.exists():
        try:
            venv.create(ENVIRONMENT, with_pip=True)
        except (subprocess.CalledProcessError, OSError):
            return complain("Python could not make an environment here. On Debian or Ubuntu: install python3-venv.")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for step in (
        ["--require-hashes", "--only-binary", ":all:", "-r", str(pins)],
        ["--no-deps", "--no-build-isolation", "-e", str(ROOT)],
    ):
        if code := subprocess.run([*pip, *step], cwd=ROOT, check=False).returncode:
            return complain("The packages could not be installed: see the lines above.", code)
    mark.write_text(wanted)
    return 0


def say(line: str) -> None:
    """One line, at once."""
    print(line, flush=True)


def complain(line: str, code: int = 1) -> int:
    """What is wrong, on the error stream."""
    print(line, file=sys.stderr, flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
