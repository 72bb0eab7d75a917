-- A copied database charges nobody: that is the original's business.
UPDATE pom_charge_consent SET state = 'paused' WHERE state IN ('active', 'waiting');
