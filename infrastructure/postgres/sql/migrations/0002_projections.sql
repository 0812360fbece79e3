-- Lists across cases, folded from the facts: everything here can be thrown away and built again. Written by the projector alone.
CREATE EXTENSION IF NOT EXISTS btree_gist;

-- Every case as it is now. `grams`: the pairs of neighbouring letters of `words`, by which text is found, Chinese too.
CREATE TABLE {schema}.register (
    case_id uuid PRIMARY KEY,
    file_id uuid NOT NULL,
    number text NOT NULL,
    file_no text NOT NULL,
    case_type text NOT NULL,
    state text NOT NULL,
    version bigint NOT NULL,
    matter text NOT NULL,
    holder text,
    in_transit_to text,
    open boolean NOT NULL,
    department text NOT NULL,
    parties text[] NOT NULL,
    opened_on date NOT NULL,
    closed_on date,
    changed_at timestamptz NOT NULL,
    words text NOT NULL,
    grams text[] NOT NULL
);
CREATE INDEX register_file ON {schema}.register (file_id);
CREATE INDEX register_latest ON {schema}.register (changed_at, case_id);
CREATE INDEX register_holder ON {schema}.register (holder, changed_at, case_id) WHERE holder IS NOT NULL;
CREATE INDEX register_addressee ON {schema}.register (in_transit_to, changed_at, case_id) WHERE in_transit_to IS NOT NULL;
CREATE INDEX register_file_no ON {schema}.register USING hash (file_no);
CREATE INDEX register_grams ON {schema}.register USING gin (grams) WITH (fastupdate = off);

-- Who held which matter (the n-th of its file) when: one at a time, which the constraint proves, in recording time and as it
-- happened. No index holds a text that a caller may make as long as he likes.
CREATE TABLE {schema}.custody (
    basis text NOT NULL CHECK (basis IN ('known', 'recomputed')),
    file_id uuid NOT NULL,
    n integer NOT NULL,
    matter text NOT NULL,
    holder text NOT NULL,
    since timestamptz NOT NULL,
    until timestamptz,
    CHECK (since < until),
    CONSTRAINT custody_one_holder
        EXCLUDE USING gist (file_id WITH =, n WITH =, basis WITH =, tstzrange(since, until) WITH &&)
);

CREATE INDEX custody_file ON {schema}.custody (file_id);

-- Matters on the way, by basis.
CREATE TABLE {schema}.transit (
    basis text NOT NULL CHECK (basis IN ('known', 'recomputed')),
    file_id uuid NOT NULL,
    matter text NOT NULL,
    sender text,
    addressee text NOT NULL,
    since timestamptz NOT NULL,
    until timestamptz,
    CHECK (since < until)
);
CREATE INDEX transit_file ON {schema}.transit (file_id);

-- Open matters as they are now.
CREATE TABLE {schema}.holding (
    file_id uuid NOT NULL,
    n integer NOT NULL,
    matter text NOT NULL,
    case_id uuid NOT NULL,
    number text NOT NULL,
    file_no text NOT NULL,
    case_type text NOT NULL,
    holder text NOT NULL,
    since timestamptz NOT NULL,
    in_transit_to text,
    sent_at timestamptz,
    PRIMARY KEY (file_id, n)
);
CREATE INDEX holding_since ON {schema}.holding (since, file_id, n);
CREATE INDEX holding_holder ON {schema}.holding (holder, since, file_id, n);
CREATE INDEX holding_addressee ON {schema}.holding (in_transit_to, since, file_id, n) WHERE in_transit_to IS NOT NULL;

-- Every clock under all that is known today. `state` does not change by the passing of time: overdue is who runs past `due_on`.
CREATE TABLE {schema}.clock (
    clock_id uuid PRIMARY KEY,
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
    start_at timestamptz,
    created_by uuid NOT NULL,
    severity text NOT NULL,
    status text NOT NULL,
    conditional boolean NOT NULL,
    advisory boolean NOT NULL,
    is_right boolean NOT NULL,
    by_the_hour boolean NOT NULL,
    due_on date,
    due_at timestamptz,
    provisional boolean NOT NULL,
    paused_from date,
    state text NOT NULL CHECK (state IN ('running', 'paused', 'met', 'late', 'pending', 'undecided', 'void', 'gone')),
    stopped_at timestamptz,
    stop_known_at timestamptz,
    late_by_recording boolean NOT NULL,
    judgements integer NOT NULL,
    tally text CHECK (tally IN ('met', 'late', 'duty', 'maximum', 'option', 'unsettled')),
    first_year integer,
    last_year integer
);
CREATE INDEX clock_file ON {schema}.clock (file_id);
CREATE INDEX clock_due ON {schema}.clock (due_on, clock_id) WHERE state = 'running';
CREATE INDEX clock_due_by_party ON {schema}.clock (party, due_on, clock_id) WHERE state = 'running';
CREATE INDEX clock_hours ON {schema}.clock (due_at) WHERE tally = 'duty' AND due_at IS NOT NULL;

