"""E-mails can be read: in every width, with every colours, in every language."""

import pytest

from .mail_pages import LANGUAGES, SCHEMES, WIDTHS, caught, look

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
OVERFLOW = "document.documentElement.scrollWidth - window.innerWidth"


@pytest.fixture(scope="module")
def mails():
    return caught()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_cut_or_faint(mails, chromium, width, scheme):
    for key, html in mails.items():
        with look(chromium, html, width, scheme) as page:
            assert page.evaluate(OVERFLOW) <= 0, key
            assert page.evaluate(FAINT) == [], key


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
