"""Beginning a study and its panel: the questions are frozen, so that all judge the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.people.models import Person, User
from learning.standards.errors import CannotStudy
from learning.standards.models import Judge, Study
from modules.courses.models import CourseVersion
from modules.papers.asking import PaperQuestion, question_of
from modules.papers.contents import Form
from modules.papers.drawing import Item, Paper, freeze_keys, versions_of
from modules.questions.errors import DefinitionError
from modules.questions.models import Question

MOST_JUDGES = 20  # columns of a list
NOBODY: Mapping[str, Person | None] = {}


@dataclass(frozen=True)
class Panel:
    """The questions of a study in their order, with what each is worth, and its forms."""

    questions: Sequence[PaperQuestion]
    forms: dict[str, list[int]]

    @property
    def full_marks(self) -> list[Fraction]:
        return [question.full_mark for question in self.questions]

    @property
    def positions(self) -> list[int]:
        return [question.item.position for question in self.questions]


def begin_study(version: CourseVersion, labels: Sequence[str], name: str, by: User) -> Study:
    """A study of these forms as they are now. Raises `CannotStudy`.

    A question that stands in both forms is judged once.
    """
    forms = Form.objects.filter(course_code=version.course.code, label__in=labels)
    keys_by_label = {form.label: form.question_keys for form in forms.prefetch_related("questions")}
    keys = list(dict.fromkeys(key for label in labels for key in keys_by_label.get(label, ())))
    if not keys:
        raise CannotStudy(_("These forms ask nothing yet. Compose them first."))
    try:
        frozen = freeze_keys(keys)
    except (Question.DoesNotExist, DefinitionError):
        raise CannotStudy(
            _("A question of these forms is not complete. Look at the forms in the admin.")
        ) from None
    items = tuple(
        Item(position, one.question, one.n, one.outcome, order=())
        for position, one in enumerate(frozen, 1)
    )
    places = {key: position for position, key in enumerate(keys, 1)}
    return Study.objects.create(
        course_version=version,
        name=name,
        paper=Paper("".join(labels), items).to_json(),
        forms={label: [places[key] for key in keys_by_label.get(label, ())] for label in labels},
        made_by=by,
    )


def panel_of(study: Study) -> Panel:
    """The frozen questions; one query."""
    paper = Paper.from_json(study.paper)
    versions = versions_of(paper)
    questions = [question_of(item, versions[item.question].content) for item in paper.items]
    return Panel(questions, study.forms)


def add_judges(
    study: Study, names: Sequence[str], people: Mapping[str, Person | None] = NOBODY
) -> int:
    """Adds those who are not there yet; who left comes back. Raises `CannotStudy`.

    `people`: who somebody is, by her name on the panel; None that nobody is to know any more.
    """
    with transaction.atomic():
        Study.objects.select_for_update().get(pk=study.pk)
        known = {judge.name: judge for judge in study.judges.all()}
        new = [name for name in dict.fromkeys(names) if name not in known]
        back = [known[name] for name in names if name in known and known[name].left_at]
        if len([one for one in known.values() if not one.left_at]) + len(new + back) > MOST_JUDGES:
            raise CannotStudy(_("A panel has at most {n} judges.").format(n=MOST_JUDGES))
        try:
            Judge.objects.bulk_create(Judge(study=study, name=name) for name in new)
        except IntegrityError:
            raise CannotStudy(_("Somebody has just added the same judge. Look again.")) from None
        Judge.objects.filter(pk__in=[judge.pk for judge in back]).update(left_at=None)
        for name, person in people.items():
            Judge.objects.filter(study=study, name=name).update(person=person)
    return len(new) + len(back)


def remove_judge(judge: Judge) -> None:
    """Takes a judge off the panel; what she estimated is kept and counts no more."""
    Judge.objects.filter(pk=judge.pk, left_at=None).update(left_at=timezone.now())
