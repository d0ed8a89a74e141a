import pytest

from tests.cast import sign_in

pytestmark = pytest.mark.django_db

STRICT = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


@pytest.mark.parametrize("path", ["/", "/ur/", "/accounts/login/", "/healthz", "/nothing-here/"])
def test_strict_policy_on_every_page_of_ours(client, path):
    assert client.get(path)["Content-Security-Policy"] == STRICT


def test_admin_has_its_own_policy(client, cast):
    sign_in(client, cast.system_admin)

    policy = client.get("/admin/")["Content-Security-Policy"]

    assert "script-src 'self' 'unsafe-inline'" in policy
    assert "default-src 'self'" in policy


@pytest.mark.parametrize("path", ["/", "/ur/", "/accounts/login/", "/accounts/signup/"])
def test_no_inline_script_or_style_on_pages_of_ours(client, path):
    html = client.get(path).content.decode()

    assert "<style" not in html
    assert " style=" not in html
    assert " onclick=" not in html
    for script in html.split("<script")[1:]:
        assert script.startswith((" src=", " defer src=")) or 'type="application/json"' in script
