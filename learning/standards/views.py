"""Studies of pass marks: beginning one, its panel and estimates, using its cut, the border."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learning.cascade.question_sheets import asked_on_paper, key_of
from learning.people.models import User
from learning.reporting.views import page_of
from learning.reporting.writing import file_of
from learning.standards.bordering import border_of
from learning.standards.deciding import rule_until, use_cut
from learning.standards.errors import CannotStudy
from learning.standards.estimating import estimates_of, record_estimates
from learning.standards.fetching import judge_of, refuse_others, round_asked, study_to_run
from learning.standards.forms import DecisionForm, EstimatesForm, ListForm, PanelForm, StudyForm
from learning.standards.models import Round, Study
from learning.standards.showing import Shown, shown_of
from learning.standards.studying import add_judges, begin_study, panel_of, remove_judge
from learning.standards.tables import (
    agreement_in_words,
    border_table,
    cut_table,
    exactness_in_words,
    judges_table,
    questions_table,
)

READS_AND_WRITES = ["GET", "HEAD", "POST"]


@never_cache
@login_required
@require_safe
def standards(request: HttpRequest) -> HttpResponse:
    """All studies, the newest first."""
    refuse_others(request)
    found = Study.objects.select_related("course_version__course")
    context = {"studies": found.prefetch_related("judges", "decisions")}
    return render(request, "standards/index.html", context)


@never_cache
@login_required
@require_http_methods(READS_AND_WRITES)
def standard_begin(request: HttpRequest) -> HttpResponse:
    """Begins a study of the forms of a course version as they are now."""
    refuse_others(request)
    form = StudyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            by = cast("User", request.user)
            study = begin_study(data["version"], data["labels"], data["name"], by)
            return redirect("standard", study.uuid)
        except CannotStudy as refused:
            form.add_error(None, str(refused))
    status = 400 if form.errors else 200
    return render(request, "standards/begin.html", {"form": form}, status=status)


@never_cache
@login_required
@require_safe
def standard(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What a panel estimated: the cut with its error, judges, questions, decisions."""
    shown = shown_of(study_to_run(request, uuid))
    tables = tables_of(shown)
    if "file" in request.GET:
        return file_of(request.GET["file"], list(tables.values()))
    return render(request, "standards/study.html", page_context(shown))


def tables_of(shown: Shown) -> dict:
    language = get_language() or "en"
    return {
        "cut": cut_table(shown.study, shown.rounds),
        "judges": judges_table(shown.study, shown.judges, shown.rounds),
        "questions": questions_table(shown.study, shown.panel, shown.rounds, language),
    }


def page_context(shown: Shown, panel_form: PanelForm | None = None) -> dict:
    return {
        "study": shown.study,
        "shown": shown,
        "tables": tables_of(shown),
        "rounds": [(one, shown.rounds[one]) for one in Round],
        "agreement": agreement_in_words(shown.agreement),
        "decisions": shown.study.decisions.select_related("by__person"),
        "panel_form": panel_form or PanelForm(),
        "list_form": ListForm(),
    }


@never_cache
@login_required
@require_POST
def standard_judges(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Adds judges to the panel."""
    study = study_to_run(request, uuid)
    form = PanelForm(request.POST)
    if form.is_valid():
        try:
            add_judges(study, form.cleaned_data["names"], form.people)
            return redirect("standard", study.uuid)
        except CannotStudy as refused:
            form.add_error("names", str(refused))
    context = page_context(shown_of(study), form)
    return render(request, "standards/study.html", context, status=400)


@never_cache
@login_required
@require_POST
def standard_remove(request: HttpRequest, uuid: UUID, judge: int) -> HttpResponse:
    """Takes a judge off the panel; adding the name again brings back what she estimated."""
    study = study_to_run(request, uuid)
    leaving = judge_of(study, judge)
    remove_judge(leaving)
    words = _("{judge} counts no more. Add the name again to bring back the estimates.")
    messages.success(request, words.format(judge=leaving))
    return redirect("standard", study.uuid)


@never_cache
@login_required
@require_http_methods(READS_AND_WRITES)
def standard_estimates(request: HttpRequest, uuid: UUID, judge: int, round: int) -> HttpResponse:  # noqa: A002
    """The estimates of one judge in one round, question by question."""
    study, round_ = study_to_run(request, uuid), round_asked(round)
    who, panel = judge_of(study, judge), panel_of(study)
    posted = request.POST if request.method == "POST" else None
    form = EstimatesForm(posted, who, panel, estimates_of(study, round_))
    if form.is_valid():
        n = record_estimates(study, round_, form.asked, cast("User", request.user))
        words = ngettext("{n} estimate saved.", "{n} estimates saved.", n)
        messages.success(request, words.format(n=n))
        return redirect("standard", study.uuid)
    language = get_language() or "en"
    lines = [
        (asked_on_paper(question, language), key_of(question, language), form[f"q{position}"])
        for question, position in zip(panel.questions, panel.positions, strict=True)
    ]
    context = {"study": study, "judge": who, "round": round_, "form": form, "lines": lines}
    status = 400 if form.errors else 200
    return render(request, "standards/estimates.html", context, status=status)


@never_cache
@login_required
@require_http_methods(READS_AND_WRITES)
def standard_use(request: HttpRequest, uuid: UUID, round: int) -> HttpResponse:  # noqa: A002
    """Shows what a cut would change, and makes it the pass mark for a reason."""
    study, round_ = study_to_run(request, uuid), round_asked(round)
    found = shown_of(study).rounds[round_]
    if found.pass_mark is None:
        raise Http404
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        day, reason = form.cleaned_data["effective_from"], form.cleaned_data["reason"]
        try:
            use_cut(study, round_, found, day, reason, cast("User", request.user))
            messages.success(request, _("The pass mark is set from the day you named."))
            return redirect("standard", study.uuid)
        except CannotStudy as refused:
            form.add_error("effective_from", str(refused))
    day = (
        form.cleaned_data.get("effective_from") if form.is_bound else form["effective_from"].initial
    )
    context = {
        "study": study,
        "round": round_,
        "found": found,
        "form": form,
        "old": rule_until(study, day or form["effective_from"].initial),
    }
    status = 400 if form.errors else 200
    return render(request, "standards/use.html", context, status=status)


@never_cache
@login_required
@require_safe
def standard_border(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Who stands within an error of measurement of the newest cut; nothing is changed."""
    study = study_to_run(request, uuid)
    shown = shown_of(study)
    cut = shown.rounds[shown.last].cut if shown.last else None
    if cut is None:
        return render(request, "standards/border.html", {"study": study})
    found = border_of(study, cut)
    if "file" in request.GET:
        return file_of(request.GET["file"], [border_table(request.user, study, found.near)])
    page = page_of(request, found.near)
    context = {
        "study": study,
        "cut": cut,
        "found": found,
        "exactness": list(exactness_in_words(found)),
        "table": border_table(request.user, study, list(page)),
        "page_obj": page,
    }
    return render(request, "standards/border.html", context)
