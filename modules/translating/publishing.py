"""How a translated page reaches its readers: by reviewers, never by a translator alone."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from wagtail.models import Page
from wagtail_localize.models import Translation


@contextmanager
def as_drafts_alone(pages: Iterable[Page]) -> Iterator[None]:
    """What is done inside writes drafts of `pages`; their readers go on reading what they read.

    wagtail-localize writes the words of a draft into the page itself too, which may be live.
    """
    before = [page.specific for page in pages]
    with transaction.atomic():
        yield
        for old in before:
            new = type(old).objects.get(pk=old.pk)
            if new.latest_revision_id != old.latest_revision_id:
                old.alias_of_id, old.review = new.alias_of_id, new.review
                old.latest_revision_id = new.latest_revision_id
                old.latest_revision_created_at = new.latest_revision_created_at
                old.has_unpublished_changes = True
                old.save(clean=False)


@transaction.atomic
def approve(translation: Translation, user: Any) -> Page:
    """The subject review of a translation: `user`, who does it, finds its words good as they are.

    What comes after it in the workflow follows: the legal review, where it is needed, and then the
    translation is published. Raises `ValueError` where no workflow is, or this one waits already.
    """
    page = translation.get_target_instance()
    workflow = page.get_workflow()
    if workflow is None or page.workflow_in_progress:
        raise ValueError(page)
    with as_drafts_alone([page]):
        translation.save_target(user=user, publish=False)
    page = type(page).objects.get(pk=page.pk)
    if page.current_workflow_state:  # sent back by a reviewer
        page.current_workflow_state.cancel(user=user)
    state = workflow.start(page, user).current_task_state
    task = state.task.specific
    if "approve" in [name for name, *_rest in task.get_actions(page, user)]:
        task.on_action(state, user, "approve")
    return type(page).objects.get(pk=page.pk)
