"""The legal review of a page, as a task of Wagtail's workflows."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState, WorkflowState

from modules.courses.law import needs_legal_review


class LegalReview(AbstractGroupApprovalTask):
    """Members of its groups approve what cites law; everything else passes by itself."""

    class Meta:
        verbose_name = _("legal review")
        verbose_name_plural = _("legal reviews")

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        """Begin, or pass at once; Wagtail then goes on to what comes next."""
        state = super().start(workflow_state, user=user)
        page = workflow_state.content_object.get_latest_revision_as_object()
        if not needs_legal_review(page):
            state.status, state.finished_at = TaskState.STATUS_SKIPPED, timezone.now()
            state.save(update_fields=["status", "finished_at"])
        return state

    @classmethod
    def get_description(cls) -> str:
        return str(_("Members of the chosen groups approve pages that cite law; other pages pass."))
