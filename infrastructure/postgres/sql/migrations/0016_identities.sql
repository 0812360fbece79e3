-- What names the ledger wherever its keys are kept: random and made once, so that no two databases ever mean the same keys.
CREATE TABLE {schema}.ledger_id (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    id uuid NOT NULL DEFAULT gen_random_uuid()
);
INSERT INTO {schema}.ledger_id DEFAULT VALUES;
CREATE TRIGGER stays BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {schema}.ledger_id EXECUTE FUNCTION {schema}.refuse_change();
ALTER TABLE {schema}.ledger_id ENABLE ALWAYS TRIGGER stays;
GRANT SELECT ON {schema}.ledger_id TO {app};

-- Blind marks of id numbers and telephones, beside the vault: sixteen bits under a key that is not here, so that a mark fits many
-- people and proves nothing. Erased with what it was made of.
CREATE TABLE {schema}.blind_mark (
    reference uuid PRIMARY KEY,
    case_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('id_number', 'phone')),
    mark integer NOT NULL CHECK (mark BETWEEN 0 AND 65535)
);
CREATE INDEX blind_mark_kind ON {schema}.blind_mark (kind, mark);
CREATE INDEX blind_mark_case ON {schema}.blind_mark (case_id);
GRANT SELECT, INSERT, DELETE ON {schema}.blind_mark TO {app};

-- Erasures that were approved: few among all events, looked through by every sweep.
CREATE INDEX events_erasures ON {schema}.events (event_no) WHERE topic = 'erasure.approved';
