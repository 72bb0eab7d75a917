import {patch} from "@web/core/utils/patch";
import {PaymentForm} from "@payment/interactions/payment_form";

patch(PaymentForm.prototype, {
    /**
     * Where the payer is sent to Stripe's own page, there is no form to prepare here.
     *
     * @override
     */
    async _prepareInlineForm(
        providerId,
        providerCode,
        paymentOptionId,
        paymentMethodCode,
        flow
    ) {
        if (providerCode === "stripe") {
            const radio = document.querySelector(
                'input[name="o_payment_radio"]:checked'
            );
            const inlineForm = radio && this._getInlineForm(radio);
            if (!inlineForm?.querySelector('[name="o_stripe_element_container"]')) {
                return;
            }
        }
        await super._prepareInlineForm(
            providerId,
            providerCode,
            paymentOptionId,
            paymentMethodCode,
            flow
        );
    },
});