-- When which clock was overdue. Without end: it still is, or will be if nothing happens. Ended: once in every month it touches.
CREATE TABLE {schema}.overdue (
    basis text NOT NULL CHECK (basis IN ('known', 'recomputed', 'both')),
    clock_id uuid NOT NULL,
    from_at timestamptz NOT NULL,
    until_at timestamptz,
    month date,
    breach_at timestamptz NOT NULL,
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
    start_at timestamptz,
    due_on date NOT NULL,
    due_at timestamptz,
    by_workdays boolean NOT NULL,
    severity text NOT NULL,
    status text NOT NULL,
    conditional boolean NOT NULL,
    advisory boolean NOT NULL,
    created_by uuid NOT NULL,
    CHECK (from_at < until_at),
    CHECK ((until_at IS NULL) = (month IS NULL))
);
CREATE INDEX overdue_file ON {schema}.overdue (file_id);
CREATE INDEX overdue_open ON {schema}.overdue (breach_at, clock_id) WHERE until_at IS NULL;
CREATE INDEX overdue_open_by_party ON {schema}.overdue (party, breach_at, clock_id) WHERE until_at IS NULL;
CREATE INDEX overdue_ended ON {schema}.overdue (month, breach_at, clock_id) WHERE until_at IS NOT NULL;
CREATE INDEX overdue_ended_by_party ON {schema}.overdue (party, month, breach_at, clock_id) WHERE until_at IS NOT NULL;

-- What was known of a clock that was judged again, from when on; never changed, only added to.
CREATE TABLE {schema}.judgement (
    clock_id uuid NOT NULL,
    n integer NOT NULL,
    file_id uuid NOT NULL,
    known_from timestamptz NOT NULL,
    due_on date,
    due_at timestamptz,
    provisional boolean NOT NULL,
    state text NOT NULL,
    stopped_at timestamptz,
    cause uuid,
    edition text,
    PRIMARY KEY (clock_id, n)
);
CREATE INDEX judgement_file ON {schema}.judgement (file_id);

-- What the supervision record is to say of a clock, and from when on; `event_id` is the event's that says it.
CREATE TABLE {schema}.verdict (
    clock_id uuid NOT NULL,
    n integer NOT NULL,
    file_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('breach', 'rejudged')),
    at timestamptz NOT NULL,
    breach_at timestamptz,
    due_on date,
    due_at timestamptz,
    state text NOT NULL,
    cause uuid,
    edition text,
    event_id uuid NOT NULL,
    PRIMARY KEY (clock_id, n)
);
CREATE INDEX verdict_file ON {schema}.verdict (file_id);
CREATE INDEX verdict_at ON {schema}.verdict (at, clock_id, n);

-- Memos of joint punishment: whom they bind from when until when.
CREATE TABLE {schema}.memo (
    case_id uuid NOT NULL,
    n integer NOT NULL,
    file_id uuid NOT NULL,
    subject text NOT NULL,
    uscc text,
    memo text,
    measures jsonb NOT NULL,
    issued_on date NOT NULL,
    effective date NOT NULL,
    until date,
    revoked_on date,
    ended_on date,
    PRIMARY KEY (case_id, n)
);
CREATE INDEX memo_file ON {schema}.memo (file_id);

-- How many clocks are due on a day or in a month, by department and by rule; kept by difference with the clocks themselves.
CREATE TABLE {schema}.statistic (
    scale text NOT NULL CHECK (scale IN ('day', 'month')),
    by text NOT NULL CHECK (by IN ('department', 'rule')),
    bucket date NOT NULL,
    key text NOT NULL,
    severity text NOT NULL,
    met bigint NOT NULL,
    late bigint NOT NULL,
    duty bigint NOT NULL,
    maximum bigint NOT NULL,
    option bigint NOT NULL,
    unsettled bigint NOT NULL,
    PRIMARY KEY (scale, by, bucket, key, severity)
);
CREATE INDEX statistic_empty ON {schema}.statistic (bucket)
    WHERE met = 0 AND late = 0 AND duty = 0 AND maximum = 0 AND option = 0 AND unsettled = 0;

-- The error on which the projector stopped; no row while it runs.
CREATE TABLE {schema}.stoppage (
    follower text PRIMARY KEY,
    position bigint NOT NULL,
    error text NOT NULL,
    stopped_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Where the lists stand: one row, read with every page. `jurisdiction`: the version of the jurisdiction's own case that they
-- know; `latest_end`: an instant, in microseconds, after which no stretch in `overdue` ended.
CREATE TABLE {schema}.whereabouts (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    position bigint NOT NULL,
    jurisdiction bigint NOT NULL,
    latest_end bigint NOT NULL
);
INSERT INTO {schema}.whereabouts (position, jurisdiction, latest_end) VALUES (0, 0, 0);

-- The law (rules and shipped calendars, as a fingerprint) under which the lists were built.
CREATE TABLE {schema}.built_under (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    law text NOT NULL
);

-- Which job ran for which time: each once.
CREATE TABLE {schema}.job_run (
    job text NOT NULL,
    scheduled_for timestamptz NOT NULL,
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at timestamptz,
    outcome jsonb,
    PRIMARY KEY (job, scheduled_for)
);

GRANT SELECT, INSERT, UPDATE, DELETE ON {schema}.stoppage TO {app};
GRANT SELECT, UPDATE ON {schema}.whereabouts TO {app};
GRANT SELECT, INSERT ON {schema}.built_under TO {app};
GRANT SELECT, INSERT, UPDATE ON {schema}.job_run TO {app};

-- What is folded from the facts, and so rebuilt as a whole: the tables with this comment.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['register', 'custody', 'transit', 'holding', 'clock', 'overdue', 'judgement', 'verdict', 'memo', 'statistic']
    LOOP
        EXECUTE format('COMMENT ON TABLE {schema}.%I IS %L', name, 'projection');
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON {schema}.%I TO {app}', name);
    END LOOP;
END $$;
