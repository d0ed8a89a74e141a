"""The forms of coursework: writing it, rating it, and giving time."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learning.coursework.files import BadUpload, Checked, check_upload
from modules.coursework.models import FileType
from modules.questions.inputs import CRITERION, typed
from modules.questions.kinds.essay import LONGEST
from modules.questions.rubrics import Criterion, Rating
from modules.reference.lists import listed

LONGEST_COMMENT = 2_000  # characters
LONGEST_REASON = 300


class WorkForm(forms.Form):
    """Text, a file, or both, as the task takes them. `checked` is the file that may be kept."""

    text = forms.CharField(
        label=_("Your text"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 16, "dir": "auto"}),
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        error_messages={"empty": _("The file is empty.")},
    )
    drop = forms.BooleanField(label=_("Remove the file"), required=False)

    def __init__(self, *args: Any, terms: dict[str, Any], has_file: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.terms = terms
        self.checked: Checked | None = None
        if terms["handed_in_as"] == "file":
            del self.fields["text"]
        if terms["handed_in_as"] == "text":
            del self.fields["file"]
        if not has_file:
            del self.fields["drop"]
        if "file" in self.fields:
            self._describe_file(has_file=has_file)

    def _describe_file(self, *, has_file: bool) -> None:
        types = [FileType(one) for one in self.terms["file_types"]]
        said = gettext("{types}, at most {n} MB.").format(
            types=listed(str(one.label) for one in types), n=self.terms["most_mb"]
        )
        if has_file:
            said += " " + gettext("A new file takes the place of the one before.")
        field = self.fields["file"]
        field.help_text = said
        field.widget.attrs["accept"] = ",".join(f".{one}" for one in types)

    def clean_text(self) -> str:
        return typed(self.cleaned_data["text"])

    def clean_file(self) -> UploadedFile | None:
        file = self.cleaned_data["file"]
        if file:
            try:
                self.checked = check_upload(file, self.terms["file_types"], self.terms["most_mb"])
            except BadUpload as refusal:
                raise forms.ValidationError(str(refusal))
        return file


class RatingForm(forms.Form):
    """A level in each criterion, and words; the id makes sending twice the same as once."""

    fact = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        criteria: Sequence[Criterion],
        comment: str = "",
        reason: str = "",
        initial: Rating | None = None,
    ) -> None:
        chosen = {CRITERION + key: points for key, points in (initial or {}).items()}
        super().__init__(data, initial={"fact": uuid.uuid4(), **chosen})
        self.criteria = criteria
        for one in criteria:
            self.fields[CRITERION + one.key] = forms.ChoiceField(
                label=one.text,
                choices=[(level.points, level.text) for level in one.levels],
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Choose a level."),
                    "invalid_choice": _("Choose one of the levels."),
                },
            )
        for name, label, longest in (
            ("comment", comment, LONGEST_COMMENT),
            ("reason", reason, LONGEST_REASON),
        ):
            if label:
                self.fields[name] = forms.CharField(
                    label=label,
                    max_length=longest,
                    widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
                )

    @property
    def rating(self) -> dict[str, str]:
        """Of a form that is valid."""
        return {one.key: self.cleaned_data[CRITERION + one.key] for one in self.criteria}

    @property
    def fact_id(self) -> uuid.UUID:
        return self.cleaned_data.get("fact") or uuid.uuid4()

    @property
    def rows(self) -> list[tuple[Criterion, Any]]:
        """Each criterion with its field, as the page shows it."""
        return [(one, self[CRITERION + one.key]) for one in self.criteria]


class DeadlineForm(forms.Form):
    """Until when a cohort, or one person, hands in: to the end of a day."""

    day = forms.DateField(
        label=_("Last day to hand in"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Empty: no limit; work is given to others as soon as it is handed in."),
    )
    reason = forms.CharField(label=_("Reason"), required=False, max_length=LONGEST_REASON)

    @property
    def due_at(self) -> dt.datetime | None:
        """Of a form that is valid."""
        day = self.cleaned_data["day"]
        last = dt.time(23, 59, 59)
        return timezone.make_aware(dt.datetime.combine(day, last)) if day else None
