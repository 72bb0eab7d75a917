-- Core's own module empties the API key.
UPDATE payment_provider
   SET mollie_profile_id = NULL,
       mollie_webhook_secret = NULL,
       mollie_access_token = NULL,
       mollie_api_url = NULL;
