"""Small courses made by hand, published and present in every language."""

import datetime as dt
import json
import uuid
from typing import Any

from django.utils import timezone
from wagtail.models import Locale, Page, Revision

from modules.courses.models import Course, CourseIndexPage, CoursePage, HomePage, LessonPage
from modules.courses.trees import fill_trees
from modules.reference.models import GlossaryTerm, LegalFigure, Source

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
    '<rect class="stroke" width="9" height="9"/><text x="1" y="8">A</text></svg>'
)


# Where a page made here has an alias. One shows whether something counts or lists aliases; making
# all three is half the time of most tests. `every_language` has them made.
ALIASES = ["ur"]


def published(page: Page, parent: Page) -> Page:
    """`page` as a reader finds it under `parent`, in English and by an alias in `ALIASES`.

    Rows as publishing leaves them, each written once and without an entry in the log: Wagtail
    checks and saves a page three times on the way, which took most of the time of many tests.
    """
    places = {
        place.locale.language_code: place
        for place in Page.objects.filter(
            translation_key=parent.translation_key, locale__language_code__in=["en", *ALIASES]
        ).select_related("locale")
    }
    page.locale = places["en"].locale
    if page.go_live_at:
        parent.refresh_from_db()
        parent.add_child(instance=page)
        page.save_revision().publish()
        fill_trees(page, ALIASES)
        page.refresh_from_db()
        return page
    page.first_published_at = page.last_published_at = timezone.now()
    page.draft_title = page.title
    add_below(places["en"], page)
    parent.path, parent.numchild = places["en"].path, places["en"].numchild
    add_revision(page)
    if len(places) <= len(ALIASES):
        fill_trees(page, ALIASES)  # those of the parent are missing as well
    else:
        for language in ALIASES:
            add_alias(page, places[language])
    return page


def add_below(place: Page, page: Page) -> None:
    """The row of `page` as the last below `place`, as treebeard's `add_child` would write it."""
    paths = Page.objects.child_of(place).order_by("-path").values_list("path", flat=True)
    last = paths.first() if place.numchild else None
    page.depth = place.depth + 1
    page.path = Page(path=last)._inc_path() if last else Page._get_path(place.path, page.depth, 1)
    page._cached_parent_obj = place
    page._is_site_root = False
    page.save(clean=False, log_action=None)
    place.numchild += 1
    Page.objects.filter(pk=place.pk).update(numchild=place.numchild)
    del page._cached_parent_obj, page._is_site_root  # both are Wagtail's, for a while


def add_revision(page: Page) -> None:
    """What the page says now is its newest revision, and the one that readers see."""
    revision = Revision.objects.create(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        content=page.serializable_data(),
        object_str=str(page),
    )
    page.latest_revision = page.live_revision = revision
    page.latest_revision_created_at = revision.created_at
    Page.objects.filter(pk=page.pk).update(
        latest_revision=revision,
        live_revision=revision,
        latest_revision_created_at=revision.created_at,
    )


# What an alias has of its own, or not at all.
NOT_COPIED = {"id", "page_ptr", "path", "depth", "numchild", "url_path", "latest_revision"}


def add_alias(page: Page, place: Page) -> None:
    """What `fill_trees` makes of a live page, below `place`, without checks and log."""
    copied = {
        field.attname: getattr(page, field.attname)
        for field in page._meta.concrete_fields
        if field.name not in NOT_COPIED
    }
    own = {"locale_id": place.locale_id, "alias_of_id": page.pk, "draft_title": page.title}
    add_below(place, type(page)(**copied | own))


def make_catalogue() -> CourseIndexPage:
    home = HomePage.objects.get(locale__language_code="en")
    found = CourseIndexPage.objects.child_of(home).first()
    return found or published(CourseIndexPage(title="All courses", slug="courses"), home)


def make_course(code: str = "trial", *, number: int = 81, status: str = "open", **facts: Any):
    course = Course.objects.create(
        code=code, number=number, prefix=f"X{number}", status=status, **facts
    )
    page = CoursePage(
        course=course,
        title=f"{code.title()} in full",
        slug=code,
        short_title=code.title(),
        summary=f"What {code} is about.",
        audience="Whoever tests.",
        purpose="To be tested.",
    )
    return published(page, make_catalogue())


def block(kind: str, anchor: str, text: str = "", **value: Any) -> dict[str, Any]:
    return {"type": kind, "value": {"anchor": anchor, "text": text, **value}, "id": anchor}


def make_lesson(course: CoursePage, key: str, *blocks: dict[str, Any], **fields: Any) -> LessonPage:
    page = LessonPage(
        **{
            "title": f"Lesson {key}",
            "slug": key,
            "key": key,
            "purpose": f"By the end you can {key}.",
            "outcomes": ["X1"],
            "minutes": 45,
            "body": json.dumps(list(blocks)),
        }
        | fields
    )
    return published(page, course)


def translate(page: Page, language: str, **fields: Any) -> Page:
    """A translation of its own, in the place of the alias where there is one."""
    locale = Locale.objects.get(language_code=language)
    if alias := page.get_translation_or_none(locale):
        alias.delete()
    own = page.copy_for_translation(locale)
    for name, value in fields.items():
        setattr(own, name, value)
    own.save_revision().publish()
    return own


def make_references() -> None:
    """Four sources, a dated figure and a term."""
    english = Locale.objects.get(language_code="en")
    for tag in ("E", "W1", "W2", "W3"):
        Source.objects.create(
            tag=tag, title=f"Title of {tag}", publisher="ILO", year="2021", confidence="source"
        )
    LegalFigure.objects.create(
        key="pk-sd.limit",
        locale=english,
        label="Wage limit",
        jurisdiction="PK-SD",
        value="30000",
        unit="PKR per month",
        valid_from="2022-06",
        basis="Act of 2016",
        source="[W1]",
        checked_on=dt.date(2026, 11, 12),
        translation_key=uuid.uuid4(),
    )
    GlossaryTerm.objects.create(
        key="fund",
        locale=english,
        term="fund",
        definition="Money set aside.",
        translation_key=uuid.uuid4(),
    )
