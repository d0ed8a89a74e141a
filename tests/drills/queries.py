"""What a view looks for in the query of its address: nothing else can change its answer."""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

ONE = ("__getitem__", "__contains__", "get", "getlist", "pop")
ALL = (
    "__len__",
    "__iter__",
    "keys",
    "items",
    "lists",
    "values",
    "dict",
    "urlencode",
    "copy",
    "__copy__",
)


class Looked(set[str]):
    """The names that were looked for; with `everything`, whatever is there was read."""

    everything = False

    def at_any_of(self, names: set[str]) -> bool:
        return self.everything or not self.isdisjoint(names)


@contextlib.contextmanager
def looked_at() -> Iterator[Looked]:
    """Notes what is looked for, inside, in the query of a request."""
    looked = Looked()

    def note_one(method: Callable[..., Any]) -> Callable[..., Any]:
        def noting(query: MultiValueDict, name: Any, *rest: Any) -> Any:
            looked.add(name)
            return method(query, name, *rest)

        return noting

    def note_all(method: Callable[..., Any]) -> Callable[..., Any]:
        def noting(query: MultiValueDict, *rest: Any) -> Any:
            looked.everything = True
            return method(query, *rest)

        return noting

    with contextlib.ExitStack() as stack:
        for names, note in ((ONE, note_one), (ALL, note_all)):
            for name in names:
                noting = note(getattr(QueryDict, name))
                stack.enter_context(patch.object(QueryDict, name, noting))
        yield looked
