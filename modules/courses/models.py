"""The pages that people read."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page


class Review(models.TextChoices):
    """Whether somebody who speaks the language has confirmed a text."""

    DRAFT = "draft", _("draft, awaiting native review")
    REVIEWED = "reviewed", _("reviewed")


class ReadablePage(Page):
    """What all our pages share. Slugs are the same in every language: addresses never change."""

    review = models.CharField(
        _("review"),
        max_length=8,
        choices=Review,
        default=Review.DRAFT,
        help_text=_("Set to “reviewed” when a native speaker has read and confirmed this page."),
    )

    settings_panels: ClassVar = [*Page.settings_panels, FieldPanel("review")]

    class Meta:
        abstract = True

    @property
    def is_unreviewed_translation(self) -> bool:
        """Whether readers are told that this translation is a draft."""
        return (
            self.review == Review.DRAFT
            and self.alias_of_id is None
            and self.locale.language_code != "en"
        )


class HomePage(ReadablePage):
    """The front page of one language."""

    lead = models.TextField(
        _("lead"),
        blank=True,
        help_text=_("One or two sentences under the title: what this site is for."),
    )

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("lead")]
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = []
    template = "pages/home.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")
