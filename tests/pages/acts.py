"""What a person does on a page before its picture is taken."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page

DEMO_PASSWORD = "cascade-demo"


def send_empty(page: Page) -> None:
    """What our own checks say; the browser would ask for what is missing in words of its own."""
    button = page.locator("main form[method=post] .actions button:visible").first
    button.evaluate("button => { if (button.form) button.form.noValidate = true; }")
    button.click()


def too_many_hands(page: Page) -> None:
    page.fill("[name=people]", "1")
    send_empty(page)


def upload_no_list(page: Page) -> None:
    picture = {"name": "list.xlsx", "mimeType": "image/png", "buffer": b"\x89PNG"}
    page.set_input_files("[name=file]", picture)
    page.select_option("[name=version]", index=1)
    send_empty(page)


def wrong_password(page: Page) -> None:
    page.fill("[name=login]", "somebody")
    page.fill("[name=password]", "not the password")
    send_empty(page)


def lose_the_token(page: Page) -> None:
    """As in a form that stood open while its cookie ran out."""
    page.locator("main [name=csrfmiddlewaretoken]").first.evaluate("field => { field.value = '' }")
    wrong_password(page)
    page.locator(".numeral").wait_for()


def open_details(page: Page) -> None:
    for summary in page.locator("main details > summary").all():
        summary.click()


def open_menu(page: Page) -> None:
    narrow = page.locator("header details.narrow > summary")
    if narrow.is_visible():
        narrow.click()


def confirm_password(page: Page) -> None:
    """Some pages ask once more for the password, the first time in a session."""
    if page.locator("[name=password]").is_visible():
        page.fill("[name=password]", DEMO_PASSWORD)
        send_empty(page)


def forget_the_tick(page: Page) -> None:
    confirm_password(page)
    send_empty(page)


def answer(page: Page) -> None:
    """Gives some answer to the practice question of the page and has it checked."""
    form = page.locator("form[data-practice]")
    for box in form.locator("input[type=radio], input[type=checkbox]").all()[:1]:
        box.check()
    for choice in form.locator("select:visible").all():
        choice.select_option(index=1)
    for text in form.locator("input[inputmode], input[type=text], textarea").all():
        text.fill("14")
    send(page)


def send(page: Page) -> None:
    page.locator("form[data-practice] .actions button").click()
    page.locator("form[data-practice] [data-focus]").wait_for()


def lose_the_network(page: Page) -> None:
    """It stays lost until the next page is opened."""
    page.context.set_offline(True)
    page.locator("#q1 input[type=radio]:not(:checked)").first.click()
    page.locator("#q1 [data-state] .kept").wait_for()


def fill_two_days(page: Page) -> None:
    page.fill("#first-day", "2027-03-02")
    page.click("[data-fill] button[value='4']")


def send_last(page: Page) -> None:
    page.locator("main form[method=post] .actions button:visible").last.click()


def forget_most(page: Page) -> None:
    page.fill("[name=unit-0-date]", "2027-03-02")
    page.fill("[name=team-0-account]", "nobody@example.org")
    send_last(page)


def be_in_two_places(page: Page) -> None:
    """Prepare a session on the day of the next one."""
    page.select_option("[name=course_version]", index=1)
    page.select_option("[name=area]", index=2)
    day = datetime.now(ZoneInfo("Asia/Karachi")).date() + timedelta(days=5)
    page.fill("#first-day", day.isoformat())
    page.click("[data-fill] button[value='2']")
    send_last(page)


def type_words(page: Page) -> None:
    page.fill("[name=female-government]", "seven")
    send_empty(page)


def go_on(page: Page) -> None:
    """To the page that asks once more; nothing is issued."""
    page.locator("main form[method=post] .button").first.click()
    page.locator("[name=sure]").wait_for(state="attached")


def refuse_sticker(page: Page) -> None:
    """Somebody with a sticker that is taken, refused by the server; nobody is registered."""
    for button in page.locator("[data-forget]:visible").all():
        button.click()
    page.fill("#id_name", "Rashida Begum")
    page.fill("#id_number", "1")
    page.press("#id_number", "Enter")
    page.locator("#people [data-correct]").wait_for()


def offer_names(page: Page) -> None:
    page.fill("#id_name", "")  # what was typed before a reload stands there
    page.locator("#id_name").press_sequentially("noy")
    page.locator("#offers [role=option]").first.wait_for()


def forget_the_reason(page: Page) -> None:
    page.locator("[name=reason]").evaluate("field => { field.required = false }")
    page.locator("form:has([name=reason]) button").click()


def paste(page: Page, *rows: str) -> None:
    page.fill("[name=text]", "\n".join(("Name\tSex\tOrganisation", *rows)))
    page.check("[name=agreed][value=yes]")
    page.locator("main form .button").click()


def paste_list(page: Page) -> None:
    paste(page, "Noy Vongsa A\tm\tdemo-institution", "Bano Bibi A\tf\t", "Anwar Ali\tm\t")
    page.locator("[name=confirm]").wait_for(state="attached")


def paste_nonsense(page: Page) -> None:
    paste(page, "Anwar Ali\tmm\tNobody knows this one", "\tf\t")
    page.locator(".treads").wait_for()


def lose_the_network_in_the_roll(page: Page) -> None:
    page.context.set_offline(True)
    page.locator(".call:not(:has(input:checked)) .late").first.click()
    page.locator(".call [data-state] .kept").first.wait_for()


def mistype(page: Page) -> None:
    """A line of answers that is too short, and a letter that the question does not have."""
    for n, line in enumerate(("ABC", "ZZZZZ ZZZZZ ZZZZZ")):
        field = page.locator(".line .keys").nth(n)
        field.fill(line)
        field.press("Enter")
    page.locator(".line.wrong").nth(1).wait_for()


def mistype_one(page: Page) -> None:
    """A letter that no question has."""
    page.locator(".line .keys").first.fill("ZZZZZ ZZZZZ ZZZZZ")
    page.locator(".line .keys").first.press("Enter")
    page.locator(".line.wrong").first.wait_for()
