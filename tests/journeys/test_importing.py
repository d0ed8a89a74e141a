"""An administrator imports a list and prints its slips; a slip opens an account."""

from pathlib import Path

import pytest
import zxingcpp
from playwright.sync_api import Browser, Page, expect

from tests.learning.certificates.test_printing import picture
from tests.pages.shots import ADMIN, sign_in
from tests.site import Site

pytestmark = pytest.mark.browser

LIST = """Name;Name in own script;Sex;Age;Organisation;Area;Phone
Journey Known;;f;31;demo-institution;PK-PB;0300
Journey Known;;f;31;demo-institution;PK-PB;0301
Journey Paper;سفر بی بی;f;1990;demo-institution;Punjab;0302
"""


def test_from_a_list_to_an_account(
    page: Page, base_url: str, site: Site, browser: Browser, tmp_path: Path
):
    page.set_viewport_size({"width": 360, "height": 780})
    sign_in(page, base_url, ADMIN)
    page.goto(f"{base_url}/reports/rosters/")
    page.click("text=Upload a list")
    listed = tmp_path / "office.csv"
    listed.write_text(LIST, encoding="utf-8")
    page.set_input_files("[name=file]", listed)
    page.select_option("[name=version]", index=1)
    page.select_option("[name=programme]", "self-paced-pk")
    page.click("text=Upload and check")

    expect(page.locator("main")).to_contain_text("These columns are not kept: Phone")
    expect(page.locator("main")).to_contain_text("1 row to decide")
    page.check("input[value='row:2']")
    page.click("text=Save these choices")
    page.click("text=Import 2 people")
    expect(page.locator("main")).to_contain_text("The list is imported.")
    expect(page.locator("main")).to_contain_text("2 people without account")

    form = page.locator("form[action*='/slips/']")
    token = form.locator("[name=csrfmiddlewaretoken]").input_value()
    sheet = page.request.post(
        base_url + str(form.get_attribute("action")),
        form={"csrfmiddlewaretoken": token},
        headers={"Referer": page.url},
    )
    assert sheet.headers["content-type"] == "application/pdf"
    codes = zxingcpp.read_barcodes(picture(sheet.body(), 150))
    assert len(codes) == 2

    phone = browser.new_context(viewport={"width": 360, "height": 780}).new_page()
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto(codes[1].text)
    code = codes[1].text.partition("#")[2]
    expect(phone.locator("[name=code]")).to_have_value(code)
    assert "#" not in phone.url
    assert not any(code in url.partition("#")[0] for url in asked)
    phone.click("main form button")
    expect(phone.locator("main")).to_contain_text("This account is for Journey")
