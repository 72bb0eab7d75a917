"""One way to let a company collect with a simulated provider, for the tests of every
kind, the benchmarks and the demo.
"""

from tests.simulators.bancontact_pro import BancontactPro
from tests.simulators.example import Example
from tests.simulators.mollie import Mollie
from tests.simulators.stripe import Stripe


def collect_with(env, psp, company=None, merchant=None, **values):
    """Switch the company's provider on, as an administrator would.

    :param psp: the running simulator
    :param merchant: of the simulator's merchants another than the first, if it has any
    :param values: of the provider, on top
    :return: the provider; its one way to pay is Bancontact
    """
    company = company or env.company
    code, settings = SETTINGS[type(psp)]
    method = env.ref("payment.payment_method_bancontact")
    # What is public elsewhere is on this machine here.
    env["ir.config_parameter"].set_param("pom_payment.internal_networks", "127.0.0.0/8")
    provider = provider_of(env, code, company)
    provider.write(
        {
            **settings(psp, merchant),
            "payment_method_ids": [(6, 0, method.ids)],
            "state": "enabled",
            "is_published": True,
            **values,
        }
    )
    # Only what a provider takes can be switched on.
    provider.with_context(active_test=False).payment_method_ids.active = True
    if isinstance(psp, Stripe):
        # One address for the whole account, told to Stripe beforehand.
        endpoint = psp.listen(provider.pom_webhook_url)
        provider.stripe_checkout_secret = endpoint["secret"]
    return provider


def provider_of(env, code, company=None):
    """The provider of a company; made when there's only another's."""
    company = company or env.company
    providers = env["payment.provider"].search([("code", "=", code)])
    own = providers.filtered(lambda provider: provider.company_id == company)
    return own[:1] or providers[:1].copy(
        {"company_id": company.id, "name": providers[:1].name}
    )


def way_of(provider):
    """How the payment page calls it."""
    return f"{provider.id}-{provider.payment_method_ids[:1].id}"


def _bancontact(psp, merchant):
    merchant = merchant or psp.merchants[0]
    return {
        "bancontact_api_key": merchant.api_key,
        "bancontact_ppid": merchant.ppid,
        "bancontact_api_url": psp.url,
        "bancontact_jwks_url": psp.jwks_url,
    }


def _mollie(psp, merchant):
    return {
        "mollie_api_key": psp.api_key,
        "mollie_api_url": psp.api_url,
        "mollie_profile_id": psp.profile_id,
    }


def _stripe(psp, merchant):
    return {
        "stripe_secret_key": psp.api_key,
        "stripe_publishable_key": "pk_" + psp.api_key[3:],
        "stripe_api_url": psp.api_url,
        "stripe_checkout": True,
    }


def _example(psp, merchant):
    return {"example_key": psp.api_key, "example_url": psp.url}


#: By simulator: the provider's code, and what it needs.
SETTINGS = {
    BancontactPro: ("bancontact_pro", _bancontact),
    Mollie: ("mollie", _mollie),
    Stripe: ("stripe", _stripe),
    Example: ("example", _example),
}
