"""The forms of lists of results: the file, and what the person saw before she imports it."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from learning.imports.errors import BadFile
from learning.imports.reading import LARGEST, Table, read_table

MOST_ROWS = 500  # of one session; more people than any room holds


class AnswersForm(forms.Form):
    """A file that can be read as a list of results."""

    file = forms.FileField(
        label=_("The list"),
        help_text=_("XLSX, or CSV with commas, semicolons or tabs. At most 5 MB and 500 rows."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
        error_messages={
            "required": _("Choose the file with the list."),
            "empty": _("The file is empty."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = Table([])

    def clean_file(self) -> UploadedFile:
        """Reads the file, and forgets it: from here on there are rows of text."""
        file: UploadedFile = self.cleaned_data["file"]
        try:
            self.table = read_table(file.read(LARGEST + 1))
        except BadFile as refusal:
            raise forms.ValidationError(str(refusal)) from None
        if len(self.table.rows) > MOST_ROWS + 1:
            words = _("The list has more than {n} rows. Are these the results of one session?")
            raise forms.ValidationError(str(words).format(n=MOST_ROWS))
        return file


class SeenForm(forms.Form):
    """Carries the stamp of the dry run that the person looked at."""

    seen = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
