"""Wagtail's search index, kept only for the tests that look something up in it."""

from django.db.models.signals import post_delete, post_save
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import (
    post_delete_signal_handler,
    post_save_signal_handler,
    register_signal_handlers,
)

keep_search_index = register_signal_handlers


def forget_search_index() -> None:
    """What is saved from here on is in no index; the opposite of `keep_search_index`."""
    for model in get_indexed_models():
        post_save.disconnect(post_save_signal_handler, sender=model)
        post_delete.disconnect(post_delete_signal_handler, sender=model)
