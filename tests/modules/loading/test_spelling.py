import pytest

from modules.loading.spelling import Speller

TERMS = [
    *("social protection", "self-assessment", "survivors' pension", "beneficiary", "wage ceiling"),
    *("one-stop shop / single window", "coverage, legal", "data minimisation", "enrolment"),
]


@pytest.mark.parametrize(
    "text",
    [
        "Social protection and SOCIAL PROTECTION, social\nprotection.",
        "Self-assessments are assessments by oneself.",
        "The survivors’ pension, or survivors' pensions.",
        "A beneficiary's card; all beneficiaries' cards.",
        "One-stop shops; legal coverage, that is, coverage in law.",
        "Be social. Protection follows.",
        "A single window's clerk.",
    ],
)
def test_what_is_free(text):
    assert list(Speller(TERMS).misspellings(text)) == []


@pytest.mark.parametrize(
    ("written", "term"),
    [
        ("self assessment", "self-assessment"),
        ("selfassessment", "self-assessment"),
        ("social-protection", "social protection"),
        ("Survivors pension", "survivors' pension"),
        ("survivor's pension", "survivors' pension"),
        ("single-window", "single window"),
        ("one stop shops", "one-stop shops"),
        ("legal-coverage", "legal coverage"),
        ("data minimization", "data minimisation"),
        ("enrollment", "enrolment"),
        ("wage\nceilling", "wage ceiling"),
    ],
)
def test_what_is_found(written, term):
    (found,) = Speller(TERMS).misspellings(f"First line.\nThen {written}, and more.")

    assert (found.line, found.term) == (1, term)
    assert found.written == " ".join(written.lower().split())


def test_no_terms_no_findings():
    assert list(Speller([]).misspellings("Any text.")) == []
