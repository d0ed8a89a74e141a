"""What stands for the names in the paths of shots: ids and tokens of the people of `seeding`."""

import json

from tests.site import Site

MARK = "PLACES"


def seed(site: Site) -> dict[str, str]:
    """Make the people in `site`, in a process of its own, and return where their pages are."""
    printed = site.manage(
        "shell", "--no-imports", "-c", "from tests.pages.seeding import make; make()"
    )
    return json.loads(printed.partition(MARK)[2])
