"""Set up once, then do one thing: `demo` publishes a month of a synthetic council, `test` runs the tests.

`coverage` runs the tests and prints, file by file, how much of the package they ran. `databases` installs what reading
from a database needs besides, `region` what many councils on several machines need.
Needs Python 3.11 or newer and nothing else. Everything goes into .venv in this folder; a second run reuses it.
`wheelhouse` gathers the packages into .ci/wheelhouse; where that folder is, setting up needs no network.
"""

import hashlib
import os
import subprocess
import sys
import venv
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
WHEELHOUSE = ROOT / ".ci" / "wheelhouse"
# What Python compiles is kept even where the user asks it not to: a run and its tests start hundreds of processes.
SURROUNDINGS = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
THEIR_TESTS = r"site-packages.*[/\\]tests?[/\\]"  # whatever the folders above the environment are called
PINNED = ["--require-hashes", "--only-binary", ":all:", "-r"]
TASKS = {
    "setup": ("run", []),
    "demo": ("run", [[str(PYTHON), "-m", "qa_analysis", "demo"]]),
    "test": ("test", [[str(PYTHON), "-m", "pytest"]]),
    "coverage": ("test", [[str(PYTHON), "-m", "pytest", "--cov", "--cov-report", "term:skip-covered"]]),
    "databases": ("databases", []),
    "region": ("region", []),
    "lab": ("lab", [[str(PYTHON), "-m", "qa_analysis", "explore"]]),
    "page": ("lab", [[str(PYTHON), "-m", "qa_analysis", "explore", "--page"]]),
    "check": (
        "test",
        [
            [str(PYTHON), "-m", "ruff", "check", "."],
            [str(PYTHON), "-m", "ruff", "format", "--check", "."],
            [str(PYTHON), "-m", "mypy", "-n", "2"],
            [str(PYTHON.parent / "lint-imports")],
            [str(PYTHON.parent / "codespell")],
        ],
    ),
}


def main() -> int:
    """Set up what the task needs, then run its commands."""
    if sys.version_info < (3, 11):
        return complain(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    if sys.argv[1:2] == ["wheelhouse"]:
        return gather(sys.argv[2] if len(sys.argv) > 2 else "lab")
    if len(sys.argv) < 2 or sys.argv[1] not in TASKS:
        return complain(f"Say what to do: {', '.join(TASKS)}, wheelhouse.")
    extra, commands = TASKS[sys.argv[1]]
    if code := set_up(extra):
        return code
    if not commands:
        say("Everything it needs is installed.")
        return 0
    if len(commands) == 1:
        return subprocess.run([*commands[0], *sys.argv[2:]], cwd=ROOT, env=SURROUNDINGS, check=False).returncode
    return together(commands)


def together(commands: list) -> int:
    """Several commands side by side, what each says said whole and in their order. The first code that is not zero."""
    codes = []
    with ThreadPoolExecutor(max_workers=len(commands)) as pool:
        for done in pool.map(alone, commands):
            sys.stdout.buffer.write(done.stdout)
            sys.stdout.flush()
            codes.append(done.returncode)
    return next(filter(None, codes), 0)


def alone(command: list) -> subprocess.CompletedProcess:
    """One command to its end, with all it says."""
    return subprocess.run(
        command, cwd=ROOT, env=SURROUNDINGS, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def set_up(extra: str) -> int:
    """The environment with everything pinned in .ci/constraints, installed only where it changed."""
    pins = ROOT / ".ci" / "constraints" / f"{extra}.txt"
    mark = ENVIRONMENT / f".installed-{extra}"
    wanted = hashlib.sha256(pins.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if mark.exists() and mark.read_text() == wanted and PYTHON.exists():
        return 0
    say("Setting up: about a minute, once.")
    if code := make_environment():
        return code
    if code := pip("install", "--no-compile", *PINNED, str(pins)) or link():
        return complain("The packages could not be installed: see the lines above.", code)
    compile_packages()
    mark.write_text(wanted)
    return 0


def compile_packages() -> None:
    """What pip would do of one package after the other, on every core; what cannot be compiled is never imported.

    The packages' own tests, a third of this work, are not imported either.
    """
    command = [str(PYTHON), "-m", "compileall", "-qq", "-j", "0", "-x", THEIR_TESTS, str(ENVIRONMENT)]
    subprocess.run(command, check=False)


def link() -> int:
    """This checkout itself as a package of the environment; again only where what it says of itself changed."""
    mark, wanted = ENVIRONMENT / ".linked", hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if mark.exists() and mark.read_text() == wanted:
        return 0
    if code := pip("install", "--no-deps", "--no-build-isolation", "-e", str(ROOT)):
        return code
    mark.write_text(wanted)
    return 0


def make_environment() -> int:
    """An environment with nothing in it but pip, where there is none yet."""
    if PYTHON.exists():
        return 0
    try:
        venv.create(ENVIRONMENT, with_pip=True)
    except (subprocess.CalledProcessError, OSError):
        return complain("Python could not make an environment here. On Debian or Ubuntu: install python3-venv.")
    return 0


def gather(extra: str) -> int:
    """Every package of a pin file as a wheel in .ci/wheelhouse, for this kind of machine and this version of Python."""
    pins = ROOT / ".ci" / "constraints" / f"{extra}.txt"
    if not pins.exists():
        return complain(f"There is no pin file {extra}. Say run, lab, databases, region or test.")
    if code := make_environment() or pip("download", "--dest", str(WHEELHOUSE), *PINNED, str(pins)):
        return complain("The packages could not be gathered: see the lines above.", code)
    say(f"Gathered in {WHEELHOUSE}. Copy this whole folder to a machine of the same kind with the same Python.")
    return 0


def pip(action: str, *arguments: str) -> int:
    """One step of pip; from the wheelhouse alone where there is one."""
    offline = (
        {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": WHEELHOUSE.as_uri()}
        if action == "install" and WHEELHOUSE.is_dir()
        else {}
    )
    command = [str(PYTHON), "-m", "pip", action, "--quiet", "--disable-pip-version-check", *arguments]
    return subprocess.run(command, cwd=ROOT, env=os.environ | offline, check=False).returncode


def say(line: str) -> None:
    """One line, at once."""
    print(line, flush=True)


def complain(line: str, code: int = 1) -> int:
    """What is wrong, on the error stream."""
    print(line, file=sys.stderr, flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
