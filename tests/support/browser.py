"""Drives Debian's Chromium: a phone and a desktop in front of a live server, with scans and pictures."""

import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
SCREENSHOTS = Path(os.environ.get("JINLIN_SCREENSHOTS") or ROOT / "tests" / "screenshots")
WAIT_SECONDS = float(os.environ.get("JINLIN_TESTS_WAIT_SECONDS") or 0)
"""How long the live server pauses before and within each answer: what a test reads too early is then not there yet."""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-dev-shm-usage",
]
PATIENCE_MS = 30_000
"""How long a test waits for what it looks for, on a machine with other work; what is there sooner costs no time."""
expect.set_options(timeout=PATIENCE_MS)
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1440, "height": 900}
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`content policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile || ""}`));
"""
RUN_AXE = """
async (tags) => {
  const result = await axe.run(document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]});
  return result.violations.map(({id, help, nodes}) => ({
    id, help, where: nodes.map((node) => node.target.join(" ") + ": " + node.failureSummary)}));
}
"""
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def chromium() -> str | None:
    """Return the path of the machine's Chromium, or None; a snap cannot be driven and does not count."""
    found = shutil.which("chromium")
    return found if found and "/snap/" not in os.path.realpath(found) else None


class Visitor:
    """Somebody with a browser of their own in front of the live server.

    `page` is Playwright's. Violations of the content policy and script errors are gathered and fail the test.
    """

    def __init__(self, context: BrowserContext, address: str, name: str):
        self.context, self.address, self.name = context, address, name
        self.faults: list[str] = []
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("console", self._heard)
        context.on("weberror", lambda error: self.faults.append(f"script error: {error.error}"))
        self.page: Page = context.new_page()

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and re.search(r"content policy|Content Security Policy", message.text):
            self.faults.append(message.text)

    def goto(self, path: str) -> Page:
        """Open a path of the live server; fails on a server error."""
        answer = self.page.goto(self.address + path)
        assert answer is None or answer.status < 500, f"{path} answered {answer.status}"
        return self.page

    def sign_in(self, account: Any) -> None:
        """Sign in as an account without going through the sign-in pages."""
        from django.conf import settings
        from django.test import Client

        client = Client()
        client.force_login(account)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        self.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.address}])

    def go(self, target: Locator) -> None:
        """Click what opens a page, and wait until that page is there whole, under the same address or another."""
        self.page.wait_for_load_state()
        with self.page.expect_event("load"):
            target.click()

    def follow(self, name: str) -> None:
        """Follow the first link of the page's own part that has these words."""
        self.go(self.page.get_by_role("main").get_by_role("link", name=name).first)

    def press(self, name: str) -> None:
        """Press the first button of the page's own part that has these words, where it opens a page."""
        self.go(self.page.get_by_role("main").get_by_role("button", name=name).first)

    def scan(self) -> list[str]:
        """Return axe's findings on the page as it is now, one line each; empty when there is none."""
        assert AXE.exists(), "axe-core is not installed; run: make install"
        self.page.wait_for_load_state()
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        # What the fixed bar happens to cover at this scroll position is no finding: the page is scanned at full height.
        size = self.page.viewport_size
        whole = self.page.evaluate("document.documentElement.scrollHeight")
        self.page.set_viewport_size({**size, "height": max(size["height"], whole)})
        findings = self.page.evaluate(RUN_AXE, AXE_TAGS)
        self.page.set_viewport_size(size)
        return [f"{found['id']} ({found['help']}): {place}" for found in findings for place in found["where"]]

    def assert_accessible(self) -> None:
        """Fail when axe finds anything on the page as it is now, or when it scrolls sideways."""
        findings = self.scan()
        assert not findings, f"{self.page.url}: {len(findings)} findings\n" + "\n".join(findings)
        overflow = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, f"{self.page.url} is {overflow} px wider than the screen of the {self.name}"

    def picture(self, name: str) -> Path:
        """Keep a picture of the page in tests/screenshots (or `JINLIN_SCREENSHOTS`) and return its path."""
        path = SCREENSHOTS / f"{name}-{self.name}.png"
        self.page.wait_for_load_state()
        self.page.screenshot(path=path, full_page=True)
        return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once for all tests of a process."""
    # Playwright's loop runs in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield running
        running.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def patient_server(live_server: Any) -> Any:
    """The live server, which takes its time where `JINLIN_TESTS_WAIT_SECONDS` says so."""
    httpd = live_server.thread.httpd
    if WAIT_SECONDS:
        httpd.set_app(_slow(httpd.get_app()))
    return live_server


def _slow(app: Callable[..., Any]) -> Callable[..., Iterator[bytes]]:
    """Return a WSGI application that pauses before it begins, and again after the first byte of its answer.

    The second pause shows what is read from a page of which only the beginning has come: Playwright's click waits until then.
    """

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterator[bytes]:
        time.sleep(WAIT_SECONDS)
        with closing(app(environ, start_response)) as whole:
            parts = iter(whole)
            first = next(parts, b"")
            yield first[:1]
            time.sleep(WAIT_SECONDS)
            yield first[1:]
            yield from parts

    return answer


@pytest.fixture
def new_visitor(browser: Browser, patient_server: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """Return a function that brings one more visitor: `new_visitor("phone")`, and any option of a browser context."""
    visitors: list[Visitor] = []

    def bring(name: str, **options: Any) -> Visitor:
        size = PHONE if name.startswith("phone") else DESKTOP
        settings = {"viewport": size, "locale": "zh-CN", "timezone_id": "Asia/Shanghai", **options}
        if size is PHONE:
            settings = {"has_touch": True, "is_mobile": True, "device_scale_factor": 2, **settings}
        context = browser.new_context(**settings)
        context.set_default_timeout(PATIENCE_MS)
        visitors.append(Visitor(context, patient_server.url, name))
        return visitors[-1]

    yield bring
    failed = getattr(request.node, "failed", False)
    for visitor in visitors:
        if failed:
            visitor.picture("failed-" + re.sub(r"\W+", "-", request.node.name))
        visitor.context.close()
    faults = [f"{visitor.name}: {fault}" for visitor in visitors for fault in visitor.faults]
    assert not faults, "In the browser: " + "\n".join(faults)


@pytest.fixture
def phone(new_visitor: Any) -> Visitor:
    """A visitor with a phone, 390 by 844."""
    return new_visitor("phone")


@pytest.fixture
def desktop(new_visitor: Any) -> Visitor:
    """A visitor at a desk, 1440 by 900."""
    return new_visitor("desktop")
