-- A copied database writes to nobody.
UPDATE res_company
   SET pom_whatsapp_phone = NULL,
       pom_whatsapp_token = NULL,
       pom_whatsapp_secret = NULL,
       pom_whatsapp_verify = NULL,
       pom_whatsapp_url = NULL;
