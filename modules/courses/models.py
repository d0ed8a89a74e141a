"""Courses, their released versions, and the pages that people read."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PagePermissionTester, PageViewRestriction
from wagtail.models.sites import SiteRootPath
from wagtail.search import index
from wagtail.url_routing import RouteResult

from modules.blocks.lesson import FACILITATOR_KINDS, LessonBody
from modules.courses.choosing import remember_choice
from modules.courses.forms import CodesInput, LessonForm
from modules.reference.models import Review
from modules.reference.segments import facts, words
from modules.reference.statements import Slot, Statement
from modules.reference.words import WordsField


class Course(models.Model):
    """What is the same for a course in every language."""

    class Status(models.TextChoices):
        ANNOUNCED = "announced", _("announced: shown, cannot be opened")
        OPEN = "open", _("open")

    class Access(models.TextChoices):
        PUBLIC = "public", _("everybody may read")
        SIGNED_IN = "signed_in", _("people with an account may read")
        ENROLLED = "enrolled", _("people who started the course may read")

    code = models.SlugField(max_length=40, unique=True)
    number = models.PositiveSmallIntegerField(unique=True, help_text=_("Place in the catalogue."))
    prefix = models.CharField(max_length=4, unique=True, help_text=_("Of outcome codes: CO."))
    status = models.CharField(max_length=10, choices=Status, default=Status.ANNOUNCED)
    access = models.CharField(max_length=10, choices=Access, default=Access.PUBLIC)
    country = models.CharField(
        max_length=2, blank=True, help_text=_("ISO 3166 code where the course is for one country.")
    )
    minutes = models.PositiveSmallIntegerField(
        default=0, help_text=_("Notional minutes of study in all, tests included.")
    )

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("number"), FieldPanel("prefix")]),
        FieldRowPanel([FieldPanel("status"), FieldPanel("access")]),
        FieldRowPanel([FieldPanel("country"), FieldPanel("minutes")]),
    ]

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def __str__(self) -> str:
        return self.code


class CourseVersion(models.Model):
    """What a course was on the day of its release; cohorts, tests and certificates point to it."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="versions")
    number = models.CharField(max_length=12)
    released_at = models.DateTimeField()
    manifest = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["course", "released_at", "pk"]
        verbose_name = _("course version")
        verbose_name_plural = _("course versions")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["course", "number"], name="course_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.course.code} {self.number}"

    @property
    def lesson_minutes(self) -> dict[str, int]:
        """Notional minutes by lesson key; a version that does not say counts lessons alike."""
        return self.manifest.get("minutes") or dict.fromkeys(self.manifest.get("lessons", []), 1)


# Where Wagtail's pages keep what they asked of the cache about the site, each for itself.
ROOTS = "_wagtail_cached_site_root_paths"


def remember_roots(page: Page, roots: list[SiteRootPath] | None) -> None:
    """Spare `page` a question when it is asked for its address."""
    if roots is not None:
        setattr(page, ROOTS, roots)


# Of every page. Review and legal caution belong to each language: they are neither.
SAID_OF_PAGES = [*words("title", "seo_title", "search_description"), *facts("slug")]


class EditorialPermissions(PagePermissionTester):
    """English is published by its reviews alone; a translation by who may publish translations.

    Where a translation cites law that nobody has read in English either, by its reviews too.
    """

    def can_publish(self) -> bool:
        return super().can_publish() or self._publishes_translation()

    def _publishes_translation(self) -> bool:
        from modules.courses.law import needs_legal_review  # noqa: PLC0415 (it needs the models)

        if not self.page.pk or self.page.locale.language_code == "en":
            return False
        may = self.user.has_perm("modules.publish_translations")
        return may and not needs_legal_review(self.page.specific)


