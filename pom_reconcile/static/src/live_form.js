import { registry } from "@web/core/registry";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";
import { onMounted, onWillUnmount } from "@odoo/owl";

const EVERY_MS = 2000;

/** A form that shows how far the work in the background is, while it goes on. */
export class LiveFormController extends FormController {
    setup() {
        super.setup();
        let timer;
        onMounted(() => {
            timer = setInterval(() => this.reloadWhileRunning(), EVERY_MS);
        });
        onWillUnmount(() => clearInterval(timer));
    }

    async reloadWhileRunning() {
        const root = this.model.root;
        if (["waiting", "running"].includes(root.data.state)) {
            await root.load();
        }
    }
}

registry.category("views").add("pom_live_form", {
    ...formView,
    Controller: LiveFormController,
});
