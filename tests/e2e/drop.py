"""Drops files on a card of the dashboard, as a person drags them there."""

import base64

_SHOW = """
([selector, files]) => {
    const moved = (window.pomMoved = new DataTransfer());
    for (const [name, data] of files) {
        const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
        moved.items.add(new File([bytes], name));
    }
    const card = document.querySelector(selector);
    const event = { dataTransfer: moved, bubbles: true };
    card.dispatchEvent(new DragEvent("dragenter", event));
}
"""
_DROP = """
(selector) => {
    const area = document.querySelector(`${selector} .o_drop_area.drag_to_card`);
    const event = { dataTransfer: window.pomMoved, bubbles: true, cancelable: true };
    area.dispatchEvent(new DragEvent("drop", event));
}
"""


def drop(page, selector, files):
    """
    :param selector: CSS, of the card
    :param files: pairs of name and content
    """
    coded = [[name, base64.b64encode(data).decode()] for name, data in files]
    page.evaluate(_SHOW, [selector, coded])
    page.wait_for_selector(f"{selector} .o_drop_area.drag_to_card")
    page.evaluate(_DROP, selector)
