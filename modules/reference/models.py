"""Sources, outcomes, legal figures and glossary terms."""

import re
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import TranslatableMixin
from wagtail.search import index

from modules.reference.dates import in_words, validate_partial_date
from modules.reference.segments import facts, words
from modules.reference.words import WordsField

# Of a source of which nobody said whether it is law, a word like these in its title says so.
LAW = re.compile(
    r"\b(acts?|bill|circulars?|codes?|conventions?|decrees?|laws?|ordinances?|regulations|rules)\b",
    re.IGNORECASE,
)


class Review(models.TextChoices):
    """Whether somebody who speaks the language has confirmed a text."""

    DRAFT = "draft", _("draft, awaiting native review")
    REVIEWED = "reviewed", _("reviewed")


class OncePerLanguage:
    """Mixed into a model with a name that is unique in its language.

    Forms leave that unique pair to the table, because the language is no field of theirs.
    """

    named_by: ClassVar = "key"

    def clean(self) -> None:
        super().clean()  # type: ignore[misc]
        name = {self.named_by: getattr(self, self.named_by)}
        rows: Any = type(self)._default_manager  # type: ignore[attr-defined]
        same = rows.filter(locale=self.locale_id, **name)  # type: ignore[attr-defined]
        if same.exclude(pk=self.pk).exists():  # type: ignore[attr-defined]
            raise ValidationError({self.named_by: TAKEN})


TAKEN = _("This is taken already. Choose another.")


class Source(models.Model):
    """A document that lessons cite by its tag: [E], [W12]."""

    class Confidence(models.TextChoices):
        SOURCE = "source", _("read in full")
        FOUND = "page found", _("page found, perhaps old")
        TO_CHECK = "to check", _("to be checked")

    class Kind(models.TextChoices):
        LAW = "law", _("law, or a report on law")
        OTHER = "other", _("something else")

    tag = models.CharField(max_length=8, unique=True)
    title = models.CharField(max_length=300)
    publisher = models.CharField(max_length=200, blank=True)
    year = models.CharField(max_length=40, blank=True)
    confidence = models.CharField(max_length=12, choices=Confidence, default=Confidence.TO_CHECK)
    kind = models.CharField(
        max_length=8,
        choices=Kind,
        blank=True,
        help_text=_(
            "Lessons that name law go through the legal review. Left open, a word such as Act,"
            " Code or Ordinance in the title makes it law."
        ),
    )
    url = models.URLField(max_length=400, blank=True)
    note = models.TextField(blank=True)

    panels: ClassVar = [
        FieldPanel("tag"),
        FieldPanel("title"),
        FieldPanel("publisher"),
        FieldRowPanel([FieldPanel("year"), FieldPanel("confidence"), FieldPanel("kind")]),
        FieldPanel("url"),
        FieldPanel("note"),
    ]

    class Meta:
        ordering: ClassVar = ["tag"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return f"[{self.tag}] {self.title}"

    @property
    def is_law(self) -> bool:
        if self.kind:
            return self.kind == self.Kind.LAW
        return LAW.search(self.title) is not None


class Outcome(OncePerLanguage, TranslatableMixin, models.Model):
    """What a learner can do after a course. The code is the same in every language."""

    named_by = "code"

    class Level(models.TextChoices):
        """Bloom's levels, as revised in 2001."""

        REMEMBER = "remember", _("remember")
        UNDERSTAND = "understand", _("understand")
        APPLY = "apply", _("apply")
        ANALYSE = "analyse", _("analyse")
        EVALUATE = "evaluate", _("evaluate")
        CREATE = "create", _("create")

    course_code = models.SlugField(max_length=40)
    code = models.CharField(max_length=8)
    level = models.CharField(max_length=12, choices=Level)
    title = models.CharField(max_length=300)

    translatable_fields: ClassVar = [*words("title"), *facts("course_code", "code", "level")]
    panels: ClassVar = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("course_code"), FieldPanel("level")]),
        FieldPanel("title"),
    ]

    class Meta(TranslatableMixin.Meta):
        ordering: ClassVar = ["course_code", "code"]
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "locale"], name="outcome_once_per_language")
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.title}"


