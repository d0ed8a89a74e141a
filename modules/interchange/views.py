"""Pages of the admin: questions in, with a dry run before anything is stored, and questions out."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from modules.bank.filters import QuestionFilterSet
from modules.interchange.blanks import EXAMPLES
from modules.interchange.errors import Stale
from modules.interchange.exporting import Export, make_export
from modules.interchange.formats import FORMATS, Format
from modules.interchange.forms import ExportForm, ImportForm
from modules.interchange.importing import take_over
from modules.interchange.keeping import give_up, keep, kept
from modules.interchange.permissions import exports_questions, imports_questions
from modules.interchange.planning import Upload, make_plan
from modules.interchange.showing import counted, show_line
from modules.interchange.wording import grouped, in_words
from modules.questions.models import Question
from modules.questions.shapes import SOURCE

LIST = "wagtailsnippets_modules_question:list"
LINES_SHOWN = 400
KEYS_SHOWN = 12


# --- in ------------------------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "POST"])
def question_import(request: HttpRequest) -> HttpResponse:
    """Takes a file; one that is in a known format is kept for its dry run."""
    if not imports_questions(request.user):
        raise PermissionDenied
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return redirect("question_import_check", keep(form.upload, request.user))
    status = 400 if form.errors else 200
    blanks = [one for one in FORMATS.values() if one.has_blank]
    context = {"form": form, "formats": FORMATS.values(), "blanks": blanks}
    return render(request, "interchange/import.html", context, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def question_import_check(request: HttpRequest, token: str) -> HttpResponse:
    """The dry run of a file, and what is decided of it."""
    if not imports_questions(request.user):
        raise PermissionDenied
    upload = kept(token, request.user)
    if upload is None:
        messages.error(request, _("This file is no longer here. Upload it once more."))
        return redirect("question_import")
    if request.method == "POST":
        return decided(request, token, upload)
    plan = make_plan(upload)
    context = {
        "upload": upload,
        "format_title": upload.form.title,
        "plan": plan,
        "counts": counted(plan),
        "remarks": [in_words(remark) for remark in plan.remarks],
        "lines": [show_line(line) for line in plan.lines[:LINES_SHOWN]],
        "more": max(len(plan.lines) - LINES_SHOWN, 0),
    }
    return render(request, "interchange/check.html", context)


def decided(request: HttpRequest, token: str, upload: Upload) -> HttpResponse:
    if "give_up" in request.POST:
        give_up(token, request.user)
        messages.success(request, _("The file is forgotten. Nothing was stored."))
        return redirect("question_import")
    try:
        plan = take_over(upload, request.POST.get("mark", ""), by=request.user)
    except Stale:
        messages.error(
            request,
            _("The bank has changed since. Look at the new list, and decide again."),
        )
        return redirect("question_import_check", token)
    give_up(token, request.user)
    n = sum(line.what in ("new", "changed") for line in plan.lines)
    said = ngettext(
        "{n} question is in the bank as a draft. Nothing is published.",
        "{n} questions are in the bank as drafts. Nothing is published.",
        n,
    )
    messages.success(request, said.format(n=n))
    return redirect(f"{reverse(LIST)}?state=draft")


@never_cache
@require_safe
def question_blank(request: HttpRequest, name: str) -> HttpResponse:
    """A form to fill in, with examples that are passed over when it is read."""
    if not imports_questions(request.user):
        raise PermissionDenied
    form = FORMATS.get(name)
    if form is None or not form.has_blank:
        raise Http404
    return as_file(form.write(EXAMPLES, ""), form, f"questions-blank.{form.ending}")


# --- out -----------------------------------------------------------------------------------------


@never_cache
@require_safe
def question_export(request: HttpRequest) -> HttpResponse:
    """Which questions, in which format; then what the file would hold and what it would not."""
    chosen, form, export = asked_for(request)
    filters = [field for field in chosen.form if field.name != "locale"]
    context: dict[str, Any] = {"filters": filters, "form": form}
    if export:
        context |= {
            "export": export,
            "query": request.GET.urlencode(),
            "losses": [
                (said, keys[:KEYS_SHOWN], max(len(keys) - KEYS_SHOWN, 0))
                for said, keys in grouped(export.remarks)
            ],
        }
    return render(request, "interchange/export.html", context, status=400 if form.errors else 200)


@never_cache
@require_safe
def question_export_file(request: HttpRequest) -> HttpResponse:
    """The file itself."""
    _chosen, _form, export = asked_for(request)
    if export is None:
        return redirect(f"{reverse('question_export')}?{request.GET.urlencode()}")
    return as_file(export.data, FORMATS[export.format], export.file_name)


def as_file(data: bytes, form: Format, name: str) -> HttpResponse:
    return HttpResponse(
        data,
        content_type=form.content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def asked_for(request: HttpRequest) -> tuple[QuestionFilterSet, ExportForm, Export | None]:
    """The filters of the bank's list, the form, and the export where both say one."""
    if not exports_questions(request.user):
        raise PermissionDenied
    english = Question.objects.filter(locale__language_code=SOURCE).with_state()
    narrowed = request.GET.copy()
    narrowed.pop("locale", None)  # which the list adds; here the language is chosen below
    chosen = QuestionFilterSet(narrowed, queryset=english, request=request)
    form = ExportForm(request.GET if "format" in request.GET else None)
    if not form.is_valid():
        return chosen, form, None
    keys = chosen.qs.order_by("key").values_list("key", flat=True)
    return chosen, form, make_export(keys, form.cleaned_data["format"], form.cleaned_data["lang"])
