// Comfort only: everything on the page works without this.
"use strict";

const { token, follow, watch, moment, copied } = document.body.dataset;

// Where a screen reader hears what happens: it must be there before.
const said = document.createElement("p");
said.className = "hear";
said.setAttribute("role", "status");
document.querySelector("main")?.append(said);

// One click, one payment; and whoever waits for the answer sees and hears that.
let pressed = null;
document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.once) {
        return;
    }
    if (form.dataset.sent) {
        event.preventDefault();
        return;
    }
    form.dataset.sent = "1";
    for (const button of form.querySelectorAll("button")) {
        button.setAttribute("aria-disabled", "true");
    }
    const button = event.submitter || form.querySelector("button");
    if (button && moment) {
        pressed = { form, button, before: [...button.childNodes] };
        button.replaceChildren(moment);
        said.textContent = moment;
    }
});
// Coming back with the browser's own button: as it was before, and then as it is now.
window.addEventListener("pageshow", (event) => {
    if (!event.persisted) {
        return;
    }
    if (pressed) {
        pressed.button.replaceChildren(...pressed.before);
        said.textContent = "";
        delete pressed.form.dataset.sent;
        for (const button of pressed.form.querySelectorAll("button")) {
            button.removeAttribute("aria-disabled");
        }
        pressed = null;
    }
    window.location.reload();
});

if (navigator.clipboard) {
    for (const button of document.querySelectorAll(".copier")) {
        button.hidden = false;
    }
    document.addEventListener("click", async (event) => {
        const button = event.target.closest(".copier");
        if (!button) {
            return;
        }
        await navigator.clipboard.writeText(
            button.previousElementSibling.textContent.trim()
        );
        const label = button.firstChild;
        const before = label.data;
        label.data = `${copied} `;
        said.textContent = copied;
        window.setTimeout(() => {
            label.data = before;
            said.textContent = "";
        }, 2000);
    });
}

// Ticking an invoice shows the new sum at once; the button does it without this.
document.addEventListener("change", async (event) => {
    const form = event.target.closest("form.choose");
    if (!form) {
        return;
    }
    const query = new URLSearchParams(new FormData(form));
    const address = `${form.action}?${query}`;
    const answer = await fetch(address, { credentials: "same-origin" });
    if (!answer.ok) {
        form.requestSubmit();
        return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const selector of ["#request", ".transfer"]) {
        const old = document.querySelector(selector);
        const fresh = page.querySelector(selector);
        if (old && fresh) {
            old.replaceChildren(...fresh.childNodes);
        }
    }
    for (const button of document.querySelectorAll(".copier")) {
        button.hidden = !navigator.clipboard;
    }
});

// Somebody has the page before the eyes: a mail scanner has none.
if (token && window.top === window) {
    window.setTimeout(() => {
        if (document.visibilityState === "visible" && !navigator.webdriver) {
            const code = new URLSearchParams(window.location.search).get("d") || "";
            navigator.sendBeacon(`/p/${token}/seen`, new URLSearchParams({ d: code }));
        }
    }, 1500);
}

// What is being paid is followed closely; a transfer may come in at any time.
if (token && (follow || watch)) {
    const longest = follow ? 10000 : 60000;
    // Who comes back from a provider has paid: its news is a moment behind.
    let wait = follow ? 400 : 5000;
    const look = async () => {
        if (!follow && document.visibilityState !== "visible") {
            document.addEventListener("visibilitychange", look, { once: true });
            return;
        }
        try {
            const response = await fetch(`/p/${token}/status.json`, {
                cache: "no-store",
                credentials: "same-origin",
            });
            const { state, busy } = await response.json();
            const shown = document.body.dataset;
            if (response.ok && (state !== shown.state || `${busy}` !== shown.busy)) {
                window.location.reload();
                return;
            }
        } catch {
            // No network for a moment: try again.
        }
        wait = Math.min(wait * 1.3, longest);
        window.setTimeout(look, wait);
    };
    window.setTimeout(look, wait);
}
