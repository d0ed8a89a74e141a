"""Whether a native speaker has confirmed the texts of the site itself, language by language.

English is what everything is translated from and needs nobody's word. What lessons, terms and
questions say has marks of its own.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from modules.reference.dates import in_words
from modules.reference.models import Review


class InterfaceTranslation(models.Model):
    """One language of the interface: a draft, or confirmed by somebody on a day."""

    language = models.CharField(max_length=8, unique=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    confirmed_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["language"]
        verbose_name = _("interface translation")
        verbose_name_plural = _("interface translations")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | Q(confirmed_on__isnull=False),
                name="who_confirms_does_so_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return str(get_language_info(self.language)["name_translated"])

    @property
    def state(self) -> str:
        """Draft, or who confirmed it when; the account may be gone by now."""
        if self.confirmed_on is None:
            return str(Review.DRAFT.label)
        day = in_words(self.confirmed_on.isoformat(), get_language() or "en")
        if self.confirmed_by is None:
            return str(_("confirmed on {day}")).format(day=day)
        return str(_("confirmed by {name} on {day}")).format(name=self.confirmed_by, day=day)


def list_languages() -> int:
    """Make a row for each language of the site that has none; returns how many are new."""
    codes = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    made = [InterfaceTranslation.objects.get_or_create(language=code)[1] for code in codes]
    return sum(made)


def confirmations(language: str | OuterRef) -> models.QuerySet[InterfaceTranslation]:
    """The row that says `language` is confirmed, or none."""
    return InterfaceTranslation.objects.filter(language=language, confirmed_on__isnull=False)


def is_draft(language: str) -> bool:
    """Whether readers of `language` must be told that nobody confirmed its texts; one query."""
    return language != settings.LANGUAGE_CODE and not confirmations(language).exists()
