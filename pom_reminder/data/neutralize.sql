-- A copied database reminds nobody.
UPDATE res_company SET pom_reminders_stopped = TRUE;
