"""The component gallery in a browser: accessible in every theme and text mode, its scripts at work."""

import gzip
import itertools
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from jinlin.web.display import TEXT_MODES, THEMES

TARGETS = {"standard": 48, "large": 60, "extra": 64}
SMALL_TARGETS = """
(least) => [...document.querySelectorAll(
    "button, a.btn, input:not([type=hidden], [type=checkbox], [type=radio]), select, textarea, .choice, nav a, summary")]
  .filter((element) => element.checkVisibility())
  .filter((element) => element.getBoundingClientRect().height < least || element.getBoundingClientRect().width < least)
  .map((element) => element.outerHTML.slice(0, 120))
"""
NARROW = {"width": 320, "height": 640}


def show(visitor, path: str, text: str, theme: str):
    """Open a page in a text mode and a theme."""
    chosen = {"jinlin_text": text, "jinlin_theme": theme}
    visitor.context.add_cookies(
        [{"name": name, "value": value, "url": visitor.address} for name, value in chosen.items()]
    )
    return visitor.goto(path)


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_every_theme_and_text_mode_is_accessible(new_visitor, size):
    visitor = new_visitor(size)
    door = "resident" if size == "phone" else "desk"
    for text, theme in itertools.product(TEXT_MODES, THEMES):
        page = show(visitor, f"/gallery?door={door}", text, theme)
        visitor.assert_accessible()
        assert page.evaluate(SMALL_TARGETS, TARGETS[text]) == []


@pytest.mark.parametrize("door", ["resident", "field", "desk", "cockpit"])
def test_nothing_scrolls_sideways_on_the_smallest_phone(new_visitor, door):
    visitor = new_visitor("phone", viewport=NARROW)
    for text in TEXT_MODES:
        show(visitor, f"/gallery?door={door}", text, "light")
        visitor.assert_accessible()


def test_the_display_switch_works_without_scripts(new_visitor):
    page = new_visitor("phone", java_script_enabled=False).goto("/gallery")
    page.locator("summary").click()
    page.get_by_role("link", name="深色").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_role("link", name="大字").first.click()
    expect(page.locator("html")).to_have_attribute("data-text", "large")


def test_the_first_view_weighs_little(new_visitor):
    visitor = new_visitor("phone")
    bodies = []
    visitor.page.on("response", lambda answer: bodies.append(answer.body()))
    visitor.goto("/gallery")
    visitor.page.wait_for_load_state("networkidle")
    assert sum(len(gzip.compress(body)) for body in bodies) <= 120_000


def test_map_and_chart_open_on_a_tap_and_agree_with_their_tables(desktop):
    page = desktop.goto("/gallery?door=cockpit")
    for button in page.locator("[data-island-tools] button").all():
        button.click()
    page.locator("[data-chart-canvas] svg").first.wait_for()
    canvas = page.locator("[data-island] canvas")
    canvas.wait_for()
    # The status is empty again once the map is drawn.
    expect(page.locator("[data-island] [data-island-status]").first).to_have_text("")
    box = canvas.bounding_box()
    canvas.click(position={"x": box["width"] * 0.55, "y": box["height"] / 2})
    page.locator("#places .row-here").wait_for()
    assert page.locator("#places .row-here th").inner_text() == "安宁社区"
    desktop.assert_accessible()


def test_the_map_picker_gives_places_and_the_crosshairs_point(new_visitor):
    position = {"latitude": 26.102, "longitude": 117.302, "accuracy": 15}
    visitor = new_visitor("phone", geolocation=position, permissions=["geolocation"])
    page = visitor.goto("/gallery")
    page.locator("[data-map-open]").click()
    page.locator("[data-map-locate]").click()
    page.get_by_text("误差约15米").wait_for()
    page.get_by_text("幸福里3号楼 · 36米").click()
    assert page.locator("input[name=latitude]").input_value() == "26.102000"
    assert page.locator("input[name=longitude]").input_value() == "117.302000"
    visitor.assert_accessible()


def test_without_webgl_the_list_stays(new_visitor):
    visitor = new_visitor("phone")
    visitor.context.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page = visitor.goto("/gallery")
    page.locator("[data-map-open]").click()
    page.get_by_text("这台设备打不开").first.wait_for()
    assert page.locator("[data-map-body]").is_hidden()


def test_the_desks_keys_move_tick_and_act_but_not_in_fields(desktop):
    page = desktop.goto("/gallery?door=desk")
    page.locator("h1").click()
    for key in ("j", "j", "x"):
        page.keyboard.press(key)
    assert page.locator(".row-here th").inner_text() == "3号楼路灯不亮"
    assert page.locator("[data-bulk-count]").inner_text() == "1"
    page.keyboard.press("a")
    assert page.url.endswith("#dispatch")
    page.keyboard.press("/")
    page.keyboard.type("jxa")
    assert page.locator("[data-key-search]").input_value() == "jxa"


def test_keys_rest_while_chinese_is_composed_and_when_switched_off(desktop):
    page = desktop.goto("/gallery?door=desk")
    page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {code: 'KeyJ', isComposing: true, bubbles: true}))"
    )
    assert page.locator(".row-here").count() == 0
    page.locator("h1").click()
    page.keyboard.press("Shift+Slash")
    desktop.assert_accessible()
    page.get_by_label("按键已开启").click()
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("j")
    assert page.locator(".row-here").count() == 0


def test_a_draft_comes_back_and_can_be_dropped(phone):
    page = phone.goto("/gallery")
    page.fill("textarea[name=text]", "路灯坏了三天")
    page.reload()
    page.get_by_text("草稿已恢复。").wait_for()
    assert page.input_value("textarea[name=text]") == "路灯坏了三天"
    page.get_by_role("button", name="不要草稿").click()
    page.reload()
    assert page.input_value("textarea[name=text]") == ""


def photo(width: int, height: int) -> bytes:
    """A photo that compresses badly."""
    written = BytesIO()
    Image.effect_noise((width, height), 80).convert("RGB").save(written, "JPEG", quality=95)
    return written.getvalue()


def test_photos_are_shrunk_counted_and_limited(phone):
    page = phone.goto("/gallery")
    big = {"name": "big.jpg", "mimeType": "image/jpeg", "buffer": photo(2400, 1800)}
    strange = {"name": "x.heic", "mimeType": "image/heic", "buffer": b"not readable here"}
    field = page.locator("[data-photos] input[type=file]")
    field.set_input_files([big, strange])
    page.get_by_text("已选2张，最多9张").wait_for()
    sizes = field.evaluate("(field) => [...field.files].map((file) => [file.name, file.type, file.size])")
    assert sizes[0][:2] == ["big.jpg", "image/jpeg"]
    assert sizes[0][2] <= 500_000
    assert sizes[1][0] == "x.heic"
    field.set_input_files([strange] * 9)
    page.get_by_text("多出的没有加上").wait_for()
    assert field.evaluate("(field) => field.files.length") == 9


def test_a_second_tap_sends_nothing(phone):
    page = phone.goto("/gallery")
    sent = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    page.route("**/gallery", lambda route: route.fulfill(status=204))
    page.evaluate(
        "() => { const form = document.querySelector('form[data-send-once]'); form.action = '/gallery';"
        " form.requestSubmit(); form.requestSubmit(); }"
    )
    page.wait_for_timeout(300)
    assert len(sent) == 1
