"""What a reader's browser says of a page: headless Chromium without a network, driven over a pipe.

`check_page(path)` opens any HTML file and returns what was fetched, what the console complained of, and what
axe-core finds against WCAG 2.2 AA and its own best practice. Three empty tuples are a good page.

Needs Chromium and, from npm, axe-core: `npm ci --prefix .ci --ignore-scripts`.
"""

import atexit
import base64
import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

AXE = Path(__file__).parents[1] / ".ci" / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--window-size=1280,1024",
    "--remote-debugging-pipe",
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SECONDS = 30


@dataclass(frozen=True)
class Findings:
    """What a browser found wrong with a page; all three are empty for a good one."""

    requests: tuple[str, ...]
    console: tuple[str, ...]
    violations: tuple[str, ...]


@dataclass
class Browser:
    """A conversation with Chromium over its debugging pipe (one JSON message after another, ended by NUL)."""

    to: int
    back: int
    session: str = ""
    window: str = ""  # the private one, where there is one
    sent: int = 0
    unread: bytes = b""
    events: list[dict[str, Any]] = field(default_factory=list)

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        self.sent += 1
        message = {"id": self.sent, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        self._write(message)
        while True:
            answer = self._next()
            if answer.get("id") == self.sent:
                assert "error" not in answer, answer["error"]
                return dict(answer["result"])
            self.events.append(answer)

    def wait_for(self, method: str) -> None:
        while not any(event.get("method") == method for event in self.events):
            self.events.append(self._next())

    def said(self, method: str) -> list[dict[str, Any]]:
        return [event["params"] for event in self.events if event.get("method") == method]

    def _write(self, message: dict[str, Any]) -> None:
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.to, data) :]

    def _next(self) -> dict[str, Any]:
        deadline = time.monotonic() + SECONDS
        while b"\0" not in self.unread:
            ready, _, _ = select.select([self.back], [], [], max(0, deadline - time.monotonic()))
            data = os.read(self.back, 1 << 16) if ready else b""
            assert data, f"Chromium said nothing for {SECONDS} seconds, or closed"
            self.unread += data
        message, _, self.unread = self.unread.partition(b"\0")
        return dict(json.loads(message))


def check_page(path: Path) -> Findings:
    """Opens the page with networking off and reads what the browser and axe-core make of it."""
    skip_without_chromium()
    if not AXE.is_file():
        pytest.skip("axe-core is not installed (see tests/browser.py), so the page was not checked by it")
    with private_window() as browser:
        open_page(browser, path.resolve().as_uri(), offline=True)
        evaluate(browser, "new Promise(done => setTimeout(done, 300))")  # what comes late is a request, too
        return Findings(_requests(browser, path), _console(browser), _violations(browser))


def skip_without_chromium() -> None:
    if os.name != "posix" or CHROMIUM is None:
        pytest.skip("Chromium is not installed, so the page was not opened in a browser")


_kept = ExitStack()  # the one browser of this process, which ends when its pipe is closed
_browsers: list[Browser] = []


@contextmanager
def private_window() -> Iterator[Browser]:
    """A window that knows nothing of those before it, in one browser for every page that this process looks at.

    After a page with which anything went wrong the next one gets a browser of its own.
    """
    if not _browsers:
        _browsers.append(_kept.enter_context(chromium()))
    browser = _browsers[0]
    browser.session, browser.events = "", []
    try:
        browser.window = browser.ask("Target.createBrowserContext", disposeOnDetach=True)["browserContextId"]
        yield browser
        browser.session = ""
        browser.ask("Target.disposeBrowserContext", browserContextId=browser.window)
    except BaseException:
        _browsers.clear()
        _kept.close()
        raise


atexit.register(_kept.close)


