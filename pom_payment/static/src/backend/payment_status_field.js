import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { _t } from "@web/core/l10n/translation";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

// Shape and colour both differ, so that the icon says the same to everyone.
const LOOKS = {
    open: "fa-circle-o text-muted",
    overdue: "fa-exclamation-circle text-danger",
    partial: "fa-adjust text-warning",
    planned: "fa-calendar-o text-muted",
    covered: "fa-plus-circle text-success",
    collected: "fa-calendar-check-o text-muted",
    disputed: "fa-comment-o text-warning",
    handed_over: "fa-share-square-o text-danger",
    in_progress: "fa-clock-o text-warning",
    received: "fa-clock-o text-success",
    held: "fa-question-circle text-danger",
    paid: "fa-check-circle text-success",
    credit: "fa-check-circle-o text-success",
    reversed: "fa-check-circle-o text-success",
    blocked: "fa-ban text-muted",
    withdrawn: "fa-chain-broken text-muted",
};

export class PaymentStatusField extends Component {
    static template = "pom_payment.PaymentStatusField";
    static props = { ...standardFieldProps, label: { type: Boolean, optional: true } };
    static defaultProps = { label: false };

    get value() {
        return this.props.record.data[this.props.name];
    }

    get look() {
        return LOOKS[this.value];
    }

    get label() {
        const options = this.props.record.fields[this.props.name].selection;
        const option = options.find(([key]) => key === this.value);
        return option ? option[1] : "";
    }
}

registry.category("fields").add("pom_payment_status", {
    component: PaymentStatusField,
    displayName: _t("Payment status"),
    supportedTypes: ["selection"],
    extractProps: ({ options }) => ({ label: Boolean(options.label) }),
});
