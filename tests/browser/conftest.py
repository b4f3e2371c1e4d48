"""A real browser on a real server: the system's Chromium, driven by Playwright.

Each test in this folder is marked `browser`. Whatever it does, it fails when the browser reported
a breach of the content security policy, an error on the console or a failed script: see `faults`.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page

HERE = Path(__file__).parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_BROWSER = (
    "No Chromium found, so no page was tried in a browser. "
    "Install one (Debian: apt-get install chromium)."
)
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A page that asks another machine for anything gets an error, which the test then shows.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LISTEN_FOR_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  reportViolation(`${event.effectiveDirective} ${event.blockedURI} on ${location.pathname}`);
});
"""


def executable() -> str | None:
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder; skip them where there is no browser, but never in CI."""
    missing = executable() is None and os.environ.get("CI") != "true"
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if missing:
                item.add_marker(pytest.mark.skip(reason=NO_BROWSER))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    count = sum(NO_BROWSER in str(report.longrepr) for report in skipped)
    if count:
        terminalreporter.section(f"{count} BROWSER TESTS NOT RUN", red=True, bold=True)
        terminalreporter.line(NO_BROWSER)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = executable()
    if path is None:
        pytest.fail(NO_BROWSER)
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium's sandbox refuses root
    return {**browser_type_launch_args, "executable_path": path, "args": [*FLAGS, *sandbox]}


@pytest.fixture(scope="session", autouse=True)
def database_beside_the_event_loop(
    django_db_setup: None, request: pytest.FixtureRequest
) -> Iterator[None]:
    """Let Django use the database in the tests' thread, where Playwright keeps an event loop."""
    request.getfixturevalue("playwright")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@dataclass
class Faults:
    """What the browser complained about. Empty them in a test that provokes one on purpose."""

    policy: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)

    def clear(self) -> None:
        self.policy.clear()
        self.console.clear()

    def note_policy(self, violation: str) -> None:
        self.policy.append(violation)

    def note_console(self, message: ConsoleMessage) -> None:
        where = message.location["url"]
        # An error page that was asked for by its address is not a fault of the page, and the icon
        # is the browser's own question, asked once in a session and so not on a certain page.
        asked_for = message.page is not None and where == message.page.url
        answered = "status of 4" in message.text and (asked_for or where.endswith("/favicon.ico"))
        if message.type == "error" and not answered:
            self.console.append(f"{message.text} ({where})")


@pytest.fixture(autouse=True)
def faults(context: BrowserContext) -> Iterator[Faults]:
    """Collect the browser's complaints over every page of the test; any left at its end fail it."""
    found = Faults()
    context.expose_function("reportViolation", found.note_policy)
    context.add_init_script(LISTEN_FOR_VIOLATIONS)
    context.on("console", found.note_console)
    context.on("weberror", lambda error: found.console.append(str(error.error)))
    yield found
    assert found.policy == [], "the content security policy was breached"
    assert found.console == [], "the browser's console showed errors"


def axe_violations(page: Page, *, without: Sequence[str] = ()) -> list[str]:
    """Return what axe finds on a page, in light and in dark; `without` names rules to leave out."""
    found = []
    rules = {rule: {"enabled": False} for rule in without}
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for violation in Axe().run(page, options={"rules": rules}).response["violations"]:
            where = ", ".join(str(node["target"][0]) for node in violation["nodes"])
            found.append(f"{scheme}: {violation['id']} ({violation['impact']}): {where}")
    return found


@pytest.fixture
def axe() -> Callable[..., list[str]]:
    """Use as: assert axe(page) == []"""
    return axe_violations
