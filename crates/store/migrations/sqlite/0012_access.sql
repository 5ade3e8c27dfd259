-- Who may enter, how they are recognised, and what they did.

create table users (
    id integer primary key autoincrement,
    -- What they log in with, in lower case.
    name text not null unique,
    role text not null,
    -- argon2id, as a PHC string; null until an invitation is accepted.
    password text,
    -- SHA-256 of the word an invitation leads back with, in hexadecimal digits.
    invitation text unique,
    invited_until text,
    created_at text not null
);

create table sessions (
    id integer primary key autoincrement,
    -- SHA-256 of what the browser's cookie holds, in hexadecimal digits.
    key_hash text not null unique,
    user_id integer not null references users (id) on delete cascade,
    browser text not null,
    address text not null,
    created_at text not null,
    seen_at text not null
);
create index sessions_by_user on sessions (user_id);

create table api_tokens (
    id integer primary key autoincrement,
    user_id integer not null references users (id) on delete cascade,
    name text not null,
    scope text not null,
    -- The first letters, for people to know it by.
    hint text not null,
    -- SHA-256 of the token, in hexadecimal digits.
    hash text not null unique,
    created_at text not null,
    used_at text
);
create index api_tokens_by_user on api_tokens (user_id);

create table audit_log (
    id integer primary key autoincrement,
    at text not null,
    -- Who, by the name of that moment: the entry outlives the member.
    actor text not null,
    address text not null,
    action text not null,
    -- To what; never a secret.
    subject text not null
);
create index audit_log_by_age on audit_log (at);
