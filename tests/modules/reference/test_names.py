"""Names that stand once in a language: forms say so before the table does."""

import datetime as dt

import pytest
from django.urls import reverse
from wagtail.models import Locale

from learning.people.models import Role
from learning.people.roles import grant_role
from modules.reference.models import LegalFigure
from tests.cast import sign_in

pytestmark = pytest.mark.django_db

FIGURE = {
    "key": "pk.limit",
    "label": "Limit",
    "jurisdiction": "PK",
    "value": "100",
    "unit": "PKR per month",
    "basis": "Act",
    "source": "[E]",
    "checked_on": dt.date(2026, 11, 12),
}


def test_a_second_figure_of_one_key_is_refused_with_a_reason(client, cast):
    grant_role(cast.author, Role.AUTHOR, cast.pakistan)
    sign_in(client, cast.author)
    english = Locale.objects.get(language_code="en")
    LegalFigure.objects.create(locale=english, **FIGURE)

    answer = client.post(reverse("wagtailsnippets_modules_legalfigure:add"), FIGURE)

    assert answer.status_code == 200
    assert "This is taken already. Choose another." in answer.content.decode()
    assert LegalFigure.objects.count() == 1
