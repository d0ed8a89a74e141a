"""What a course says today in one language, read once for a whole book."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import translation
from wagtail.models import Page

from modules.blocks.markdown import terms_in
from modules.courses.citing import References, figures_by_key, references_of
from modules.courses.models import Course, CoursePage, LessonPage
from modules.courses.versions import version_today
from modules.papers.contents import Form
from modules.papers.models import Test
from modules.questions.freezing import live_definitions
from modules.questions.models import Question
from modules.questions.shapes import SOURCE, Definition
from modules.reference.entries import Entry, entries_in
from modules.reference.models import LegalFigure, Outcome

type Draftable = CoursePage | LessonPage
type Numbered = Sequence[tuple[int, LessonPage]]


class NoSuchText(Exception):
    """The course has no text in this language."""


@dataclass(frozen=True)
class Lesson:
    """A lesson as a book needs it. `blocks` are those of its body, facilitators' matter too."""

    key: str
    number: int
    title: str
    purpose: str
    minutes: int
    outcomes: tuple[str, ...]
    caution: str
    blocks: tuple[Any, ...]

    def of(self, *kinds: str) -> list[Any]:
        """The blocks of these kinds, in their order."""
        return [block for block in self.blocks if block.block_type in kinds]

    def marked(self, use: str) -> list[Any]:
        """The texts that their author marked for this use in print."""
        return [block for block in self.of("text") if block.value.get("print") == use]

    def drawings(self) -> tuple[list[Any], list[Any]]:
        """The figures before the first case, and those behind it, which may show its answer."""
        kinds = [block.block_type for block in self.blocks]
        case = kinds.index("case") if "case" in kinds else len(kinds)
        of = [(n < case, block) for n, block in enumerate(self.blocks) if kinds[n] == "figure"]
        return [one for before, one in of if before], [one for before, one in of if not before]

    def anchor(self, block: Any) -> str:
        """The name of a block in the book."""
        return f"{self.key}--{block.value['anchor']}"


@dataclass(frozen=True)
class Matter:
    """Everything that the editions of a course in one language are made from."""

    course: Course
    page: CoursePage
    lang: str
    version: str
    is_draft: bool
    lessons: tuple[Lesson, ...]
    outcomes: Mapping[str, str]
    questions: Mapping[str, Definition]
    forms: Mapping[str, Sequence[str]]
    tests: Mapping[str, Test]
    references: References
    law: tuple[LegalFigure, ...]
    entries: tuple[Entry, ...]
    is_unpublished: bool = False

    @cached_property
    def terms(self) -> dict[str, Entry]:
        return {entry.english.key: entry for entry in self.entries}


def gather(course: Course, lang: str, *, draft_of: Draftable | None = None) -> Matter:
    """Reads everything in some ten queries. Raises `NoSuchText` where there is no such page.

    With `draft_of` that lesson alone, or all lessons of that page of a course, as last saved.
    """
    page, numbered = drafts_of(draft_of) if draft_of else published(course, lang)
    pages = [one for _number, one in numbered]
    blocks = [block for lesson in pages for block in lesson.body]
    forms = {
        form.label: tuple(form.question_keys)
        for form in Form.objects.filter(course_code=course.code).prefetch_related("questions")
        if not isinstance(draft_of, LessonPage)
    }
    in_lessons = [block.value["use"] for block in blocks if block.block_type == "question"]
    questions = definitions([*in_lessons, *(key for keys in forms.values() for key in keys)])
    entries = tuple(entries_in(lang, terms_in("\n".join(_texts(blocks)))))
    texts_are_drafts = any(one.is_unreviewed_translation for one in (page, *pages))
    return Matter(
        course=course,
        page=page,
        lang=lang,
        version=version_today(course, questions),
        is_draft=texts_are_drafts or any(entry.has_draft_meaning for entry in entries),
        lessons=tuple(_lesson(one, number) for number, one in numbered),
        outcomes=titles(course, lang),
        questions=questions,
        forms=forms,
        tests={test.purpose: test for test in Test.objects.filter(course_code=course.code)},
        references=references_of(blocks, lang),
        law=tuple(figures_of_all(lang)),
        entries=entries,
        is_unpublished=draft_of is not None,
    )