class ReadablePage(Page):
    """What all our pages share. Slugs are the same in every language: addresses never change."""

    review = models.CharField(
        _("review"),
        max_length=8,
        choices=Review,
        default=Review.DRAFT,
        help_text=_("Set to “reviewed” when a native speaker has read and confirmed this page."),
    )

    settings_panels: ClassVar = [
        *Page.settings_panels,
        HelpPanel(
            _(
                "To keep this page back until a date, open the status panel at the side, choose"
                " “Set schedule” and fill in when it goes live, before you submit it. Once it is"
                " approved, the list of the course shows its title with “from” and the date;"
                " nobody can read it before. Each language has its own date."
            ),
            heading=_("Keep back until a date"),
        ),
        FieldPanel("review"),
    ]
    # Who may read is said by the course alone (`Course.access`), not by Wagtail's page privacy.
    private_page_options: ClassVar[list[str]] = []

    class Meta:
        abstract = True

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        return PageViewRestriction.objects.none()

    def update_aliases(self, **kwargs: Any) -> None:
        """A page that waits for its day has none that are open: Wagtail would open them now."""
        if self.live:
            super().update_aliases(**kwargs)

    def permissions_for_user(self, user: Any) -> EditorialPermissions:
        return EditorialPermissions(user, self)

    @property
    def is_unreviewed_translation(self) -> bool:
        """Whether readers are told that this translation is a draft."""
        return (
            self.review == Review.DRAFT
            and self.alias_of_id is None
            and self.locale.language_code != "en"
        )


class HomePage(ReadablePage):
    """The front page of one language; finds every page below it in one query."""

    lead = models.TextField(
        _("lead"),
        blank=True,
        help_text=_("One or two sentences under the title: what this site is for."),
    )

    translatable_fields: ClassVar = [*SAID_OF_PAGES, *words("lead")]
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("lead")]
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = ["modules.CourseIndexPage"]
    template = "pages/home.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def route(self, request: HttpRequest, path_components: Sequence[str]) -> RouteResult:
        """The page at the whole address at once; Wagtail's own way asks twice per part of it."""
        if not path_components:
            return super().route(request, path_components)
        address = f"{self.url_path}{'/'.join(path_components)}/"
        page = Page.objects.filter(url_path=address, live=True).select_related("locale").first()
        if page is None:
            raise Http404
        return RouteResult(page.specific)


class CourseIndexPage(ReadablePage):
    """The catalogue."""

    intro = models.TextField(_("introduction"), blank=True)

    translatable_fields: ClassVar = [*SAID_OF_PAGES, *words("intro")]
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types: ClassVar = ["modules.HomePage"]
    subpage_types: ClassVar = ["modules.CoursePage"]
    max_count_per_parent = 1
    template = "pages/catalogue.html"

    class Meta:
        verbose_name = _("catalogue")
        verbose_name_plural = _("catalogues")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from modules.courses import showing  # noqa: PLC0415 (it imports pages)

        return {
            **super().get_context(request),
            **showing.catalogue_context(self, request),
            **showing.courses_to_come(self),
        }


