-- The keys that sealed values of this database: by their fingerprints, never the keys.

create table sealing_keys (
    fingerprint text primary key,
    -- A known word sealed with the key: whoever opens it has the key.
    proof text not null,
    -- 1: what is sealed from now on is sealed with it. There is one.
    seals bigint not null
);
