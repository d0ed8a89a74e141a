"""What the page of a certificate shows: plain values, made of frozen facts alone."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from learning.certificates.freezing import LANGUAGES
from learning.certificates.models import Grade
from learning.certificates.printing import Text, names_in_order, texts
from learning.certificates.standing import Standing, State
from modules.templatetags.languages import own_name

ICONS = {
    State.VALID: "check",
    State.REVOKED: "cross",
    State.REPLACED: "arrow",
    State.UNDER_REVIEW: "half",
    State.WITHDRAWN: "lock",
    State.UNKNOWN: "triangle",
}


@dataclass(frozen=True)
class CertificateView:
    """`facts` and `names` are empty where there is nothing to show."""

    found: Standing
    token: str
    facts: dict[str, Any]
    names: list[Text]

    @property
    def word(self) -> str:
        return str(self.found.state.label)

    @property
    def icon(self) -> str:
        return ICONS[self.found.state]

    @property
    def tone(self) -> str:
        """ "good", "bad" or "open", for the colour beside the word and the icon."""
        tones = {State.VALID: "good", State.REVOKED: "bad", State.UNKNOWN: "bad"}
        return tones.get(self.found.state, "open")

    @property
    def sentence(self) -> str:
        return sentence(self.found.state)

    @property
    def reason(self) -> str:
        """Why it was revoked, in one of the reasons that everybody may read."""
        fact = self.found.fact
        return str(fact.get_code_display()) if fact and fact.code else ""

    @property
    def meaning(self) -> str:
        certificate = self.found.certificate
        if certificate is None:
            return ""
        if certificate.grade == Grade.ACHIEVEMENT:
            return _("The holder went through the course and passed the test after it.")
        return _("The holder went through the course. What was learned was not assessed.")

    @property
    def languages(self) -> list[tuple[str, str]]:
        """Code and own name of each language that the certificate can be printed in."""
        return [(code, own_name(code)) for code in LANGUAGES]


def sentence(state: State) -> str:
    """What the state means, and what to do about it."""
    sentences = {
        State.VALID: _("It does not expire."),
        State.REVOKED: _("It counts no longer. Do not rely on it."),
        State.REPLACED: _("A newer certificate has taken its place."),
        State.UNDER_REVIEW: _("The issuer is looking into it. Please check again in some days."),
        State.WITHDRAWN: _("It was withdrawn at the holder’s request."),
        State.UNKNOWN: _("No certificate is known at this address. Compare it with the paper."),
    }
    return sentences[state]


def view_of(found: Standing, language: str) -> CertificateView:
    certificate = found.certificate
    if certificate is None:
        return CertificateView(found, "", {}, [])
    facts = texts(certificate.facts.get(language) or certificate.facts["en"], language)
    names = [Text(name, language) for name in names_in_order(certificate.names, language)]
    return CertificateView(found, certificate.token, facts, names)
