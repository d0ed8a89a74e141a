import pytest
from django.template import Context
from django.utils import translation

from modules.courses.models import HomePage
from modules.templatetags.languages import address_in, language_links


@pytest.mark.parametrize(
    ("code", "address", "expected"),
    [
        ("ur", "/", "/ur/"),
        ("en", "/ur/", "/"),
        ("en", "/ur", "/"),
        ("km", "/ur/courses/simplify/", "/km/courses/simplify/"),
        ("ur", "/reports/?area=PK-PB&page=2", "/ur/reports/?area=PK-PB&page=2"),
        ("en", "/km/?q=/ur/", "/?q=/ur/"),
        ("lo", "/urgent/", "/lo/urgent/"),
        # A browser would take "//evil.example/" for another site.
        ("en", "/ur//evil.example/", "/evil.example/"),
        ("en", "//evil.example/", "/evil.example/"),
    ],
)
def test_address_keeps_everything_but_the_language(code, address, expected):
    assert address_in(code, address) == expected


def test_each_language_is_called_by_its_own_name(rf):
    links = language_links(Context({"request": rf.get("/verify/")}))
    assert [(link.code, link.name, link.url) for link in links] == [
        ("en", "English", "/verify/"),
        ("ur", "اردو", "/ur/verify/"),
        ("km", "ភាសាខ្មែរ", "/km/verify/"),
        ("lo", "ພາສາລາວ", "/lo/verify/"),
    ]


def test_language_of_the_page_is_marked(rf):
    with translation.override("ur"):
        links = language_links(Context({"request": rf.get("/ur/")}))
    assert [link.code for link in links if link.current] == ["ur"]


def test_links_lead_home_without_a_request():
    assert [link.url for link in language_links(Context())] == ["/", "/ur/", "/km/", "/lo/"]


@pytest.mark.django_db
def test_page_leads_to_its_translations_with_one_query(rf, django_assert_num_queries):
    page = HomePage.objects.get(locale__language_code="en")
    context = Context({"request": rf.get("/courses/"), "page": page})
    with django_assert_num_queries(1):
        links = language_links(context)
    assert links[1].url == "/ur/courses/"


@pytest.mark.django_db
def test_page_not_published_in_a_language_leads_to_its_home_page(rf):
    HomePage.objects.get(locale__language_code="ur").unpublish()
    page = HomePage.objects.get(locale__language_code="en")
    links = language_links(Context({"request": rf.get("/courses/"), "page": page}))
    assert [link.url for link in links] == ["/courses/", "/ur/", "/km/courses/", "/lo/courses/"]
