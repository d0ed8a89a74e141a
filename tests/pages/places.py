"""What stands for the names in the paths of shots: ids and tokens of the people of `seeding`."""

import json

from tests.site import Site

MARK = "PLACES"
KEPT = "places.json"


def seed(site: Site) -> dict[str, str]:
    """Make the people in `site`, in a process of its own, and return where their pages are."""
    printed = site.manage(
        "shell", "--no-imports", "-c", "from tests.pages.seeding import make; make()"
    )
    return json.loads(printed.partition(MARK)[2])


def seed_and_keep(site: Site) -> None:
    """For copies of the site's data: they have the same people at the same places."""
    (site.var / KEPT).write_text(json.dumps(seed(site)))


def kept(site: Site) -> dict[str, str]:
    return json.loads((site.var / KEPT).read_text())
