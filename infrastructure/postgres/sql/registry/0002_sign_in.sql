-- Who may come in: tokens with a scope and an end, local accounts, sessions, subjects of an identity provider; and counters.
ALTER TABLE {schema}.token DROP COLUMN role;
ALTER TABLE {schema}.token
    ADD COLUMN scope text[] NOT NULL DEFAULT ARRAY['read', 'act']
        CHECK (scope <@ ARRAY['read', 'act', 'accounts'] AND scope <> '{}'),
    ADD COLUMN label text,
    ADD COLUMN made_by text,
    ADD COLUMN demonstration boolean NOT NULL DEFAULT false,
    ADD COLUMN expires_at timestamptz,
    ADD COLUMN last_used_at timestamptz,
    ADD COLUMN revoked_at timestamptz;
CREATE INDEX token_jurisdiction ON {schema}.token (jurisdiction);

-- A local account is an officer of the register and a password, of which only a slow hash is kept.
CREATE TABLE {schema}.account (
    jurisdiction text NOT NULL REFERENCES {schema}.jurisdiction ON DELETE CASCADE,
    login text NOT NULL CHECK (login ~ '^[a-z0-9][a-z0-9._-]{1,63}$'),
    officer text NOT NULL CHECK (officer <> ''),
    password_hash text NOT NULL,
    must_change boolean NOT NULL,
    demonstration boolean NOT NULL DEFAULT false,
    made_by text,
    made_at timestamptz NOT NULL DEFAULT now(),
    changed_at timestamptz NOT NULL DEFAULT now(),
    signed_in_at timestamptz,
    disabled_at timestamptz,
    PRIMARY KEY (jurisdiction, login)
);

-- A session is found by the hash of what the cookie holds; its handle names it and opens nothing.
CREATE TABLE {schema}.session (
    id_hash bytea PRIMARY KEY,
    handle uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
    jurisdiction text NOT NULL,
    login text NOT NULL,
    begun_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    address text,
    agent text,
    FOREIGN KEY (jurisdiction, login) REFERENCES {schema}.account ON DELETE CASCADE
);
CREATE INDEX session_account ON {schema}.session (jurisdiction, login);
CREATE INDEX session_ends ON {schema}.session (ends_at);

-- Whom an identity provider means, as administrators say; no role comes from outside.
CREATE TABLE {schema}.subject (
    issuer text NOT NULL,
    subject text NOT NULL,
    jurisdiction text NOT NULL REFERENCES {schema}.jurisdiction ON DELETE CASCADE,
    officer text NOT NULL CHECK (officer <> ''),
    made_by text,
    made_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (issuer, subject)
);
CREATE INDEX subject_jurisdiction ON {schema}.subject (jurisdiction);

-- How often something was asked within a window that ends.
CREATE TABLE {schema}.spending (
    key bytea PRIMARY KEY,
    spent integer NOT NULL,
    ends_at timestamptz NOT NULL
);
CREATE INDEX spending_ends ON {schema}.spending (ends_at);

-- Tokens and accounts are ended, never deleted; what a token is good for and whose an account is never changes.
GRANT INSERT, UPDATE (last_used_at, revoked_at) ON {schema}.token TO {app};
GRANT SELECT, INSERT, UPDATE (password_hash, must_change, changed_at, signed_in_at, disabled_at)
    ON {schema}.account TO {app};
GRANT SELECT, INSERT, UPDATE (seen_at), DELETE ON {schema}.session TO {app};
GRANT SELECT, INSERT, DELETE ON {schema}.subject TO {app};
GRANT SELECT, INSERT, UPDATE, DELETE ON {schema}.spending TO {app};