def open_page(browser: Browser, address: str, *, offline: bool = False) -> None:
    """A page in a tab of its own; offline, so that anything it fetches fails and is seen."""
    window = {"browserContextId": browser.window} if browser.window else {}
    target = browser.ask("Target.createTarget", url="about:blank", **window)["targetId"]
    browser.session = browser.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    for domain in ("Network", "Log", "Runtime", "Page"):
        browser.ask(f"{domain}.enable")
    speed = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    browser.ask("Network.emulateNetworkConditions", offline=offline, **speed)
    browser.ask("Page.navigate", url=address)
    browser.wait_for("Page.loadEventFired")


def wait_until(browser: Browser, condition: str, *, seconds: float = SECONDS) -> None:
    """Waits until an expression of the page is true."""
    deadline = time.monotonic() + seconds
    while not evaluate(browser, f"Boolean({condition})"):
        assert time.monotonic() < deadline, f"after {seconds:.0f} seconds still not: {condition}"
        time.sleep(0.1)


def click(browser: Browser, element: str) -> None:
    """Moves the mouse to the middle of an element, given as an expression, and clicks as a hand would."""
    wait_until(browser, element)
    place = evaluate(
        browser,
        f"(() => {{ const it = {element}; it.scrollIntoView({{block: 'center'}});"
        " const box = it.getBoundingClientRect();"
        " return [box.x + box.width / 2, box.y + box.height / 2] })()",
    )
    for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
        browser.ask("Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], button="left", clickCount=1)


def press(browser: Browser, key: str, code: int, *, times: int = 1) -> None:
    """Presses a key of the keyboard, such as ArrowDown (40)."""
    for _ in range(times):
        for kind in ("rawKeyDown", "keyUp"):
            browser.ask("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code)


def picture(browser: Browser, path: Path) -> None:
    """What the window shows, as a picture."""
    path.write_bytes(base64.b64decode(browser.ask("Page.captureScreenshot", format="png")["data"]))


def _requests(browser: Browser, path: Path) -> tuple[str, ...]:
    urls = [event["request"]["url"] for event in browser.said("Network.requestWillBeSent")]
    return tuple(url for url in urls if url != path.resolve().as_uri() and not url.startswith("data:"))


def _console(browser: Browser) -> tuple[str, ...]:
    entries = [event["entry"] for event in browser.said("Log.entryAdded")]
    logged = [entry["text"] for entry in entries if entry["level"] in ("error", "warning")]
    called = [
        str(event["args"])
        for event in browser.said("Runtime.consoleAPICalled")
        if event["type"] in ("error", "warning", "assert")
    ]
    thrown = [event["exceptionDetails"]["text"] for event in browser.said("Runtime.exceptionThrown")]
    return (*logged, *called, *thrown)


def _violations(browser: Browser) -> tuple[str, ...]:
    evaluate(browser, AXE.read_text(encoding="utf-8") + "; undefined")
    options = {"runOnly": {"type": "tag", "values": RULES}, "preload": False, "resultTypes": ["violations"]}
    found = evaluate(browser, f"axe.run(document, {json.dumps(options)}).then(result => result.violations)")
    return tuple(f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"])


def evaluate(browser: Browser, expression: str) -> Any:
    answer = browser.ask("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
    assert "exceptionDetails" not in answer, answer["exceptionDetails"]
    return answer["result"].get("value")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A fresh Chromium that reads our words on descriptor 3 and answers on 4, as its pipe protocol wants."""
    asks, to = os.pipe()
    back, answers = os.pipe()
    with tempfile.TemporaryDirectory(prefix="qa-browser-", ignore_cleanup_errors=True) as profile:
        command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={profile}", "about:blank"]
        shell = ["bash", "-c", f'exec "$@" 3<&{asks} 4>&{answers}', "bash", *command]
        process = subprocess.Popen(
            shell,
            pass_fds=(asks, answers),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        os.close(asks)
        os.close(answers)
        try:
            yield Browser(to=to, back=back)
        finally:
            os.close(to)
            os.close(back)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
