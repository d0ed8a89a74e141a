"""Registers what Wagtail's admin learns from us; the work is done in the packages."""

from wagtail import hooks

from learning.people.viewsets import RegistersGroup


@hooks.register("register_admin_viewset")
def registers() -> RegistersGroup:
    return RegistersGroup()
