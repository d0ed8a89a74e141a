"""Gathers the models of this app's packages; import a model from its own package."""

from modules.courses.models import HomePage

__all__ = ["HomePage"]
