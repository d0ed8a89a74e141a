"""Who sets standards: whoever sets award rules, for a pass mark holds in all programmes."""

from learning.people.roles import AnyUser, is_system_admin


def sets_standards(user: AnyUser) -> bool:
    """Whether `user` runs studies, sees the keys of their questions and decides on pass marks."""
    return is_system_admin(user)
