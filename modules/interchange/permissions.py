"""Who takes questions into the bank, and who takes them out. Both show keys and feedback."""

from typing import Any


def imports_questions(user: Any) -> bool:
    """What is new is added, what is known gets a draft."""
    return user.has_perms(("modules.add_question", "modules.change_question"))


def exports_questions(user: Any) -> bool:
    """Whoever reads the whole bank in the admin."""
    return user.has_perm("modules.change_question")
