"""`python -m tests.pages.guides`: the pictures in docs/trainers.md and docs/administrators.md.

They show the demo: every person in them is invented. Few colours, and only the part of a page that
matters, keep them small.
"""

import io
import json
from dataclasses import dataclass

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.pages.places import MARK
from tests.pages.shots import (
    ADMIN,
    TRAINER,
    Shot,
    fill_two_days,
    nothing,
    open_details,
    open_page,
    sign_in,
)
from tests.site import CHROMIUM, CHROMIUM_FLAGS, ROOT, Site, running_site

FOLDER = ROOT / "docs/pictures"
COLOURS = 64
PHONE, DESK = 360, 1280  # px
PEOPLE = "40"  # who take a course by themselves, so that the tables are not empty
# What stands for the names in the paths of shots.
FIND = f"""
import json
from learning.cascade.models import Event
from learning.certificates.models import Certificate
from learning.people.models import Person
own = Event.objects.with_state().filter(facilitations__person__user__username="{TRAINER}")
places = {{
    "coming": own.filter(state="planned").order_by("-cohort__opens")[0].uuid,
    "open": own.filter(state="planned").order_by("cohort__opens")[0].uuid,
    "verified": own.filter(state="verified")[0].uuid,
    "uncertified": Event.objects.with_state()
    .filter(state="verified", counting="named")
    .exclude(cohort__in=Certificate.objects.values("enrolment__cohort"))[0].uuid,
    "reported": Event.objects.with_state().filter(state="reported")[0].uuid,
}}
one, other = Person.objects.filter(names__Latn__startswith="Assistant Director").order_by("pk")[:2]
places |= {{"person": one.pk, "other": other.pk}}
print("{MARK}" + json.dumps(places, default=str))
"""


@dataclass(frozen=True)
class Picture:
    """So much of a page: from which pixel, `height` pixels, at a width."""

    shot: Shot
    width: int
    height: int
    top: int = 0


def type_a_name(page) -> None:
    page.fill("#id_name", "Inspector Demo")
    page.select_option("#id_sex", "female")
    page.locator("#id_name").scroll_into_view_if_needed()


def lose_the_network(page) -> None:
    page.context.set_offline(True)
    page.locator(".call .late input").first.check(force=True)
    page.locator(".call [data-state] .kept").first.wait_for()


def upload_a_list(page) -> None:
    """A list with a known name, an impossible age and an organisation that nobody knows."""
    rows = ["Name,Sex,Age,Organisation", "Inspector Demo,f,34,", "Officer Demo,m,340,Nowhere"]
    file = {"name": "officers.csv", "mimeType": "text/csv", "buffer": "\n".join(rows).encode()}
    page.set_input_files("[name=file]", file)
    page.select_option("[name=version]", index=1)
    page.select_option("[name=programme]", label="Self-paced courses, Pakistan")
    page.locator("main form .actions button").first.click()
    page.locator("main table").first.wait_for()


PICTURES = [
    # a trainer
    Picture(Shot("trainer-desk", "/training/", TRAINER), DESK, 1250),
    Picture(Shot("plan", "/training/new/", TRAINER, fill_two_days), DESK, 1000, 1100),
    Picture(Shot("steps", "/training/{open}/", TRAINER), PHONE, 1200),
    Picture(Shot("register", "/training/{coming}/people/", TRAINER, type_a_name), DESK, 850, 1250),
    Picture(
        Shot("roll-kept", "/training/{coming}/roll/1/", TRAINER, lose_the_network), PHONE, 1120
    ),
    Picture(Shot("totals", "/training/{open}/results/post/?grain=total", TRAINER), DESK, 1150),
    Picture(Shot("figures", "/training/{verified}/figures/", TRAINER), DESK, 1350),
    Picture(Shot("papers", "/training/{coming}/papers/", TRAINER, open_details), PHONE, 1300),
    # an administrator
    Picture(Shot("to-verify", "/training/{reported}/", ADMIN), DESK, 1150),
    Picture(Shot("certificates", "/training/{uncertified}/certificates/", ADMIN), DESK, 1150),
    Picture(Shot("accreditation", "/training/accreditation/", ADMIN), DESK, 1000),
    Picture(Shot("programme", "/reports/programmes/simplify-demo/", ADMIN), DESK, 1750),
    Picture(Shot("completion", "/reports/completion/?by=area", ADMIN), DESK, 1150),
    Picture(
        Shot("behind-a-number", "/reports/people/?area=PK-SD&stage=achievement", ADMIN), DESK, 1250
    ),
    Picture(Shot("list-to-mend", "/reports/rosters/new/", ADMIN, upload_a_list), DESK, 1400),
    Picture(Shot("merge", "/admin/people/{person}/merge/?other={other}", ADMIN), DESK, 780),
]


def take(browser: Browser, site: Site, picture: Picture, places: dict[str, str]) -> bytes:
    context = browser.new_context(viewport={"width": picture.width, "height": 780})
    page = context.new_page()
    sign_in(page, site.url, picture.shot.user)
    open_page(page, site.url, picture.shot, "en", places)
    if picture.shot.act is not nothing:
        picture.shot.act(page)
    page.wait_for_load_state("networkidle")
    whole = Image.open(io.BytesIO(page.screenshot(full_page=True)))
    context.close()
    part = whole.crop(
        (0, picture.top, picture.width, min(picture.top + picture.height, whole.height))
    )
    return small(part)


def small(picture: Image.Image) -> bytes:
    """As a PNG of few colours."""
    file = io.BytesIO()
    few = picture.convert("RGB").quantize(
        COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE
    )
    few.save(file, "PNG", optimize=True)
    return file.getvalue()


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with running_site(DEMO_PEOPLE=PEOPLE) as site, sync_playwright() as playwright:
        printed = site.manage("shell", "--no-imports", "-c", FIND)
        places = json.loads(printed.partition(MARK)[2])
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        for picture in PICTURES:
            file = FOLDER / f"{picture.shot.name}.png"
            file.write_bytes(take(browser, site, picture, places))
            print(f"{file.stat().st_size // 1000:4} kB  {file.name}")  # noqa: T201
        browser.close()


if __name__ == "__main__":
    main()
