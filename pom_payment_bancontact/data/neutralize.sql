-- A copied database must not collect anything, nor answer for the original.
UPDATE payment_provider
   SET bancontact_api_key = NULL,
       bancontact_ppid = NULL,
       bancontact_merchant_number = NULL,
       bancontact_api_url = NULL,
       bancontact_jwks_url = NULL,
       pom_signing_key = NULL,
       pom_signing_key_id = NULL;
