"""The workflow that every page of the site goes through before it is published."""

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import (
    GroupApprovalTask,
    Page,
    Task,
    TaskState,
    Workflow,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from modules.editing.models import LegalReview

NAME = "Review"
SUBJECT, LEGAL = "Subject review", "Legal review"


@transaction.atomic
def ensure_workflow(subject: Group, legal: Group) -> Workflow:
    """The workflow, on the whole tree; made once, and never changed when it is there.

    It takes the place of the one that Wagtail brings along.
    """
    workflow, is_new = Workflow.objects.get_or_create(name=NAME)
    if is_new:
        _add_task(workflow, GroupApprovalTask.objects.create(name=SUBJECT), subject)
        _add_task(workflow, LegalReview.objects.create(name=LEGAL), legal)
        root = Page.get_first_root_node()
        WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
    return workflow


def _add_task(workflow: Workflow, task: Task, group: Group) -> None:
    task.groups.add(group)
    place = workflow.workflow_tasks.count()
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=place)


def keep_letters_in() -> None:
    """Have Wagtail send no letters of its own: they would go out inside the request.

    Who has something to review finds it on the first page of the admin.
    """
    letters = "group_approval_task_submitted_email_notification"
    task_submitted.disconnect(sender=TaskState, dispatch_uid=letters)
    for signal, event in (
        (workflow_submitted, "submitted"),
        (workflow_rejected, "rejected"),
        (workflow_approved, "approved"),
    ):
        letters = f"workflow_state_{event}_email_notification"
        signal.disconnect(sender=WorkflowState, dispatch_uid=letters)
