import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { _t } from "@web/core/l10n/translation";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

// The page in a frame that follows the settings while they are being changed.
export class PagePreviewField extends Component {
    static template = "pom_payment.PagePreviewField";
    static props = { ...standardFieldProps };

    get address() {
        return this.props.record.data[this.props.name];
    }

    get title() {
        return _t("Preview of the payment page");
    }
}

registry.category("fields").add("pom_page_preview", {
    component: PagePreviewField,
    displayName: _t("Preview of the payment page"),
    supportedTypes: ["char"],
});
