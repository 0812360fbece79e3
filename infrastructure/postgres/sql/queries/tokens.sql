-- name: find_token
-- Whom a token stands for and until when, found by its prefix; the hash of its secret is to be compared.
select secret_hash, jurisdiction, organ, officer, scope, expires_at, revoked_at, last_used_at
from anjuan.token where prefix = $1;

-- name: use_token
-- When a token was used last, noted by whoever comes first and at most so often.
update anjuan.token set last_used_at = %(now)s
where prefix = %(prefix)s and (last_used_at is null or last_used_at <= %(before)s);

-- name: add_token
-- A token; its jurisdiction must exist.
insert into anjuan.token (prefix, secret_hash, jurisdiction, organ, officer, scope, label, made_by, expires_at, demonstration)
values (%(prefix)s, %(secret_hash)s, %(jurisdiction)s, %(organ)s, %(officer)s, %(scope)s, %(label)s, %(made_by)s, %(expires_at)s,
    %(demonstration)s);

-- name: tokens
-- The tokens of a jurisdiction, without what would let anybody in.
select prefix, organ, officer, scope, label, made_by, demonstration, created_at, expires_at, last_used_at, revoked_at
from anjuan.token where jurisdiction = %(jurisdiction)s order by created_at, prefix;

-- name: revoke_token
-- No row comes back where there is no such token (of the jurisdiction, if one is named) that still stands for somebody.
update anjuan.token set revoked_at = %(now)s
where prefix = %(prefix)s and revoked_at is null
    and (%(jurisdiction)s::text is null or jurisdiction = %(jurisdiction)s)
returning prefix;