class CoursePage(ReadablePage):
    """One course in one language."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="+")
    short_title = models.CharField(max_length=40)
    summary = models.CharField(max_length=400)
    audience = models.TextField(help_text=_("Who this course is for."))
    purpose = models.TextField(blank=True)

    translatable_fields: ClassVar = [
        *SAID_OF_PAGES,
        *words("short_title", "summary", "audience", "purpose"),
        *facts("course"),
    ]
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("short_title"),
        FieldPanel("course"),
        FieldPanel("summary"),
        FieldPanel("audience"),
        FieldPanel("purpose"),
    ]
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("purpose"),
        WordsField("title"),
        WordsField("summary"),
        WordsField("purpose"),
    ]
    parent_page_types: ClassVar = ["modules.CourseIndexPage"]
    subpage_types: ClassVar = ["modules.LessonPage"]
    template = "pages/course.html"

    class Meta:
        verbose_name = _("course page")
        verbose_name_plural = _("course pages")

    @property
    def is_open(self) -> bool:
        """Whether its lessons may be read by anybody at all."""
        return self.live and self.course.status == Course.Status.OPEN

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from modules.courses.showing import course_context  # noqa: PLC0415 (it imports pages)

        return super().get_context(request) | course_context(self, request)


COURSE_AT = Statement(
    lambda: CoursePage.objects.select_related("course").filter(
        path=Slot("path", models.CharField())
    )
)


class LegalCaution(models.TextChoices):
    """What readers of a lesson are told about law that is not settled."""

    PUNJAB_2026 = "punjab-2026", _("show the caution about Punjab’s Labour Code of 2026")
    CLEARED = "cleared", _("cleared: somebody who knows the law has confirmed the lesson")


LEGAL_CAUTIONS: dict[str, Any] = {
    LegalCaution.PUNJAB_2026: _(
        "Law of Punjab: this lesson gives the position under the Ordinance of 1965 and the Domestic"
        " Workers Act of 2019. The Labour Code of 2026 may have changed it; sources disagree on"
        " whether the Code is in force. Ask your legal office before you act on it."
    ),
}


class LessonPage(ReadablePage):
    """One lesson in one language."""

    key = models.SlugField(max_length=80, help_text=_("The same in every language."))
    file_stem = models.CharField(
        max_length=100, blank=True, help_text=_("Name of its file in the library, if it has one.")
    )
    purpose = models.CharField(
        max_length=300, help_text=_("One sentence to the reader: “By the end you can …”.")
    )
    outcomes = models.JSONField(
        default=list, help_text=_("Codes of the outcomes it serves: [“CO1”].")
    )
    minutes = models.PositiveSmallIntegerField(help_text=_("Notional minutes of study."))
    legal_caution = models.CharField(
        _("legal caution"),
        max_length=16,
        choices=LegalCaution,
        blank=True,
        help_text=_(
            "Shown above the lesson in this language until it is cleared. Choose “cleared” only"
            " when a lawyer of the province has read the lesson; empty, if it cites no law in"
            " doubt."
        ),
    )
    body = StreamField(LessonBody(), use_json_field=True)

    translatable_fields: ClassVar = [
        *SAID_OF_PAGES,
        *words("purpose", "body"),
        *facts("key", "file_stem", "outcomes", "minutes"),
    ]
    content_panels: ClassVar = [
        HelpPanel(
            _(
                "A lesson has three parts of text, a figure, a case, practice questions and a"
                " pocket card. Preview shows the real page."
            )
        ),
        *Page.content_panels,
        FieldPanel("purpose"),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        FieldPanel("minutes"),
                        FieldPanel(
                            "outcomes",
                            widget=CodesInput,
                            help_text=_("Codes of the outcomes it serves: CO1, CO2."),
                        ),
                    ]
                ),
                FieldRowPanel([FieldPanel("key"), FieldPanel("file_stem")]),
                FieldPanel("legal_caution"),
            ],
            heading=_("About this lesson"),
        ),
        FieldPanel("body"),
    ]
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("get_search_text"),
        WordsField("title"),
        WordsField("get_search_text"),
    ]
    base_form_class = LessonForm
    parent_page_types: ClassVar = ["modules.CoursePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "pages/lesson.html"

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        permissions: ClassVar = [
            ("read_facilitator_matter", "Can read what is meant for facilitators")
        ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from modules.courses.showing import lesson_context  # noqa: PLC0415 (it imports pages)

        return super().get_context(request) | lesson_context(self, request)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().serve(request, *args, **kwargs)
        remember_choice(request, response)
        return response

    @property
    def legal_caution_text(self) -> str:
        """What readers are told about the law in this lesson; "" when there is nothing to tell."""
        return str(LEGAL_CAUTIONS.get(self.legal_caution, ""))

    @cached_property
    def course_page(self) -> CoursePage:
        """The page of the course this lesson belongs to, with its course; one query."""
        page = COURSE_AT.run(path=self.path[: -Page.steplen])[0]
        remember_roots(page, getattr(self, ROOTS, None))
        return page

    def visible_blocks(self, *, facilitator: bool) -> list[Any]:
        """The blocks that a reader may see; what is for facilitators only with the permission."""
        return [b for b in self.body if facilitator or b.block_type not in FACILITATOR_KINDS]

    def get_search_text(self) -> str:
        """What search may find: never facilitators' matter, nor a question's options or key."""
        parts = [self.purpose]
        for block in self.visible_blocks(facilitator=False):
            if block.block_type != "question":
                parts += block.block.get_searchable_content(block.value)
        return "\n".join(parts)
