"""The forms of questions in and out."""

from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from modules.interchange.detecting import format_of
from modules.interchange.exporting import ALL
from modules.interchange.formats import FORMATS
from modules.interchange.planning import CHANGE, LEAVE, Upload
from modules.questions.models import Question
from modules.questions.shapes import SOURCE
from modules.reference.models import Outcome

MEGABYTE = 1024 * 1024
LONGEST_NAME = 120


def outcomes_by_course() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    rows = Outcome.objects.filter(locale__language_code=SOURCE).order_by("course_code", "code")
    courses: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        courses.setdefault(row.course_code, []).append((row.code, str(row)))
    yield "", [("", str(_("Choose …")))]
    yield from courses.items()


class ImportForm(forms.Form):
    """A file in a format that can be told, and what holds where it says nothing."""

    file = forms.FileField(
        label=_("File"),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )
    format = forms.ChoiceField(
        label=_("Format"),
        required=False,
        choices=lambda: (
            [("", _("As the file shows"))] + [(f.name, f.title) for f in FORMATS.values()]
        ),
    )
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=outcomes_by_course,
        help_text=_("For questions that name none, or one that is not known here."),
    )
    level = forms.ChoiceField(
        label=_("Level"), choices=Outcome.Level.choices, initial=Outcome.Level.UNDERSTAND
    )
    use = forms.ChoiceField(
        label=_("Use"), choices=Question.Use.choices, initial=Question.Use.PRACTICE
    )
    known = forms.ChoiceField(
        label=_("Questions whose key the bank knows"),
        choices=[(CHANGE, _("get a new draft")), (LEAVE, _("stay as they are"))],
        initial=CHANGE,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        size = settings.QUESTION_FILE_LARGEST // MEGABYTE
        self.fields["file"].help_text = _("At most {n} MB.").format(n=size)
        self.data_read = b""

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        largest = settings.QUESTION_FILE_LARGEST
        if file.size and file.size > largest:
            raise forms.ValidationError(
                _("The file is larger than {n} MB. Divide it.").format(n=largest // MEGABYTE)
            )
        self.data_read = file.read(largest + 1)
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.data_read and not cleaned.get("format"):
            cleaned["format"] = format_of(self.data_read)
            if not cleaned["format"] and "format" not in self.errors:
                self.add_error("format", _("The file does not show its format. Choose it."))
        return cleaned

    @property
    def upload(self) -> Upload:
        """Of a valid form."""
        said = self.cleaned_data
        name = PurePath(said["file"].name or "").name[-LONGEST_NAME:]
        facts = {field: said[field] for field in ("format", "outcome", "level", "use", "known")}
        return Upload(data=self.data_read, name=name, **facts)


class ExportForm(forms.Form):
    format = forms.ChoiceField(
        label=_("Format"), choices=lambda: [(f.name, f.title) for f in FORMATS.values()]
    )
    lang = forms.ChoiceField(
        label=_("Language"),
        choices=lambda: [*settings.LANGUAGES, (ALL, _("all, where the format can hold them"))],
        initial=SOURCE,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        name = cleaned.get("format")
        if name and cleaned.get("lang") == ALL and not FORMATS[name].many_languages:
            several = ", ".join(form.title for form in FORMATS.values() if form.many_languages)
            said = _("This format holds one language. Choose one, or one of: {formats}.")
            self.add_error("lang", str(said).format(formats=several))
        return cleaned
