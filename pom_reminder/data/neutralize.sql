-- A copied database reminds nobody.
UPDATE pom_reminder_setup SET state = 'stopped';
