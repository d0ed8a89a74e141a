"""`python -m tests.bench.painting`: how soon a first visit shows something over a slow line.

A lesson and a page with text in the reader's own language, on a phone's screen, signed out, with
an empty cache, in Chromium with 400 ms of latency and 50 kB/s. It says nothing of what a line
needs to be opened.
"""

from statistics import median

from playwright.sync_api import Browser, sync_playwright

from tests.site import CHROMIUM, CHROMIUM_FLAGS, running_site

LATENCY, SPEED = 0.4, 50_000  # seconds from a request to its answer; bytes a second
TIMES = 5
PATHS = ("/courses/coordination/mapping/", "/")
LANGUAGES = ("en", "ur", "km", "lo")
WATCH = """
window.largest = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) window.largest = entry.startTime;
}).observe({type: "largest-contentful-paint", buffered: true});
"""
PAINTS = """() => [
  performance.getEntriesByName("first-contentful-paint")[0].startTime, window.largest
]"""


def paints(browser: Browser, address: str) -> tuple[float, float]:
    """Seconds until something is seen, and until the largest piece is."""
    context = browser.new_context(viewport={"width": 360, "height": 780})
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    line = {"downloadThroughput": SPEED, "uploadThroughput": SPEED, "latency": LATENCY * 1000}
    tools.send("Network.emulateNetworkConditions", {"offline": False, **line})
    page.add_init_script(WATCH)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    first, largest = page.evaluate(PAINTS)
    context.close()
    return first / 1000, largest / 1000


def main() -> None:
    print("| Page | Something is seen, s | The largest piece is seen, s |\n|---|---:|---:|")  # noqa: T201
    with running_site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        for path in PATHS:
            for language in LANGUAGES:
                address = path if language == "en" else f"/{language}{path}"
                taken = [paints(browser, site.url + address) for _ in range(TIMES + 1)][1:]
                first, largest = (median(times) for times in zip(*taken, strict=True))
                print(f"| `{address}` | {first:.2f} | {largest:.2f} |", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