class LegalFigure(OncePerLanguage, TranslatableMixin, models.Model):
    """A number of the law with its place and dates. Only label and note are translated.

    A note that is empty in another language is that of the English figure.
    """

    key = models.CharField(max_length=80)
    label = models.CharField(max_length=200)
    jurisdiction = models.CharField(max_length=8, help_text=_("ISO 3166 code: PK-PB, KH."))
    value = models.CharField(max_length=40, help_text=_("A plain number: 22000 or 2.6."))
    unit = models.CharField(max_length=80)
    valid_from = models.CharField(max_length=10, blank=True, validators=[validate_partial_date])
    valid_to = models.CharField(max_length=10, blank=True, validators=[validate_partial_date])
    basis = models.CharField(_("legal basis"), max_length=300)
    source = models.CharField(max_length=80, help_text=_("Source tags: [W20][W21]."))
    checked_on = models.DateField(_("last checked"))
    note = models.TextField(blank=True)

    translatable_fields: ClassVar = [
        *words("label", "note"),
        *facts("key", "jurisdiction", "value", "unit", "valid_from", "valid_to"),
        *facts("basis", "source", "checked_on"),
    ]
    panels: ClassVar = [
        FieldPanel("key"),
        FieldPanel("label"),
        FieldRowPanel([FieldPanel("value"), FieldPanel("unit"), FieldPanel("jurisdiction")]),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
        MultiFieldPanel(
            [FieldPanel("basis"), FieldPanel("source"), FieldPanel("checked_on")],
            heading=_("Evidence"),
        ),
        FieldPanel("note"),
    ]

    class Meta(TranslatableMixin.Meta):
        ordering: ClassVar = ["key"]
        verbose_name = _("legal figure")
        verbose_name_plural = _("legal figures")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "locale"], name="figure_once_per_language")
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.value} {self.unit}"

    @property
    def as_of(self) -> str:
        """The day, month or year from which the figure held, in words."""
        return in_words(self.valid_from, get_language() or "en")


class GlossaryTerm(OncePerLanguage, TranslatableMixin, index.Indexed, models.Model):
    """A term of the field. The key is the English term; other languages add their form of it.

    How sure the form is says `confidence`; whether the meaning was confirmed, `review`.
    """

    class Confidence(models.TextChoices):
        FOUND = "found", _("seen in use")
        GENERAL = "general knowledge", _("usual translation, to be confirmed")
        DRAFT = "draft", _("draft, awaiting native review")

    key = models.CharField(max_length=80)
    term = models.CharField(max_length=160)
    abbreviation = models.CharField(max_length=40, blank=True)
    definition = models.TextField(blank=True)
    source = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=300, blank=True)
    confidence = models.CharField(max_length=20, choices=Confidence, default=Confidence.DRAFT)
    review = models.CharField(
        _("review of the meaning"),
        max_length=8,
        choices=Review,
        default=Review.DRAFT,
        help_text=_("Set to “reviewed” when a native speaker has read and confirmed the meaning."),
    )

    # Each language says for itself where its form was seen and how sure it is.
    translatable_fields: ClassVar = [*words("term", "abbreviation", "definition"), *facts("key")]
    search_fields: ClassVar = [
        index.SearchField("term"),
        index.SearchField("definition"),
        WordsField("term"),
        WordsField("abbreviation"),
        WordsField("definition"),
        index.FilterField("locale_id"),
    ]
    panels: ClassVar = [
        FieldPanel("key"),
        FieldRowPanel([FieldPanel("term"), FieldPanel("abbreviation")]),
        FieldPanel("definition"),
        FieldPanel("review", permission="modules.publish_translations"),
        FieldRowPanel([FieldPanel("confidence"), FieldPanel("source")]),
        FieldPanel("note"),
    ]

    class Meta(TranslatableMixin.Meta):
        ordering: ClassVar = ["key"]
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "locale"], name="term_once_per_language")
        ]

    def __str__(self) -> str:
        return self.term

    @property
    def anchor(self) -> str:
        """The name of this entry inside the glossary page, the same in every language."""
        return slugify(self.key)

    @property
    def has_draft_meaning(self) -> bool:
        """Whether readers are told that nobody confirmed this translation of the meaning."""
        is_translation = bool(self.definition) and self.locale.language_code != "en"
        return is_translation and self.review == Review.DRAFT

    def copy_for_translation(self, *args: Any, **kwargs: Any) -> "GlossaryTerm":
        """A draft: nobody has seen its form in the other language yet."""
        copy = super().copy_for_translation(*args, **kwargs)
        copy.confidence, copy.review = self.Confidence.DRAFT, Review.DRAFT
        copy.source, copy.note = "", ""
        return copy
