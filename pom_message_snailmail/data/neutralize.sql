-- A copied database has nothing printed and posted.
UPDATE res_company SET pom_letter_snailmail = FALSE;
UPDATE snailmail_letter SET state = 'canceled' WHERE state = 'pending';
