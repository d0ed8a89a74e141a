"""How the workflow ends. Wagtail reads this while it makes its own tables: it imports nothing."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wagtail.models import WorkflowState


def publish_approved(state: "WorkflowState", user: Any = None) -> None:
    """Publish what was approved, or have it wait for its day (`WAGTAIL_FINISH_WORKFLOW_ACTION`).

    The reviews are what allows that: none of the reviewers may publish a page by herself.
    """
    revision = state.content_object.get_latest_revision()
    revision.publish(user=user, skip_permission_checks=True)
