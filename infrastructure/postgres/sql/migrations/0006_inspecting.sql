-- What inspectors look at, folded from the facts like the other lists: versions of rows, each with what was known from when until
-- when, so that a list as of a past day is the list of that day. Times of acts are those of the acts themselves.

-- Yellow and red cards of supervision records.
CREATE TABLE {schema}.card (
    card_id uuid NOT NULL,
    known_from timestamptz NOT NULL,
    known_until timestamptz,
    file_id uuid NOT NULL,
    number text NOT NULL,
    file_no text NOT NULL,
    case_number text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('yellow', 'red')),
    clock_id uuid NOT NULL,
    profile text NOT NULL,
    rule text NOT NULL,
    party text NOT NULL,
    severity text,
    due_on date NOT NULL,
    due_at timestamptz,
    given_at timestamptz NOT NULL,
    state text NOT NULL CHECK (state IN ('standing', 'turned', 'replaced', 'withdrawn')),
    ended_at timestamptz,
    verdict text,
    cause uuid,
    edition text,
    CHECK (known_from < known_until),
    PRIMARY KEY (card_id, known_from)
);
CREATE INDEX card_file ON {schema}.card (file_id);
CREATE INDEX card_latest ON {schema}.card (given_at DESC, card_id DESC);
CREATE INDEX card_latest_of ON {schema}.card (party, given_at DESC, card_id DESC);

-- Letters of supervision records.
CREATE TABLE {schema}.letter (
    letter text NOT NULL,
    known_from timestamptz NOT NULL,
    known_until timestamptz,
    file_id uuid NOT NULL,
    number text NOT NULL,
    file_no text NOT NULL,
    kind text NOT NULL,
    addressee text NOT NULL,
    issuer text NOT NULL,
    issued_at timestamptz NOT NULL,
    answer_by date NOT NULL,
    state text NOT NULL CHECK (state IN ('issued', 'acknowledged', 'answered', 'accepted', 'refused', 'withdrawn')),
    about_case text,
    follows text,
    clocks uuid[] NOT NULL,
    rules text[] NOT NULL,
    acknowledged_at timestamptz,
    answered_at timestamptz,
    caused_by text,
    decided_at timestamptz,
    escalated_to text,
    escalated_at timestamptz,
    circulated_at timestamptz,
    CHECK (known_from < known_until)
);
CREATE INDEX letter_file ON {schema}.letter (file_id);
CREATE INDEX letter_latest ON {schema}.letter (issued_at DESC, file_id DESC, letter DESC);
CREATE INDEX letter_awaiting ON {schema}.letter (answer_by) WHERE known_until IS NULL AND state IN ('issued', 'acknowledged');
CREATE INDEX letter_clocks ON {schema}.letter USING gin (clocks) WITH (fastupdate = off) WHERE state = 'accepted';

-- Pauses and extensions of clocks.
CREATE TABLE {schema}.adjustment (
    cause uuid NOT NULL,
    clock_id uuid NOT NULL,
    known_from timestamptz NOT NULL,
    known_until timestamptz,
    file_id uuid NOT NULL,
    number text NOT NULL,
    file_no text NOT NULL,
    case_type text NOT NULL,
    matter text NOT NULL,
    profile text NOT NULL,
    rule text NOT NULL,
    party text NOT NULL,
    calendar text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('pause', 'extension')),
    topic text NOT NULL,
    department text NOT NULL,
    detail text,
    begun_at timestamptz NOT NULL,
    begun_known timestamptz NOT NULL,
    ended_at timestamptz,
    ended_known timestamptz,
    due_before date,
    due_after date,
    last_day boolean NOT NULL,
    last_tenth boolean NOT NULL,
    after_due boolean NOT NULL,
    retroactive boolean NOT NULL,
    CHECK (known_from < known_until),
    PRIMARY KEY (cause, clock_id, known_from)
);
CREATE INDEX adjustment_file ON {schema}.adjustment (file_id);
CREATE INDEX adjustment_latest ON {schema}.adjustment (begun_at DESC, cause DESC, clock_id DESC);

-- What was dispatched: on the way while `ended_at` is empty; `back`: returned to whom it came from.
CREATE TABLE {schema}.dispatch (
    cause uuid NOT NULL,
    known_from timestamptz NOT NULL,
    known_until timestamptz,
    file_id uuid NOT NULL,
    case_id uuid NOT NULL,
    number text NOT NULL,
    file_no text NOT NULL,
    case_type text NOT NULL,
    matter text NOT NULL,
    sender text NOT NULL,
    addressee text NOT NULL,
    sent_at timestamptz NOT NULL,
    ended_at timestamptz,
    back boolean NOT NULL,
    out_at timestamptz,
    arrived_at timestamptz,
    grounds text,
    CHECK (known_from < known_until),
    PRIMARY KEY (cause, known_from)
);
CREATE INDEX dispatch_file ON {schema}.dispatch (file_id);
CREATE INDEX dispatch_on_the_way ON {schema}.dispatch USING gist (tstzrange(known_from, known_until)) WHERE ended_at IS NULL;
CREATE INDEX dispatch_back ON {schema}.dispatch (sent_at) WHERE back;

-- Duties for which the text sets no number of days, while they were awaited.
CREATE TABLE {schema}.ageing (
    clock_id uuid NOT NULL,
    from_at timestamptz NOT NULL,
    until_at timestamptz,
    file_id uuid NOT NULL,
    case_id uuid NOT NULL,
    number text NOT NULL,
    file_no text NOT NULL,
    case_type text NOT NULL,
    matter text NOT NULL,
    profile text NOT NULL,
    rule text NOT NULL,
    leg integer NOT NULL,
    party text NOT NULL,
    calendar text NOT NULL,
    start_on date NOT NULL,
    created_by uuid NOT NULL,
    CHECK (from_at < until_at),
    PRIMARY KEY (clock_id, from_at)
);
CREATE INDEX ageing_file ON {schema}.ageing (file_id);
CREATE INDEX ageing_awaited ON {schema}.ageing (start_on, clock_id) WHERE until_at IS NULL;
CREATE INDEX ageing_ended ON {schema}.ageing USING gist (tstzrange(from_at, until_at)) WHERE until_at IS NOT NULL;

-- When it became known that a clock no longer applies.
ALTER TABLE {schema}.clock ADD COLUMN void_known_at timestamptz;

-- By which the figures over a span of days find their clocks and cases.
CREATE INDEX clock_late ON {schema}.clock (due_on) WHERE tally IN ('late', 'duty');
CREATE INDEX clock_aside ON {schema}.clock (due_on) WHERE tally IS NULL AND state NOT IN ('void', 'gone');
CREATE INDEX register_opened ON {schema}.register (opened_on) INCLUDE (closed_on, department, case_type) WHERE open OR closed_on IS NOT NULL;
CREATE INDEX register_closed ON {schema}.register (closed_on) INCLUDE (opened_on, department, case_type) WHERE closed_on IS NOT NULL;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['card', 'letter', 'adjustment', 'dispatch', 'ageing']
    LOOP
        EXECUTE format('COMMENT ON TABLE {schema}.%I IS %L', name, 'projection');
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON {schema}.%I TO {app}', name);
    END LOOP;
END $$;
