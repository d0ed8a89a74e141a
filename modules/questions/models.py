"""Questions as authors write them, and the frozen versions that results refer to."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel
from wagtail.fields import StreamField
from wagtail.models import (
    DraftStateMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)

from modules.questions.definitions import DefinitionError, from_tables, without_usual_marking
from modules.questions.editors import DefinitionBlock, as_plain, in_words_of
from modules.questions.kinds import kind_of
from modules.questions.shapes import SOURCE
from modules.reference.models import OncePerLanguage, Outcome, Review
from modules.reference.segments import facts, words


class State(models.TextChoices):
    """How far a question is. What readers get is `LIVE`."""

    DRAFT = "draft", _("draft")
    REVIEWED = "reviewed", _("reviewed")
    LIVE = "live", _("live")
    RETIRED = "retired", _("retired")


class QuestionQuerySet(models.QuerySet["Question"]):
    def asked(self) -> "QuestionQuerySet":
        """Those that readers may still get: published, and not retired in English."""
        return self.filter(~Exists(self._retired()), live=True)

    def with_state(self) -> "QuestionQuerySet":
        """Adds `state`; a translation is retired with its English question."""
        return self.annotate(
            state=Case(
                When(Exists(self._retired()), then=Value(State.RETIRED)),
                When(live=True, then=Value(State.LIVE)),
                When(review=Review.REVIEWED, then=Value(State.REVIEWED)),
                default=Value(State.DRAFT),
            )
        )

    def tagged(self, tag: str) -> "QuestionQuerySet":
        """Those that have `tag` among their tags."""
        alone, first = Q(tags__iexact=tag), Q(tags__istartswith=f"{tag}, ")
        last, between = Q(tags__iendswith=f", {tag}"), Q(tags__icontains=f", {tag}, ")
        return self.filter(alone | first | last | between)

    @staticmethod
    def _retired() -> models.QuerySet["Question"]:
        return Question.objects.filter(
            key=OuterRef("key"), locale__language_code=SOURCE, retired=True
        )


class Question(
    OncePerLanguage,
    WorkflowMixin,
    DraftStateMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    models.Model,
):
    """A question in one language. Which answer is right is read from the English one alone."""

    class Use(models.TextChoices):
        PRACTICE = "practice", _("practice")
        TEST = "test", _("test")

    key = models.SlugField(
        _("key"), max_length=80, help_text=_("The same in every language, for ever.")
    )
    outcome = models.CharField(
        _("outcome"), max_length=8, help_text=_("Code of the outcome, such as CO1.")
    )
    level = models.CharField(_("level"), max_length=12, choices=Outcome.Level)
    use = models.CharField(_("use"), max_length=8, choices=Use, default=Use.PRACTICE)
    definition = StreamField(DefinitionBlock(), verbose_name=_("question"))
    review = models.CharField(_("review"), max_length=8, choices=Review, default=Review.DRAFT)
    expected = models.PositiveSmallIntegerField(
        _("expected right answers"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("Your estimate: of 100 prepared learners, how many answer it rightly?"),
    )
    tags = models.CharField(
        _("tags"),
        max_length=200,
        blank=True,
        help_text=_("Words to find it by, with commas: law, numbers."),
    )
    author = models.CharField(
        _("author"),
        max_length=120,
        blank=True,
        help_text=_("Who wrote it. Only editors see the name."),
    )
    retired = models.BooleanField(
        _("retired"),
        default=False,
        help_text=_("No longer asked, neither in lessons nor in tests. Results keep it."),
    )

    objects = QuestionQuerySet.as_manager()
    # While it is typed, the preview says what is missing; a form that is saved is refused.
    is_being_typed = False

    translatable_fields: ClassVar = [
        *words("definition"),
        *facts("key", "outcome", "level", "use", "expected", "tags", "author", "retired"),
    ]
    panels: ClassVar = [
        HelpPanel(
            _(
                "Nobody loses a mark by your edit: a question that was used in a test is kept as"
                " it was then, and the new wording becomes a new version."
            )
        ),
        FieldPanel("key"),
        FieldRowPanel([FieldPanel("outcome"), FieldPanel("level"), FieldPanel("use")]),
        FieldPanel("definition"),
        FieldRowPanel([FieldPanel("expected"), FieldPanel("tags"), FieldPanel("author")]),
        FieldRowPanel([FieldPanel("review"), FieldPanel("retired")]),
    ]

    class Meta(TranslatableMixin.Meta):
        ordering: ClassVar = ["key"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "locale"], name="question_once_per_language"),
            models.CheckConstraint(
                condition=Q(expected__isnull=True) | Q(expected__lte=100),
                name="question_expected_per_cent",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def kind(self) -> str:
        """The kind, which is the name of the one block in `definition`."""
        return self.definition[0].block_type

    @property
    def language(self) -> str:
        """Its code; "" as long as nobody said."""
        return self.locale.language_code if self.locale_id else ""

    @property
    def tag_list(self) -> list[str]:
        return in_order(self.tags.split(","))

    @property
    def table(self) -> dict[str, Any]:
        """The question as the table of a library file, without what is beside the definition."""
        fields = as_plain(self.definition[0].value)
        return {"kind": self.kind, **without_usual_marking(self.kind, fields)}

    def copy_for_translation(self, *args: Any, **kwargs: Any) -> "Question":
        """A draft, whatever was confirmed of this one."""
        copy = super().copy_for_translation(*args, **kwargs)
        copy.review = Review.DRAFT
        return copy

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """The languages there are of it, its own first."""
        own = self.language or SOURCE
        rows = Question.objects.filter(translation_key=self.translation_key)
        there = set(rows.values_list("locale__language_code", flat=True))
        names = dict(settings.LANGUAGES)
        return [(lang, names[lang]) for lang in names if lang == own] + [
            (lang, names[lang]) for lang in names if lang in there - {own}
        ]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        # It stands above the models, whose rows it reads.
        from modules.questions.previewing import preview  # noqa: PLC0415

        return preview(self, request, mode_name)

    def clean(self) -> None:
        super().clean()
        self.tags = ", ".join(self.tag_list)
        if self.definition and self.language == SOURCE and not self.is_being_typed:
            try:
                check_table(self.table)
            except DefinitionError as error:
                raise ValidationError({"definition": in_words_of(self.kind, str(error))})


def in_order(tags: Iterable[str]) -> list[str]:
    """Each tag once, without spaces around it."""
    return list(dict.fromkeys(tag for tag in (" ".join(one.split()) for one in tags) if tag))


def check_table(english: dict[str, Any]) -> None:
    """Raises `DefinitionError` when the English table of a question cannot be marked."""
    definition = from_tables(english, {})
    kind_of(definition).check(definition)


class QuestionVersion(models.Model):
    """A question as it was when first used; never changed, shown as “17.3”."""

    key = models.SlugField(max_length=80)
    n = models.PositiveIntegerField()
    content = models.JSONField()
    structure_sha = models.CharField(max_length=64)
    sha = models.CharField(max_length=64)
    frozen_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["key", "n"]
        verbose_name = _("question version")
        verbose_name_plural = _("question versions")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "n"], name="version_number_once"),
            models.UniqueConstraint(fields=["key", "sha"], name="version_content_once"),
        ]

    def __str__(self) -> str:
        return f"{self.key}.{self.n}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A frozen question is never changed; freeze the question again.")
        super().save(*args, **kwargs)
