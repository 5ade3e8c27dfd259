-- What services said last is left of a connection's allowances of requests.

create table budgets (
    provider text primary key,
    -- JSON list.
    said text not null
);
