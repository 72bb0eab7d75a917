"""How long somebody would take, whatever the machine: each thing that a person does is
counted, by the keystroke-level model (Card, Moran and Newell, 1980), and each wait for
a scheduled action at its longest.
"""

#: Seconds: to think of the next step, point and click; to type a character; to read a
#: screen that wasn't there before.
CLICK = 1.35 + 1.1 + 0.2
KEY = 0.28
LOOK = 8.0


class Human:
    """Drives a page, and keeps count.

    :ivar seconds: that a person would have taken so far.
    """

    def __init__(self, page, shots):
        self.page, self.shots = page, shots
        self.seconds, self.steps = 0.0, 0

    def click(self, selector, **kwargs):
        self._step(CLICK)
        self.page.locator(selector, **kwargs).first.click()

    def type(self, selector, text):
        """Into a field, instead of what is there."""
        self._step(CLICK + KEY * len(text))
        self.page.locator(selector).first.fill(text)

    def write(self, selector, text):
        """Between what stands in an editor already."""
        self._step(CLICK + KEY * len(text))
        self.page.locator(selector).first.click()
        self.page.keyboard.type(text)

    def choose(self, field, text):
        """In a field of Odoo that proposes records."""
        self.type(f".o_field_widget[name={field}] input", text)
        self.click(f".o-autocomplete--dropdown-item:has-text('{text}')")

    def look(self, selector, name=""):
        """At a new screen, once what matters is there."""
        self._step(LOOK)
        self.page.wait_for_selector(selector)
        if name:
            self.page.screenshot(path=self.shots / f"{name}.png")

    def wait(self, seconds):
        """For a scheduled action, whenever it really came."""
        self._step(seconds)

    def _step(self, seconds):
        self.seconds += seconds
        self.steps += 1
