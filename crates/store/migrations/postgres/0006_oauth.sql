-- What authorization servers granted to connections, and the ways there that are not at their end yet.

create table oauth_grants (
    provider text primary key,
    -- Sealed JSON: access, refresh. Null before the first and while only the turn is taken.
    tokens text,
    obtained_at text,
    expires_at text,
    -- JSON, a sentence in two languages: why a person has to connect again.
    lost text,
    lost_at text,
    -- Whose turn it is to renew, and until when.
    turn bigint,
    turn_until text,
    updated_at text not null
);

create table oauth_states (
    -- SHA-256 of what the server's page leads back with, in hexadecimal digits.
    state_hash text primary key,
    provider text not null,
    -- Sealed.
    verifier text not null,
    redirect_uri text not null,
    -- SHA-256 of the browser's session, in hexadecimal digits.
    session_hash text not null,
    created_at text not null
);
