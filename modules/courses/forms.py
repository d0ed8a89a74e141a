"""The form of a lesson in Wagtail's admin."""

import json
import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from modules.reference.lists import listed
from modules.reference.models import TAKEN, Outcome


class CodesInput(forms.TextInput):
    """A list of codes, typed in one line: "CO1, CO2"."""

    def format_value(self, value: Any) -> str:
        return ", ".join(re.findall(r"[\w-]+", value or ""))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        return json.dumps(re.findall(r"[\w-]+", data.get(name) or ""))


class LessonForm(WagtailAdminPageForm):
    """Sees what the lesson alone cannot: its sisters, and the outcomes of its course."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        sisters = type(self.instance).objects.child_of(self.parent_page)
        others = sisters.exclude(pk=self.instance.pk)
        if others.filter(key=cleaned.get("key")).exists():
            self.add_error("key", TAKEN)
        if unknown := self._unknown(cleaned.get("outcomes") or []):
            problem = _("This course has no such outcome: {codes}.")
            self.add_error("outcomes", problem.format(codes=listed(unknown)))
        return cleaned

    def _unknown(self, codes: list[str]) -> list[str]:
        course = self.parent_page.specific.course
        known = Outcome.objects.filter(course_code=course.code, code__in=codes)
        return [code for code in codes if code not in set(known.values_list("code", flat=True))]
