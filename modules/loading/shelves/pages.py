"""The shelves of pages: catalogue, courses, lessons, and the order of lessons."""

from abc import abstractmethod
from collections.abc import Iterator
from typing import Any, ClassVar

from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import Locale, Page

from modules.courses.models import (
    Course,
    CourseIndexPage,
    CoursePage,
    HomePage,
    LessonPage,
    ReadablePage,
)
from modules.loading.entries import SOURCE_LANG, Entry, Name, identity
from modules.loading.layouts import Value
from modules.loading.ordering import put_in_order
from modules.loading.shelves.base import Shelf, said_at
from modules.questions.freezing import plain_lines
from modules.translating.following import leave_to_files


class PageShelf(Shelf):
    """Pages that are not aliases. What is loaded is published; history keeps what it replaces."""

    model: ClassVar[type[ReadablePage]]
    fields: ClassVar[tuple[str, ...]]

    def found(self, *, drafts: bool) -> Iterator[tuple[Name, Any, Value]]:
        pages = self.model.objects.filter(alias_of__isnull=True).select_related("locale")
        for page in pages.order_by("path"):
            if drafts or page.live:
                newest = drafts and page.has_unpublished_changes
                said = page.get_latest_revision_as_object() if newest else page
                value = {**self.value_of(said), **self.place_of(page)}
                path = self.memory.path_of(page.translation_key, self.natural_path(value))
                yield Name(path, page.locale.language_code), page, value

    def value_of(self, page: Any) -> Value:
        return {name: getattr(page, name) for name in self.fields}

    def place_of(self, page: Any) -> Value:
        """What the tree says of a page that stands in it."""
        return {}

    @abstractmethod
    def natural_path(self, value: Value) -> str:
        """Where the page stands by what its file says."""

    @abstractmethod
    def parent_of(self, entry: Entry, locale: Locale) -> Page | None:
        """Where a new page goes: under the page of its own language, which may be an alias."""

    def fill(self, page: Any, entry: Entry) -> None:
        """Set what `entry` says."""
        for name in self.fields:
            setattr(page, name, entry.value[name])

    def write(self, entry: Entry) -> None:
        page = self.rows.get(entry.name) or self.alias_for(entry) or self.new(entry)
        self.fill(page, entry)
        if not plain_lines(self.value_of(page)).items() <= entry.value.items():
            raise entry.place.error("the database has no place for something in this file.")
        with said_at(entry):
            if page.pk is None:
                self.add(page, entry)
            page.save_revision(clean=False).publish()  # which checks the page before it saves it
        if entry.lang != SOURCE_LANG:
            leave_to_files(page.translation_key, page.locale_id)

    def alias_for(self, entry: Entry) -> Any:
        """The alias that holds the place of this translation, turned into a page of its own."""
        alias = self.model.objects.filter(
            translation_key=identity(entry.name.path), locale__language_code=entry.lang
        ).first()
        return alias and ConvertAliasPageAction(alias).execute(skip_permission_checks=True)

    def new(self, entry: Entry) -> Any:
        return self.model(
            translation_key=identity(entry.name.path),
            locale=self.memory.locales[entry.lang],
        )

    def add(self, page: Any, entry: Entry) -> None:
        parent = self.parent_of(entry, page.locale)
        if parent is None:
            raise entry.place.error("the page above it must be loaded first.")
        parent.add_child(instance=page)


class Catalogue(PageShelf):
    kind, title = "catalogue", "Catalogue pages"
    model = CourseIndexPage
    fields: ClassVar = ("slug", "live", "title", "intro", "review")

    def natural_path(self, value: Value) -> str:
        return "catalogue"

    def parent_of(self, entry: Entry, locale: Locale) -> Page | None:
        return HomePage.objects.filter(locale=locale, depth=2).first()


class CoursePages(PageShelf):
    kind, title = "page", "Course pages"
    model = CoursePage
    fields: ClassVar = (
        *("slug", "live", "title", "short_title", "summary", "audience", "purpose", "review"),
    )

    def found(self, *, drafts: bool) -> Iterator[tuple[Name, Any, Value]]:
        self.codes = dict(Course.objects.values_list("pk", "code"))
        return super().found(drafts=drafts)

    def place_of(self, page: Any) -> Value:
        return {"course": self.codes[page.course_id]}

    def natural_path(self, value: Value) -> str:
        return f"page/{value['course']}"

    def parent_of(self, entry: Entry, locale: Locale) -> Page | None:
        return CourseIndexPage.objects.filter(locale=locale).first()

    def fill(self, page: Any, entry: Entry) -> None:
        super().fill(page, entry)
        page.course = Course.objects.get(code=entry.value["course"])


class Lessons(PageShelf):
    kind, title = "lesson", "Lessons"
    model = LessonPage
    fields: ClassVar = ("slug", "live", "title", "key", "purpose", "outcomes", "minutes", "review")

    def found(self, *, drafts: bool) -> Iterator[tuple[Name, Any, Value]]:
        self.courses = course_by_path()
        return super().found(drafts=drafts)

    def value_of(self, page: Any) -> Value:
        blocks = [{"type": raw["type"], "value": raw["value"]} for raw in page.body.raw_data]
        caution = {"legal_caution": page.legal_caution} if page.legal_caution else {}
        return {**super().value_of(page), **caution, "stem": page.file_stem, "blocks": blocks}

    def place_of(self, page: Any) -> Value:
        return {"course": self.courses[page.path[: -page.steplen]]}

    def natural_path(self, value: Value) -> str:
        return f"lesson/{value['course']}/{value['key']}"

    def parent_of(self, entry: Entry, locale: Locale) -> Page | None:
        return CoursePage.objects.filter(course__code=entry.value["course"], locale=locale).first()

    def fill(self, page: Any, entry: Entry) -> None:
        super().fill(page, entry)
        page.legal_caution = entry.value.get("legal_caution", "")
        page.file_stem = entry.value["stem"]
        page.body = [
            {**raw, "id": str(identity(f"{entry.name.path}#{raw['value']['anchor']}"))}
            for raw in entry.value["blocks"]
        ]


class Orders(Shelf):
    """The order of a course's lessons is that of the English pages; other languages follow."""

    kind, title = "order", "Orders of lessons"

    def found(self, *, drafts: bool) -> Iterator[tuple[Name, Any, Value]]:
        lessons = LessonPage.objects.filter(alias_of__isnull=True).order_by("path")
        keys = lessons.filter(locale__language_code=SOURCE_LANG)
        by_path: dict[str, list[str]] = {}
        for path, key, live in keys.values_list("path", "key", "live"):
            if drafts or live:
                by_path.setdefault(path[: -LessonPage.steplen], []).append(key)
        for page in english_course_pages():
            name = Name(f"order/{page.course.code}")
            yield name, page, {"lessons": by_path.get(page.path, [])}

    def write(self, entry: Entry) -> None:
        code = entry.name.path.removeprefix("order/")
        page = english_course_pages().filter(course__code=code).first()
        if page is not None:
            paths = (f"lesson/{code}/{key}" for key in entry.value["lessons"])
            put_in_order(page, [identity(path) for path in paths])


def english_course_pages() -> Any:
    return CoursePage.objects.filter(locale__language_code=SOURCE_LANG).select_related("course")


def course_by_path() -> dict[str, str]:
    """The code of the course of each course page, by the page's place in the tree."""
    return dict(CoursePage.objects.values_list("path", "course__code"))
