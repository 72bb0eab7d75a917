-- Core's own module empties the API keys.
UPDATE payment_provider
   SET stripe_checkout_secret = NULL,
       stripe_api_url = NULL;
