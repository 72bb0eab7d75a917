-- A copied database writes to nobody.
UPDATE res_company
   SET pom_whatsapp_phone = NULL,
       pom_whatsapp_token = NULL,
       pom_whatsapp_secret = NULL,
       pom_whatsapp_verify = NULL,
       pom_whatsapp_url = NULL,
       pom_short_url = NULL;
-- The addresses in text messages are the original's.
UPDATE pom_delivery
   SET short_token = upper(substr(replace(gen_random_uuid()::text, '-', ''), 1, 16))
 WHERE short_token IS NOT NULL;
