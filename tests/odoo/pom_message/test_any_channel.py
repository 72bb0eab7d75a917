from odoo.addons.pom_message.tools.channels import CHANNELS

from .any_channel import AnyChannel
from .common import MessageCase


class TestEmail(AnyChannel, MessageCase):
    code = "email"


class TestSms(AnyChannel, MessageCase):
    code = "sms"


class TestWhatsapp(AnyChannel, MessageCase):
    code = "whatsapp"

    def _reach(self, partner):
        self._agree(partner)
        # Without an account there, a person sends them.
        self.company.sudo().pom_whatsapp_phone = "105551234567890"


class TestLetter(AnyChannel, MessageCase):
    code = "letter"


class TestPortal(AnyChannel, MessageCase):
    code = "portal"

    def _reach(self, partner):
        group = self.env.ref("base.group_portal")
        users = self.env["res.users"].sudo().with_context(no_reset_password=True)
        users.create(
            {
                "name": partner.name,
                "login": partner.email,
                "partner_id": partner.id,
                "group_ids": [(6, 0, group.ids)],
            }
        )


class TestLink(AnyChannel, MessageCase):
    code = "link"


class TestTask(AnyChannel, MessageCase):
    code = "task"


def test_there_is_a_test_of_each():
    assert set(CHANNELS) <= {one.code for one in AnyChannel.__subclasses__()}
