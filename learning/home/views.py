"""“My learning”."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.models import Locale

from learning.home.continuing import home_view
from learning.people.models import User
from modules.courses.models import HomePage


@never_cache
@login_required
@require_safe
def my_learning(request: HttpRequest) -> HttpResponse:
    """The courses one has started, with progress, and the way to one's data."""
    home = get_object_or_404(HomePage.objects.live(), locale=Locale.get_active())
    view = home_view(home, cast("User", request.user).person, request)
    started = [line for line in view.lines if line.done is not None]
    return render(request, "pages/me.html", {"started": started, "view": view})
