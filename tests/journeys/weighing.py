"""What a visit costs in production, which compresses files: the site of journeys does not."""

import gzip

from playwright.sync_api import Page, Response


def first_visit(page: Page, address: str) -> dict[str, int]:
    """Bytes of each file that `page`, which has seen nothing yet, fetches at `address`."""
    came: list[Response] = []
    page.on("response", lambda one: came.append(one))  # noqa: PLW0108 (it takes no builtin)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    bodies = {one.url: one.body() for one in came}
    return {
        url: len(body if url.endswith(".woff2") else gzip.compress(body))
        for url, body in bodies.items()
    }
