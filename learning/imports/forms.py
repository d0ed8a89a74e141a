"""The forms of rosters: the file and what it is for, who a row means, and the number of letters."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from learning.enrolment.enrolling import self_paced_code, self_paced_programme
from learning.imports.errors import BadFile
from learning.imports.matching import ANOTHER, Question
from learning.imports.permissions import countries_for_rosters_of, programmes_for_rosters_of
from learning.imports.planning import Target
from learning.imports.reading import LARGEST, Table, read_table
from learning.people.models import User, name_in
from learning.people.person_forms import LanguageField
from modules.courses.models import Course, CourseVersion


class VersionField(forms.ModelChoiceField):
    """Released versions of open courses, the newest of each course first."""

    def __init__(self, **kwargs: Any) -> None:
        versions = CourseVersion.objects.filter(course__status=Course.Status.OPEN)
        ordered = versions.select_related("course").order_by("course__number", "-released_at")
        super().__init__(ordered, **kwargs)

    def label_from_instance(self, version: CourseVersion) -> str:
        titles = version.manifest.get("titles", {})
        return f"{name_in(titles) or version.course.code} {version.number}"


class UploadForm(forms.Form):
    """A file that can be read, and what its people are enrolled in."""

    file = forms.FileField(
        label=_("The list"),
        help_text=_("XLSX, or CSV with commas, semicolons or tabs. At most 5 MB and 5,000 people."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
        error_messages={
            "required": _("Choose the file with the list."),
            "empty": _("The file is empty."),
        },
    )
    version = VersionField(label=_("Course"), empty_label=_("Choose …"))
    programme = forms.ChoiceField(
        label=_("Programme"),
        help_text=_("It counts these people, and issues their certificates."),
    )
    language = LanguageField(
        label=_("Language of letters and slips"),
        help_text=_("For people whose row names no language."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = Table([])
        self.countries = {
            self_paced_code(area.code): area for area in countries_for_rosters_of(user)
        }
        administered = programmes_for_rosters_of(user).exclude(code__in=self.countries)
        self.programmes = {programme.code: programme for programme in administered}
        self.fields["programme"].choices = list(self.offered())  # type: ignore[attr-defined]
        self.fields["programme"].initial = self.own_programme(user)
        self.fields["language"].initial = get_language()

    def offered(self) -> Iterator[tuple[str, str]]:
        for code, country in self.countries.items():
            yield code, str(_("Self-paced courses, {country}")).format(country=country)
        for code, programme in self.programmes.items():
            yield code, str(programme)

    def own_programme(self, user: User) -> str:
        """That of the country the user works in, if she says where."""
        place = user.person.area_of_work if user.person else None
        return self_paced_code(place.country_code) if place else ""

    def clean_file(self) -> UploadedFile:
        """Reads the file, and forgets it: from here on there are rows of text."""
        file: UploadedFile = self.cleaned_data["file"]
        try:
            self.table = read_table(file.read(LARGEST + 1))
        except BadFile as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return file

    @property
    def target(self) -> Target:
        """Of a valid form; makes the programme of a country when it is first needed."""
        code = self.cleaned_data["programme"]
        programme = self.programmes.get(code) or self_paced_programme(self.countries[code])
        return Target(programme, self.cleaned_data["version"])


class ChoicesForm(forms.Form):
    """Who some rows mean; leaving one open is fine."""

    def __init__(self, data: Any, *, questions: Sequence[Question]) -> None:
        super().__init__(data, prefix="row")
        for question in questions:
            keys = [ANOTHER, *(candidate.key for candidate in question.candidates)]
            self.fields[str(question.row.row)] = forms.ChoiceField(
                choices=[(key, key) for key in keys], required=False
            )

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen, by row number, of a form that is valid."""
        return {row: key for row, key in self.cleaned_data.items() if key}


class LettersForm(forms.Form):
    """Whether to send the letters that wait; many of them only with their number typed."""

    send = forms.BooleanField(required=False)
    number = forms.IntegerField(required=False, min_value=0)

    def __init__(self, *args: Any, letters: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.letters = min(letters, settings.LETTERS_AT_ONCE)
        self.later = letters - self.letters
        self.fields["send"].label = _("Send the letters now")
        if not self.asks_number:
            del self.fields["number"]

    @property
    def asks_number(self) -> bool:
        return self.letters > settings.LETTERS_ASK_ABOVE

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("send") and self.asks_number and cleaned.get("number") != self.letters:
            words = _("Type {n}, the number of letters, so that they are not sent by mistake.")
            self.add_error("number", str(words).format(n=self.letters))
        return cleaned
