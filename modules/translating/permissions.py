"""Who may do what with translations: translators write, reviewers publish and confirm."""

from typing import Any

from wagtail.models import DraftStateMixin, Page


def may_translate(user: Any) -> bool:
    """Whether `user` begins translations and sees how far they are."""
    return user.has_perm("wagtail_localize.submit_translation")


def may_publish(user: Any) -> bool:
    """Whether `user` publishes translations."""
    return user.has_perm("modules.publish_translations")


def may_confirm(user: Any, translated: Any) -> bool:
    """Whether `user` may say that the page or row `translated` was read by a native speaker."""
    if isinstance(translated, Page):  # it says no more than what readers have already
        return translated.live and not translated.has_unpublished_changes and may_publish(user)
    if not isinstance(translated, DraftStateMixin):  # it is published by being saved
        return may_publish(user)
    return user.has_perm(f"{translated._meta.app_label}.publish_{translated._meta.model_name}")
