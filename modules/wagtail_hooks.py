"""Registers what Wagtail's admin learns from us; the work is done in the packages."""

from wagtail import hooks

from modules.courses.trees import fill_trees


@hooks.register("after_create_page")
def keep_trees_equal(request, page) -> None:
    fill_trees(page)
