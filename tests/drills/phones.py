"""Phones: windows of one browser, and browsers that can die and be opened again."""

import contextlib
import os
import signal
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from tests.processes import command_of, parent_of, running
from tests.site import CHROMIUM, CHROMIUM_FLAGS

SMALL = {"width": 360, "height": 780}


type Starting = Callable[[], BrowserContext]


def window_of(browser: Browser) -> Starting:
    """A window that shares nothing with others of the same browser, and cannot die alone."""
    return lambda: browser.new_context(viewport=SMALL)


def browser_on(playwright: Playwright, profile: Path) -> Starting:
    """A browser of its own, which finds on the disk what it kept."""
    return lambda: playwright.chromium.launch_persistent_context(
        profile, executable_path=CHROMIUM, args=CHROMIUM_FLAGS, viewport=SMALL
    )


class Phone:
    """A browser, or a window of one. Whoever is signed in is told by a cookie that ends with it."""

    def __init__(self, url: str, starting: Starting) -> None:
        self.url, self.starting = url, starting
        self.context: BrowserContext | None = None

    def open(self, path: str, session: str) -> Page:
        """Start the browser if it does not run, sign in and open a page."""
        if self.context is None:
            self.context = self.starting()
        self.sign_in(session)
        page = self.context.new_page()
        page.goto(self.url + path)
        return page

    def sign_in(self, session: str) -> None:
        assert self.context
        self.context.add_cookies([{"name": "sessionid", "value": session, "url": self.url}])

    def online(self) -> None:
        assert self.context
        self.context.set_offline(False)

    def close(self) -> None:
        if self.context:
            self.context.close()
            self.context = None


class MortalPhone(Phone):
    """One browser on one profile, which lies on the disk."""

    def __init__(self, playwright: Playwright, profile: Path, url: str) -> None:
        super().__init__(url, browser_on(playwright, profile))
        self.profile = profile

    def die(self) -> None:
        """The battery is empty: every process of the browser ends at once."""
        for process in self.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        with contextlib.suppress(Exception):
            self.context.close()  # type: ignore[union-attr]
        self.context = None

    def processes(self) -> list[int]:
        """Those that were started with this profile, their children too."""
        parents = {pid: parent_of(pid) for pid in running()}
        first = {pid for pid in parents if f"--user-data-dir={self.profile}" in command_of(pid)}
        assert first, "no browser runs on this profile"
        found = set(first)
        while more := {pid for pid, parent in parents.items() if parent in found} - found:
            found |= more
        return sorted(found)
