-- name: add_account
-- No row comes back where the jurisdiction has an account of this name.
insert into anjuan.account (jurisdiction, login, officer, password_hash, must_change, demonstration, made_by)
values (%(jurisdiction)s, %(login)s, %(officer)s, %(password_hash)s, %(must_change)s, %(demonstration)s, %(made_by)s)
on conflict (jurisdiction, login) do nothing returning login;

-- name: find_account
-- An account with the hash of its password.
select officer, password_hash, must_change, disabled_at from anjuan.account
where jurisdiction = %(jurisdiction)s and login = %(login)s;

-- name: accounts
-- The accounts of a jurisdiction, without their hashes.
select login, officer, must_change, demonstration, made_by, made_at, changed_at, signed_in_at, disabled_at
from anjuan.account where jurisdiction = %(jurisdiction)s order by login;

-- name: set_password
-- Another password; no row comes back where there is no such account.
update anjuan.account set password_hash = %(password_hash)s, must_change = %(must_change)s, changed_at = %(now)s
where jurisdiction = %(jurisdiction)s and login = %(login)s returning login;

-- name: disable_account
-- Closed, or open again (null); no row comes back where there is no such account.
update anjuan.account set disabled_at = %(disabled_at)s
where jurisdiction = %(jurisdiction)s and login = %(login)s returning login;

-- name: note_sign_in
-- When somebody signed in last.
update anjuan.account set signed_in_at = %(now)s where jurisdiction = %(jurisdiction)s and login = %(login)s;

-- name: demonstrations
-- How many credentials there are that were made for demonstrations and still let somebody in.
select (select count(*) from anjuan.account where demonstration and disabled_at is null)
    + (select count(*) from anjuan.token where demonstration and revoked_at is null);

-- name: end_demonstration_tokens
-- No token of a demonstration lets anybody in any more.
update anjuan.token set revoked_at = %(now)s where demonstration and revoked_at is null;

-- name: end_demonstration_accounts
-- Nor does an account; sessions end with it.
update anjuan.account set disabled_at = %(now)s where demonstration and disabled_at is null;

-- name: add_session
-- A session, found by the hash of what its cookie holds.
insert into anjuan.session (id_hash, jurisdiction, login, begun_at, seen_at, ends_at, address, agent)
values (%(id_hash)s, %(jurisdiction)s, %(login)s, %(now)s, %(now)s, %(ends_at)s, %(address)s, %(agent)s) returning handle;

-- name: find_session
-- Whose session this is, unless it is over or the account is closed.
select session.handle, jurisdiction, login, account.officer, account.must_change, session.begun_at, session.seen_at, session.ends_at
from anjuan.session join anjuan.account using (jurisdiction, login)
where session.id_hash = %(id_hash)s and account.disabled_at is null and session.ends_at > %(now)s and session.seen_at > %(idle)s;

-- name: see_session
-- When a session was used last, noted by whoever comes first and at most so often.
update anjuan.session set seen_at = %(now)s where id_hash = %(id_hash)s and seen_at <= %(before)s;

-- name: sessions
-- The sessions of an account that are not over.
select handle, begun_at, seen_at, ends_at, address, agent from anjuan.session
where jurisdiction = %(jurisdiction)s and login = %(login)s and ends_at > %(now)s and seen_at > %(idle)s
order by begun_at, handle;

-- name: end_session
-- One session of an account; no row comes back where there is none.
delete from anjuan.session where jurisdiction = %(jurisdiction)s and login = %(login)s and handle = %(handle)s returning handle;

-- name: end_sessions
-- Every session of an account.
delete from anjuan.session where jurisdiction = %(jurisdiction)s and login = %(login)s;

-- name: end_old_sessions
-- The sessions of an account that are over, and the oldest of more than so many.
delete from anjuan.session where id_hash in (
    select id_hash from anjuan.session where jurisdiction = %(jurisdiction)s and login = %(login)s
    order by ends_at > %(now)s and seen_at > %(idle)s desc, begun_at desc, id_hash offset %(most)s
) or (jurisdiction = %(jurisdiction)s and login = %(login)s and (ends_at <= %(now)s or seen_at <= %(idle)s));

-- name: find_subject
-- Which officer an identity provider means.
select jurisdiction, officer from anjuan.subject where issuer = %(issuer)s and subject = %(subject)s;

-- name: add_subject
-- No row comes back where the subject means somebody already.
insert into anjuan.subject (issuer, subject, jurisdiction, officer, made_by)
values (%(issuer)s, %(subject)s, %(jurisdiction)s, %(officer)s, %(made_by)s)
on conflict (issuer, subject) do nothing returning subject;

-- name: subjects
-- Whom an identity provider means in a jurisdiction.
select issuer, subject, officer, made_by, made_at from anjuan.subject
where jurisdiction = %(jurisdiction)s order by issuer, subject;

-- name: remove_subject
-- No row comes back where the jurisdiction knows no such subject.
delete from anjuan.subject where jurisdiction = %(jurisdiction)s and issuer = %(issuer)s and subject = %(subject)s returning subject;
