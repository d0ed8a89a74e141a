"""What the loader remembers: what each object was when it last came from a file."""

from typing import ClassVar

from django.db import models


class Loaded(models.Model):
    """One object of the library. Its path names it for ever and gives its translation key.

    An object that still has the hash it was loaded with may be written again; another one was
    edited in the admin. `file` and `place` say where it goes when it is written to a file.
    """

    path = models.CharField(max_length=200, unique=True)
    file = models.CharField(max_length=200)
    place = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64)
    # What the file says and no row holds: comments at its head, the version of a course.
    beside = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["file", "place", "path"]
        verbose_name = "loaded object"
        verbose_name_plural = "loaded objects"

    def __str__(self) -> str:
        return self.path
