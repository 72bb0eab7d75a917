-- Third systems hear from the original alone, and what they know opens nothing here.
UPDATE pom_subscriber
   SET active = FALSE,
       url = NULL,
       former_secret = NULL,
       former_until = NULL,
       secret = 'whsec_' || encode(decode(replace(
           gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'), 'base64');
UPDATE pom_outbound_event SET state = 'dead' WHERE state = 'new';
-- Keys of the original open nothing, whoever sets one active again.
UPDATE pom_api_key
   SET active = FALSE,
       key_hash = encode(sha256((gen_random_uuid()::text || id)::bytea), 'hex');
