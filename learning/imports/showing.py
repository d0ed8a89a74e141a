"""What the pages of rosters show: people side by side, and how far the letters are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.imports.inviting import Post
from learning.imports.matching import ANOTHER, Candidate, Question
from learning.imports.planning import Places
from learning.notices.models import NoticeSent
from learning.people.codes import account_of_person
from learning.people.models import Person
from learning.people.rows import PersonRow, Why

WHY = {
    Why.ADDRESS_AND_NAME: gettext_lazy("The same e-mail address and name"),
    Why.ADDRESS: gettext_lazy("The same e-mail address, another name"),
    Why.NAME: gettext_lazy("The same name, sex and organisation"),
}


type Fact = tuple[str, list[str]]  # what it is called, and its values


@dataclass(frozen=True)
class Card:
    """Somebody beside others: a choice with its key, or the row itself without one."""

    title: str
    facts: list[Fact]
    key: str = ""
    why: str = ""
    is_chosen: bool = False


@dataclass(frozen=True)
class Comparison:
    """A row of the list, and everybody it may be."""

    row: PersonRow
    card: Card
    choices: list[Card]
    is_open: bool


def compare(question: Question, places: Places) -> Comparison:
    """Side by side; nobody is chosen as long as nobody has decided."""
    row, answer = question.row, question.answer
    choices = [
        card_of(candidate, places, is_chosen=candidate.key == answer)
        for candidate in question.candidates
    ]
    choices.append(Card(_("Somebody else"), [], ANOTHER, is_chosen=answer == ANOTHER))
    card = Card(_("Row {n}").format(n=row.row), facts_of_row(row, places))
    return Comparison(row, card, choices, is_open=not answer)


def card_of(candidate: Candidate, places: Places, *, is_chosen: bool) -> Card:
    why = str(WHY[candidate.why])
    if candidate.earlier:
        title = _("The same as row {n}").format(n=candidate.number)
        return Card(title, facts_of_row(candidate.earlier, places), candidate.key, why, is_chosen)
    has_account = account_of_person(candidate.person or Person()) is not None
    title = _("Known, with an account") if has_account else _("Known, without an account")
    facts = facts_of_person(candidate.record or Person())
    return Card(title, facts, candidate.key, why, is_chosen)


def facts_of_person(person: Person) -> list[Fact]:
    """What tells people apart, with what it is called."""
    facts = [
        (_("Name"), list(person.names.values())),
        (_("Sex"), [label(Person.Sex, person.sex)]),
        (_("Age"), [label(Person.AgeBand, person.age_band)]),
        (_("Organisation"), [str(person.organisation or "")]),
        (_("Work"), [person.job_role]),
        (_("Area"), [str(person.area_of_work or "")]),
    ]
    return [(name, values) for name, values in facts if any(values)]


def facts_of_row(row: PersonRow, places: Places) -> list[Fact]:
    """The same of a row, with its address."""
    person = Person(
        names=dict(row.names),
        sex=row.sex,
        age_band=row.age_band,
        organisation=places.organisations.get(row.organisation),
        job_role=row.job_role,
        area_of_work=places.areas.get(row.area),
    )
    address = [(_("E-mail"), [row.email])] if row.email else []
    return facts_of_person(person) + address


def label(choices: type[Person.Sex] | type[Person.AgeBand], value: str) -> str:
    return str(choices(value).label) if value else ""


# --- letters -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Progress:
    """How many letters of a list are in which state, and whom they did not reach. Of those that
    are `uncertain`, some may go `again`: whose address is still there."""

    due: int = 0
    on_the_way: int = 0
    sent: int = 0
    uncertain: int = 0
    again: int = 0
    missed: list[Person] = field(default_factory=list)
    has_letters: bool = False


def progress_of(posts: Sequence[Post]) -> Progress:
    """A letter that was claimed moments ago is on its way, and not due again."""
    counts = Counter(kind_of(post) for post in posts)
    return Progress(
        due=counts["due"],
        on_the_way=counts["on the way"],
        sent=counts["sent"],
        uncertain=counts["uncertain"],
        again=sum(post.may_go_again for post in posts),
        missed=[post.entry.person for post in posts if post.has_failed],
        has_letters=bool(posts),
    )


def kind_of(post: Post) -> str:
    if post.state == NoticeSent.State.SENT:
        return "sent"
    if post.is_uncertain:
        return "uncertain"
    if post.notice is not None and post.notice.is_in_hand:
        return "on the way"
    return "due" if post.is_due else "over"
