-- name: find_token
-- Whom a token stands for, found by its prefix; the hash of its secret is to be compared.
select secret_hash, jurisdiction, organ, officer from anjuan.token where prefix = %(prefix)s;

-- name: add_token
-- A token; its jurisdiction must exist.
insert into anjuan.token (prefix, secret_hash, jurisdiction, organ, officer, role)
values (%(prefix)s, %(secret_hash)s, %(jurisdiction)s, %(organ)s, %(officer)s, %(role)s);

-- name: revoke_token
-- No row comes back where there is no such token.
delete from anjuan.token where prefix = %(prefix)s returning prefix;
