// A provider's own script that can't be loaded (blocked, or no network): words, and the
// way back to the other ways, in place of an error that nobody understands.
"use strict";

const show = () => {
    const note = document.getElementById("pom_unloaded");
    if (note) {
        note.classList.remove("d-none");
    }
    const form = document.getElementById("o_payment_form");
    if (form) {
        form.classList.add("d-none");
    }
};
const isForeign = (script) =>
    script.src && new URL(script.src).origin !== window.location.origin;
window.addEventListener(
    "error",
    (event) => {
        if (event.target instanceof HTMLScriptElement && isForeign(event.target)) {
            show();
        }
    },
    true
);
// What Odoo makes of it: it would show its own error.
window.addEventListener(
    "unhandledrejection",
    (event) => {
        if (/^The loading of \S+ failed/.test(event.reason?.message)) {
            event.preventDefault();
            event.stopImmediatePropagation();
            show();
        }
    },
    true
);
