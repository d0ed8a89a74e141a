"""The shared cast of the tests: people in two countries who may and may not see one another.

Everybody's password is `PASSWORD`. The outsider works in another country and holds no role there
but learner: she must never see anything of the others.
"""

from functools import cached_property

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.test import Client

from learning.people.models import Area, Organisation, Person, Programme, Role, RoleGrant, User
from learning.people.roles import requires_second_factor

PASSWORD = "a long test password"


def make_user(username: str, name: str, area: Area, organisation: Organisation | None = None):
    person = Person.objects.create(
        names={"Latn": name}, area_of_work=area, organisation=organisation
    )
    return User.objects.create_user(username, f"{username}@example.org", PASSWORD, person=person)


class Cast:
    """Makes each person at first use, so that a test pays only for whom it names."""

    @classmethod
    def beside(cls, whole: "Cast", *names: str) -> "Cast":
        """For a test whose module made `whole` once: these of it, and everybody else anew."""
        found = cls()
        vars(found).update((name, vars(whole)[name]) for name in names)
        return found

    @cached_property
    def punjab(self) -> Area:
        return Area.objects.get(code="PK-PB")

    @cached_property
    def pakistan(self) -> Area:
        return Area.objects.get(code="PK")

    @cached_property
    def cambodia(self) -> Area:
        return Area.objects.get(code="KH")

    @cached_property
    def institution(self) -> Organisation:
        return Organisation.objects.create(
            code="test-ssi", area=self.punjab, names={"en": "Test institution"}
        )

    @cached_property
    def programme(self) -> Programme:
        return Programme.objects.create(
            code="test-programme", area=self.pakistan, names={"en": "Test programme"}
        )

    def _with_role(self, role: Role, name: str, **scope) -> User:
        user = make_user(str(role), name, self.punjab, self.institution)
        RoleGrant.objects.create(user=user, role=role, **scope)
        return user

    @cached_property
    def learner(self) -> User:
        return make_user("learner", "Lubna Learner", self.punjab, self.institution)

    @cached_property
    def trainer(self) -> User:
        return self._with_role(Role.TRAINER, "Tariq Trainer", programme=self.programme)

    @cached_property
    def area_admin(self) -> User:
        return self._with_role(Role.AREA_ADMIN, "Amina Area", area=self.punjab)

    @cached_property
    def organisation_admin(self) -> User:
        return self._with_role(
            Role.ORGANISATION_ADMIN, "Omar Organisation", organisation=self.institution
        )

    @cached_property
    def programme_admin(self) -> User:
        return self._with_role(Role.PROGRAMME_ADMIN, "Parveen Programme", programme=self.programme)

    @cached_property
    def viewer(self) -> User:
        return self._with_role(Role.VIEWER, "Victor Viewer", programme=self.programme)

    @cached_property
    def author(self) -> User:
        return self._with_role(Role.AUTHOR, "Asma Author", area=self.pakistan)

    @cached_property
    def reviewer(self) -> User:
        return self._with_role(Role.REVIEWER, "Rehan Reviewer", area=self.pakistan)

    @cached_property
    def legal_reviewer(self) -> User:
        return self._with_role(Role.LEGAL_REVIEWER, "Leila Lawyer", area=self.pakistan)

    @cached_property
    def translator(self) -> User:
        return self._with_role(Role.TRANSLATOR, "Tahira Translator", area=self.pakistan)

    @cached_property
    def system_admin(self) -> User:
        return self._with_role(Role.SYSTEM_ADMIN, "Sana System")

    @cached_property
    def outsider(self) -> User:
        return make_user("outsider", "Outi Outsider", self.cambodia)


def sign_in(client: Client, user: User) -> Client:
    """Sign `user` in, with a second factor set up and used where her roles ask for one."""
    client.force_login(user, backend="learning.people.adapter.AccountBackend")
    if requires_second_factor(user):
        Authenticator.objects.get_or_create(
            user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "unused"}}
        )
        request = HttpRequest()
        request.session = client.session
        record_authentication(request, user, method="mfa", type="totp")
        request.session.save()
    return client
