"""Who sees what is kept about debtors. Fields say it themselves, since customers and
employees read invoices and contacts by remote calls, whatever the screens show.
"""

#: Whoever works with invoices, or looks into the books.
ACCOUNTING = "account.group_account_readonly,account.group_account_invoice"
#: And whoever sets the company up.
SETTING_UP = f"{ACCOUNTING},base.group_system"
