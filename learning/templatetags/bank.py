"""What the page of a question asks of the record."""

from collections import defaultdict

from django import template

from learning.attempts.counting import Tally, tallies_of

register = template.Library()


@register.simple_tag
def answers_by_version(question: str) -> dict[int, list[Tally]]:
    """How often each version was answered, by its number."""
    found = defaultdict(list)
    for tally in tallies_of(question):
        found[tally.n].append(tally)
    return found


@register.filter
def of_version(tallies: dict[int, list[Tally]], n: int) -> list[Tally]:
    return tallies.get(n, [])
