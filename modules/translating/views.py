"""Pages of the admin about translations, and doors of wagtail-localize that need a guard."""

from typing import Any, ClassVar

import django_filters
import polib
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.reports import ReportView
from wagtail.models import DraftStateMixin, Page
from wagtail_localize.models import StringSegment, Translation, TranslationSource
from wagtail_localize.views.convert import convert_to_alias
from wagtail_localize.views.edit_translation import upload_pofile
from wagtail_localize.views.submit_translations import SubmitPageTranslationView
from wagtail_localize.views.update_translations import UpdateTranslationsView

from modules.reference.models import Review
from modules.translating.permissions import may_confirm, may_publish, may_translate
from modules.translating.publishing import approve, as_drafts_alone
from modules.translating.standing import Row, rows_of, with_standing


class TranslationsFilter(WagtailFilterSet):
    source__object_repr = django_filters.CharFilter(
        lookup_expr="icontains", label=gettext_lazy("English title")
    )

    class Meta:
        model = Translation
        fields: ClassVar = ["target_locale", "source__object_repr"]


class TranslationsView(ReportView):
    """How far each translation is, and what has to be done about it."""

    page_title = gettext_lazy("Translations")
    header_icon = "globe"
    index_url_name = "translations"
    index_results_url_name = "translations_results"
    results_template_name = "translating/translations.html"
    filterset_class = TranslationsFilter
    model = Translation
    list_export: ClassVar = ["title", "kind", "language", "progress", "state", "awaits_review"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_translate(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        found = with_standing(Translation.objects.all())
        related = found.select_related("source__specific_content_type", "target_locale")
        return related.order_by("target_locale", "source__object_repr", "pk")

    def decorate_paginated_queryset(self, object_list: Any) -> list[Row]:
        return rows_of(object_list)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(*args, **kwargs) | {
            "confirms": may_publish(self.request.user)
        }


@require_POST
def translation_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Records that a native speaker has read a translation and confirmed it; publishes that."""
    translated = get_object_or_404(Translation, pk=pk).get_target_instance()
    if not may_confirm(request.user, translated) or not hasattr(translated, "review"):
        raise PermissionDenied
    translated.review = Review.REVIEWED
    if isinstance(translated, DraftStateMixin):
        revision = translated.save_revision(user=request.user)
        revision.publish(user=request.user, skip_permission_checks=True)  # checked above
    else:
        translated.save(update_fields=["review"])
    messages.success(request, _("“{title}” is confirmed.").format(title=translated))
    return redirect("translations")


@require_POST
def translation_upload(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Takes a PO file in, and says how many of its segments cannot be used as they are."""
    if problem := problem_with_file(request):
        messages.error(request, problem)
        return redirect(
            get_object_or_404(Translation, pk=translation_id).get_target_instance_edit_url()
        )
    answer = upload_pofile(request, translation_id)
    translation = get_object_or_404(Translation, pk=translation_id)
    segments = StringSegment.objects.filter(source=translation.source_id)
    refused = segments.get_translations(translation.target_locale).filter(has_error=True).count()
    if refused:
        messages.warning(
            request,
            ngettext(
                "{count} segment is refused and stays in English: see the reason beside it.",
                "{count} segments are refused and stay in English: see the reasons beside them.",
                refused,
            ).format(count=refused),
        )
    return answer


def problem_with_file(request: HttpRequest) -> str:
    """Why the file sent is no PO file of ours; "" when it is one."""
    file = request.FILES.get("file")
    if file is None:
        return _("Choose a PO file first.")
    try:
        text = file.read().decode()
        # polib takes a text for a file's name unless it has lines.
        known = "X-WagtailLocalize-TranslationID" in polib.pofile(f"{text}\n").metadata
    except (OSError, ValueError):
        return _("This is not a PO file.")
    file.seek(0)
    return "" if known else _("This PO file was not downloaded from here.")


def translation_submit(request: HttpRequest, page_id: int) -> HttpResponse:
    """Begins translations. Readers go on reading English until a reviewer publishes them."""
    page = get_object_or_404(Page, pk=page_id)
    keys = page.get_descendants(inclusive=True).values("translation_key")
    aliases = Page.objects.filter(translation_key__in=keys, alias_of__isnull=False)
    view = SubmitPageTranslationView.as_view()
    with as_drafts_alone(aliases if request.method == "POST" else ()):
        return view(request, page_id=page_id)


@require_POST
def translation_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """A subject reviewer approves the words of a translated page as they are."""
    translation = get_object_or_404(Translation, pk=pk, enabled=True)
    page = translation.get_target_instance()
    if not isinstance(page, Page) or not may_publish(request.user):
        raise PermissionDenied
    try:
        page = approve(translation, request.user)
    except ValueError:
        messages.error(request, _("“{title}” waits for its review already.").format(title=page))
        return redirect("translations")
    if page.workflow_in_progress:
        said = _("“{title}” is approved, and waits for: {task}.")
        task = page.current_workflow_task.name
        messages.success(request, said.format(title=page, task=task))
    else:
        messages.success(request, _("“{title}” is published.").format(title=page))
    return redirect("translations")


def translation_update(request: HttpRequest, translation_source_id: int) -> HttpResponse:
    """wagtail-localize lets everybody who translates publish here; we do not.

    Nobody publishes here what the law still has to be read of; the list of translations does.
    """
    if not may_publish(request.user):
        raise PermissionDenied
    source = get_object_or_404(TranslationSource, pk=translation_source_id)
    if request.method == "POST" and not _all_may_go_out(source, request.user):
        posted: Any = request.POST.copy()
        request.POST = posted
        if posted.pop("publish_translations", None):
            messages.warning(
                request,
                _("Nothing was published: the lesson cites law. Approve it in the list."),
            )
    view = UpdateTranslationsView.as_view()
    return view(request, translation_source_id=translation_source_id)


def _all_may_go_out(source: TranslationSource, user: Any) -> bool:
    of_source = Translation.objects.filter(source=source, enabled=True)
    targets = [translation.get_target_instance() for translation in of_source]
    pages = (target for target in targets if isinstance(target, Page))
    return all(page.permissions_for_user(user).can_publish() for page in pages)


def translation_to_alias(request: HttpRequest, page_id: int) -> HttpResponse:
    """Takes a translation off the site, which is for those who publish."""
    if not may_publish(request.user):
        raise PermissionDenied
    return convert_to_alias(request, page_id)
