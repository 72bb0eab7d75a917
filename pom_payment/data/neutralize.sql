-- A copied database must not collect anything, nor answer for the original.
UPDATE payment_provider
   SET pom_keys = NULL,
       pom_keys_date = NULL,
       pom_keys_try = NULL;
UPDATE res_company SET pom_base_url = NULL;
-- What the original was told isn't for the copy, and it asks after nothing.
UPDATE pom_webhook_event SET state = 'dead' WHERE state = 'new';
UPDATE payment_transaction SET pom_next_ask = NULL;
-- The links that debtors have are the original's: here, others lead to the same debts.
UPDATE pom_paylink
   SET token = upper(substr(replace(
       gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 1, 26));
UPDATE payment_transaction
   SET pom_redirect_url = NULL,
       pom_deeplink = NULL,
       pom_qr_payload = NULL;