def published(course: Course, lang: str) -> tuple[CoursePage, Numbered]:
    page = course_page(course, lang)
    return page, list(enumerate(lessons_of(page), 1))


def drafts_of(page: Draftable) -> tuple[CoursePage, Numbered]:
    """What was saved last, published or not; a lesson has its place among its sisters."""
    if isinstance(page, LessonPage):
        above = LessonPage.objects.child_of(page.course_page).filter(path__lt=page.path)
        return page.course_page, [(above.count() + 1, as_last_saved(page))]
    lessons = LessonPage.objects.child_of(page).order_by("path")
    rows = list(lessons.select_related("locale", "latest_revision"))
    english = originals([row.alias_of_id for row in rows if row.alias_of_id])
    sources = [english[row.alias_of_id] if row.alias_of_id else row for row in rows]
    return as_last_saved(page), list(enumerate(map(as_last_saved, sources), 1))


def originals(ids: Sequence[int]) -> Mapping[int, LessonPage]:
    """The English lessons that other pages stand for, by their id."""
    return LessonPage.objects.select_related("locale", "latest_revision").in_bulk(ids)


def as_last_saved[P: Draftable](page: P) -> P:
    """To be read, not to be saved: Wagtail's own way has five questions for every page."""
    if not (page.has_unpublished_changes and page.latest_revision):
        return page
    draft = type(page).from_serializable_data(page.latest_revision.content, check_fks=False)
    draft.path, draft.locale, draft.alias_of_id = page.path, page.locale, page.alias_of_id
    return draft


def course_page(course: Course, lang: str) -> CoursePage:
    pages = CoursePage.objects.live().filter(course=course, locale__language_code=lang)
    page = pages.select_related("course", "locale").first()
    if page is None:
        raise NoSuchText(f"{course.code} has no page in {lang}.")
    return page


def lessons_of(page: Page) -> Any:
    lessons = LessonPage.objects.live().child_of(page).order_by("path")
    return lessons.select_related("locale")


def definitions(keys: Sequence[str]) -> dict[str, Definition]:
    """The live ones of these questions; one that was taken back is left out."""
    live = Question.objects.asked().filter(key__in=keys, locale__language_code=SOURCE)
    return live_definitions(list(live.values_list("key", flat=True)))


def titles(course: Course, lang: str) -> dict[str, str]:
    """The outcomes by code, in English where `lang` has no words for them."""
    rows = Outcome.objects.filter(
        course_code=course.code, locale__language_code__in={SOURCE, lang}
    ).select_related("locale")
    english_first = sorted(rows, key=lambda row: (row.locale.language_code != SOURCE, row.code))
    return {row.code: row.title for row in english_first}


def figures_of_all(lang: str) -> list[LegalFigure]:
    """All dated figures that there are, labelled in `lang` where they can be."""
    keys = LegalFigure.objects.filter(locale__language_code=SOURCE).values_list("key", flat=True)
    return list(figures_by_key(keys, lang).values())


def _lesson(page: LessonPage, number: int) -> Lesson:
    with translation.override(page.locale.language_code):
        caution = page.legal_caution_text
    return Lesson(
        key=page.key,
        number=number,
        title=page.title,
        purpose=page.purpose,
        minutes=page.minutes,
        outcomes=tuple(page.outcomes),
        caution=caution,
        blocks=tuple(page.body),
    )


def _texts(blocks: Sequence[Any]) -> Iterator[str]:
    for block in blocks:
        yield str(block.value.get("text", ""))
        yield str(block.value.get("transcript", ""))
