"""The page in Wagtail's admin that removes the second factor of somebody locked out."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from learning.people.admin_forms import ReasonForm
from learning.people.models import User
from learning.people.permissions import people_managed_by
from learning.people.recovering import check_removable, remove_second_factors


@never_cache
@require_http_methods(["GET", "POST"])
def person_second_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Explains what will happen, asks for a reason, and at a POST with one removes."""
    account = cast("User", request.user)  # the admin is open to accounts alone
    person = get_object_or_404(people_managed_by(account), pk=pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    problem = ""
    try:
        check_removable(person)
        if form.is_valid():
            remove_second_factors(person, by=account, reason=form.cleaned_data["reason"])
            messages.success(
                request,
                _("The second factor of {name} is removed.").format(name=person),
            )
            return redirect("people:edit", person.pk)
    except ValidationError as error:
        problem = error.messages[0]
    context = {"person": person, "form": form, "problem": problem}
    return render(request, "people/person_second_factor.html", context)
