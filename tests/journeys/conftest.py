"""One site and one browser for all journeys of a test process."""

from collections.abc import Iterator

import pytest

from tests.pages.places import kept
from tests.site import CHROMIUM, CHROMIUM_FLAGS, Site, running_site


@pytest.fixture(scope="session")
def site(prepared_data) -> Iterator[Site]:
    with running_site(prepared_data) as site:
        yield site


@pytest.fixture(scope="session")
def places(site: Site) -> dict[str, str]:
    """People in every state of a course, and what the addresses of their pages name."""
    return kept(site)


@pytest.fixture(scope="session")
def base_url(site: Site) -> str:
    return site.url


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    return {"executable_path": CHROMIUM, "args": CHROMIUM_FLAGS}
