-- A copied database must not collect anything, nor answer for the original.
UPDATE payment_provider
   SET bancontact_api_key = NULL,
       bancontact_ppid = NULL,
       bancontact_merchant_number = NULL,
       bancontact_api_url = NULL,
       bancontact_jwks_url = NULL,
       pom_signing_key = NULL,
       pom_signing_key_id = NULL,
       pom_keys = NULL,
       pom_keys_date = NULL;
UPDATE res_company SET pom_base_url = NULL;
UPDATE res_company
   SET pom_reminders_stopped = TRUE,
       pom_whatsapp_phone = NULL,
       pom_whatsapp_token = NULL,
       pom_whatsapp_secret = NULL,
       pom_whatsapp_verify = NULL,
       pom_whatsapp_url = NULL;
-- What the original was told isn't for the copy, and it asks after nothing.
UPDATE pom_webhook_event SET state = 'dead' WHERE state = 'new';
UPDATE payment_transaction SET pom_next_ask = NULL;
-- Third systems hear from the original alone.
UPDATE pom_subscriber SET active = FALSE, url = NULL;
UPDATE pom_outbound_event SET state = 'dead' WHERE state = 'new';
