-- Where webhooks stand. Which there are is a fact of the jurisdiction; the log is what is sent; here is only how far, and how it goes.

-- Up to which position everything was delivered, put aside or not asked for, since the version `begun` of the jurisdiction.
-- `attempts`: how often the next notice failed; `retry_at`: not before when it is tried again.
CREATE TABLE {schema}.webhook_progress (
    webhook uuid PRIMARY KEY,
    begun bigint NOT NULL,
    position bigint NOT NULL CHECK (position >= 0),
    attempts integer NOT NULL DEFAULT 0,
    retry_at timestamptz,
    failing_since timestamptz,
    failure text,
    delivered_at timestamptz
);

-- What signs. The latest has no end; one that was replaced signs beside it until `valid_until`.
CREATE TABLE {schema}.webhook_secret (
    webhook uuid NOT NULL,
    n integer NOT NULL,
    secret text NOT NULL,
    made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    valid_until timestamptz,
    PRIMARY KEY (webhook, n)
);

-- Notices that were given up. `retry_asked_at`: somebody wants it tried once more.
CREATE TABLE {schema}.webhook_dead_letter (
    webhook uuid NOT NULL,
    position bigint NOT NULL,
    event_id uuid NOT NULL,
    topic text NOT NULL,
    attempts integer NOT NULL,
    reason text NOT NULL,
    parked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    retry_asked_at timestamptz,
    PRIMARY KEY (webhook, position)
);

GRANT SELECT, INSERT, UPDATE, DELETE ON {schema}.webhook_progress, {schema}.webhook_secret, {schema}.webhook_dead_letter TO {app};
