"""E-mails can be read: in every width, with every colours, in every language."""

import re

import pytest

from .mail_pages import LANGUAGES, SCHEMES, WIDTHS, caught, leaf, look
from .mail_support import USED, used

#: What of the text doesn't stand out from what is behind it, by WCAG 2.1.
FAINT = """
() => {
  const light = (rgb) => {
    const part = rgb.map((v) => v / 255)
      .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * part[0] + 0.7152 * part[1] + 0.0722 * part[2];
  };
  const read = (color) => color.match(/[\\d.]+/g).map(Number);
  const behind = (node) => {
    for (; node; node = node.parentElement) {
      const color = read(getComputedStyle(node).backgroundColor);
      if (color.length < 4 || color[3] > 0) return color;
    }
    return [255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const faint = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const owner = node.parentElement;
    if (!node.textContent.trim() || !owner.offsetParent) continue;
    const [a, b] = [read(getComputedStyle(owner).color), behind(owner)]
      .map(light).sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) faint.push(node.textContent.trim());
  }
  return faint;
}
"""
#: Names of facts that are one word and on two lines.
TORN = """
() => [...document.querySelectorAll('.pom_facts td.pom_soft')]
  .filter((cell) => {
    const words = document.createRange();
    words.selectNodeContents(cell);
    const tops = [...words.getClientRects()].map((one) => Math.round(one.top));
    return !/\\s/.test(cell.innerText.trim()) && new Set(tops).size > 1;
  })
  .map((cell) => cell.innerText)
"""
OVERFLOW = "document.documentElement.scrollWidth - window.innerWidth"


@pytest.fixture(scope="module")
def mails():
    return caught()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_cut_or_faint(mails, chromium, width, scheme):
    for key, page in leaf(chromium, mails, width, scheme):
        assert page.evaluate(OVERFLOW) <= 0, key
        assert page.evaluate(FAINT) == [], key


@pytest.mark.parametrize("width", (320, 360))
def test_nothing_is_cut_without_the_style_sheet(mails, chromium, width):
    """Gmail's app drops it for addresses that aren't Google's."""
    bare = {
        key: re.sub("<style>.*?</style>", "", html, flags=re.DOTALL)
        for key, html in mails.items()
    }
    assert all(bare[key] != html for key, html in mails.items())
    for key, page in leaf(chromium, bare, width, "light"):
        assert page.evaluate(OVERFLOW) <= 0, key


@pytest.mark.parametrize("width", WIDTHS)
def test_no_word_is_torn(mails, chromium, width):
    """What names a fact stays one word, however long the fact is."""
    for key, page in leaf(chromium, mails, width, "light"):
        assert page.evaluate(TORN) == [], key


def test_everything_in_them_was_asked_about(mails):
    """New HTML or CSS: dev/mail-support says what becomes of it."""
    assert used(" ".join(mails.values())) == USED


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_background_that_alone_turns_dark(mails, chromium, lang):
    """What some programs do: colours behind the text change, those of the text don't.
    The sheet's own background stays, since a picture is drawn over it.
    """
    with look(chromium, mails[f"first-{lang}"], 360, "light") as page:
        page.add_style_tag(content="* { background-color: #000 !important; }")
        image = "getComputedStyle(document.querySelector('.pom_sheet')).backgroundImage"
        assert "rgb(255, 255, 255)" in page.evaluate(image)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_button_can_be_hit_with_a_thumb(mails, chromium, lang):
    with look(chromium, mails[f"invoice-{lang}"], 320, "light") as page:
        box = page.locator("a.pom_button").bounding_box()
        assert box["height"] >= 48 and box["width"] >= 100
        assert page.locator("a.pom_button").count() == 1
