"""Using a cut: an explicit decision with a reason that adds an award rule from a day on."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.certificates.awarding import Rule, rule_in_force
from learning.certificates.models import AwardRule
from learning.people.models import User
from learning.standards.concluding import Concluded
from learning.standards.errors import CannotStudy
from learning.standards.models import CutDecision, Study


def first_day() -> dt.date:
    """From when a new pass mark may hold: what ended until today was earned by the old one."""
    return timezone.localdate() + dt.timedelta(1)


def rule_until(study: Study, day: dt.date) -> Rule:
    """The award rule that would hold on `day` without a decision; one query."""
    return rule_in_force(study.course_version, day)


def use_cut(
    study: Study, round_: int, found: Concluded, day: dt.date, reason: str, by: User
) -> CutDecision:
    """Adds an award rule from `day` on with the cut as its pass mark. Raises `CannotStudy`.

    All else of the rule stays as it would be on that day. Older rules, and so everything earned
    before, stay as they are.
    """
    if found.pass_mark is None or found.cut is None:
        raise CannotStudy(_("Nobody has estimated anything in this round yet."))
    if day < first_day():
        raise CannotStudy(
            _("A new pass mark holds from tomorrow on at the earliest: what is earned is earned.")
        )
    with transaction.atomic():
        Study.objects.select_for_update().get(pk=study.pk)
        version = study.course_version
        if AwardRule.objects.filter(course_version=version, effective_from=day).exists():
            raise CannotStudy(
                _("Another award rule of this course begins on that day. Choose another day.")
            )
        old = rule_until(study, day)
        rule = AwardRule.objects.create(
            course_version=version,
            scheme=old.scheme,
            a_min=old.a_min,
            pass_mark=found.pass_mark,
            gap=min(old.gap, found.pass_mark),
            gate=old.gate,
            effective_from=day,
        )
        return CutDecision.objects.create(
            study=study,
            round=round_,
            cut=found.cut,
            se=found.se,
            before=old.pass_mark,
            pass_mark=found.pass_mark,
            effective_from=day,
            rule=rule,
            reason=reason,
            by=by,
        )
