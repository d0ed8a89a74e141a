"""The single fields that blocks of a lesson are made of."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from wagtail import blocks
from wagtail_localize.segments import StringSegmentValue

from modules.blocks.markdown import paragraphs, plain, with_paragraphs
from modules.questions.models import Question
from modules.reference.drawings import check_drawing
from modules.reference.models import LegalFigure
from modules.reference.segments import segment


class MarkdownTextarea(forms.Textarea):
    """A text area that `static/js/markdown-editor.js` gives a toolbar and a live preview."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        preview = reverse_lazy("lesson_text_preview")
        ours = {"rows": 8, "class": "markdown-editor", "data-preview": preview}
        super().__init__(ours | (attrs or {}))

    class Media:
        js = ("js/markdown-editor.js",)
        css = {"all": ("css/markdown-editor.css",)}  # noqa: RUF012 (Django's own form)


class MarkdownBlock(blocks.TextBlock):
    """Lesson Markdown. One translation segment per paragraph, list or table."""

    @cached_property
    def field(self) -> forms.Field:
        return forms.CharField(widget=MarkdownTextarea(), **self.field_options)

    def get_translatable_segments(self, value: str) -> list[StringSegmentValue]:
        return [segment(text) for text in paragraphs(value)]

    def restore_translated_segments(self, value: str, segments: list[StringSegmentValue]) -> str:
        """The English `value` with each paragraph said as its segment; they come in any order."""
        ordered = sorted(segments, key=lambda one: one.order)
        return with_paragraphs(value, [one.render_text() for one in ordered])

    def get_searchable_content(self, value: str) -> list[str]:
        return [plain(value)]

    class Meta:
        icon = "pilcrow"


class DrawingBlock(blocks.TextBlock):
    """The text of an SVG drawing; never part of what search finds."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validators=[check_drawing], rows=4, **kwargs)

    def get_searchable_content(self, value: str) -> list[str]:
        return []


class KeyBlock(blocks.ChoiceBlock):
    """Chooses a row of the reference or the bank by the key that is the same in all languages."""

    def normalize_choice(self, value: str) -> str:
        """Keys are texts already; comparing with the choices would cost a query at each reading."""
        return value

    def get_searchable_content(self, value: str) -> list[str]:
        return []

    class Meta:
        icon = "key"


def question_keys() -> list[tuple[str, str]]:
    rows = Question.objects.filter(
        locale__language_code="en", use=Question.Use.PRACTICE, retired=False
    )
    return [(key, key) for key in rows.order_by("key").values_list("key", flat=True)]


def figure_keys() -> list[tuple[str, str]]:
    rows = LegalFigure.objects.filter(locale__language_code="en").order_by("key")
    return [(row.key, str(row)) for row in rows]


class QuestionKeyBlock(KeyBlock):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=question_keys, **kwargs)


class FigureKeyBlock(KeyBlock):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=figure_keys, **kwargs)


class FigureKeysBlock(blocks.ListBlock):
    """Several figures in the order of the author, stored as plain keys.

    Wagtail would give each an id of its own, and the same lesson would differ between databases.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(FigureKeyBlock(), min_num=1, **kwargs)

    def get_prep_value(self, value: Any) -> list[str]:
        return list(value)
