// Comfort only: everything on the page works without this.
"use strict";

for (const form of document.querySelectorAll("form[data-once]")) {
    form.addEventListener("submit", (event) => {
        if (form.dataset.sent) {
            event.preventDefault();
            return;
        }
        form.dataset.sent = "1";
        for (const button of form.querySelectorAll("button")) {
            button.setAttribute("aria-disabled", "true");
        }
    });
}
// Coming back with the browser's own button shows the page as it was left.
window.addEventListener("pageshow", (event) => {
    if (event.persisted) {
        window.location.reload();
    }
});

if (navigator.clipboard) {
    for (const button of document.querySelectorAll(".copier")) {
        button.hidden = false;
        button.addEventListener("click", async () => {
            const text = button.previousElementSibling.textContent.trim();
            await navigator.clipboard.writeText(text);
            const label = button.textContent;
            button.textContent = button.dataset.done;
            window.setTimeout(() => {
                button.textContent = label;
            }, 2000);
        });
    }
}

const token = document.body.dataset.follow;
if (token) {
    let wait = 1000;
    const follow = async () => {
        try {
            const response = await fetch(`/p/${token}/status.json`, {
                cache: "no-store",
                credentials: "omit",
            });
            if (response.ok && (await response.json()).state !== document.body.dataset.state) {
                window.location.reload();
                return;
            }
        } catch {
            // No network for a moment: try again.
        }
        wait = Math.min(wait * 1.3, 10000);
        window.setTimeout(follow, wait);
    };
    window.setTimeout(follow, wait);
}
