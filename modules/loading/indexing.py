"""Wagtail's indexes for what a load writes: each object once, when all of it is written.

A page is saved five times while it is loaded and published, and indexing it takes longer than
saving it.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_save
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from modelsearch.tasks import insert_or_update_object_task
from wagtail.signal_handlers import (
    disable_reference_index_auto_update,
    reference_index_auto_update_disabled,
)
from wagtail.tasks import update_reference_index_task


@contextmanager
def indexed_once() -> Iterator[None]:
    """What is saved inside is indexed at the end, for search and for "where is it used".

    For commands alone: it holds for the whole process. An index that is not kept when it begins
    stays so.
    """
    saved: dict[tuple[type[Model], Any], None] = {}

    def note(sender: type[Model], instance: Model, **facts: object) -> None:
        saved[sender, instance.pk] = None

    refers = not getattr(reference_index_auto_update_disabled, "value", False)
    searched = [
        model
        for model in get_indexed_models()
        if post_save.disconnect(post_save_signal_handler, sender=model)
    ]
    post_save.connect(note)
    try:
        with disable_reference_index_auto_update() if refers else nullcontext():
            yield
    finally:
        post_save.disconnect(note)
        for model in searched:
            post_save.connect(post_save_signal_handler, sender=model)
    for model, pk in saved:
        if not model._base_manager.filter(pk=pk).exists():
            continue
        what = (model._meta.app_label, model._meta.model_name, str(pk))
        if model in searched:
            insert_or_update_object_task.call(*what)
        if refers:
            update_reference_index_task.call(*what)
