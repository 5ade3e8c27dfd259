-- Sources of data: the five canonical tables, the files they were read from, the rows that were refused.
--
-- A row is known by its connection (its scope) and its stable key. `run_id` is the run that last wrote it,
-- `content_hash` what the source held then: a row whose hash is the same is not written again. Amounts are
-- whole cents, days are text (2026-11-21), yes and no are 1 and 0. The scope is not a foreign key: looking it
-- up for each of a million rows costs more than writing them.

-- People and companies who buy. First and last purchase, total, number and average are replaced by what the
-- sales of the connection say, where there are any.
create table if not exists customers (
    scope_id integer not null,
    customer_key text not null,
    last_name text,
    first_name text,
    company text,
    email text,
    phone text,
    mobile text,
    address text,
    postal_code text,
    city text,
    country text,
    segment text,
    email_opt_out integer,
    phone_opt_out integer,
    post_opt_out integer,
    first_purchase_on text,
    last_purchase_on text,
    total_spent_cents integer,
    purchase_count real,
    average_order_cents integer,
    run_id integer not null,
    content_hash integer not null,
    primary key (scope_id, customer_key)
) without rowid;

-- What is sold.
create table if not exists product_catalog (
    scope_id integer not null,
    product_key text not null,
    name text not null,
    category text,
    list_price_cents integer,
    cost_price_cents integer,
    grape_varieties text,
    vintage integer,
    region text,
    alcohol_percent real,
    format text,
    bottles real,
    bottle_cl real,
    is_active integer,
    run_id integer not null,
    content_hash integer not null,
    price_segment text generated always as (
        case when list_price_cents < 1500 * coalesce(bottles, 1) then '<15'
         when list_price_cents < 3000 * coalesce(bottles, 1) then '15-30'
         when list_price_cents < 7500 * coalesce(bottles, 1) then '30-75'
         when list_price_cents is not null then '75+' end
    ) virtual,
    primary key (scope_id, product_key)
) without rowid;

-- What was sold to whom, when and for how much.
create table if not exists sales_lines (
    scope_id integer not null,
    line_key text not null,
    customer_key text,
    product_key text not null,
    sold_on text not null,
    quantity real not null,
    format text,
    units real,
    equivalents_75cl real,
    unit_price_cents integer,
    total_price_cents integer,
    unit_cost_cents integer,
    order_key text,
    channel text,
    product_cost_cents integer,
    run_id integer not null,
    content_hash integer not null,
    revenue_cents integer generated always as (
        coalesce(total_price_cents, cast(round(unit_price_cents * quantity) as integer))
    ) virtual,
    cost_cents integer generated always as (
        cast(round(coalesce(unit_cost_cents, product_cost_cents) * quantity) as integer)
    ) virtual,
    margin_cents integer generated always as (
        coalesce(total_price_cents, cast(round(unit_price_cents * quantity) as integer))
        - cast(round(coalesce(unit_cost_cents, product_cost_cents) * quantity) as integer)
    ) virtual,
    primary key (scope_id, line_key)
) without rowid;

-- What is in the cellar.
create table if not exists stock_levels (
    scope_id integer not null,
    stock_key text not null,
    product_key text not null,
    warehouse text,
    quantity real not null,
    format text,
    units real,
    equivalents_75cl real,
    reserved real,
    available real,
    counted_on text,
    run_id integer not null,
    content_hash integer not null,
    primary key (scope_id, stock_key)
) without rowid;

-- Who was contacted about what.
create table if not exists contact_history (
    scope_id integer not null,
    contact_key text not null,
    customer_key text not null,
    contacted_on text not null,
    channel text,
    campaign text,
    subject text,
    status text,
    response text,
    run_id integer not null,
    content_hash integer not null,
    primary key (scope_id, contact_key)
) without rowid;

-- What was read to its end, so that it is not read again while it stays the same.
create table if not exists source_files (
    scope_id integer not null references sync_scopes (id),
    -- The canonical table.
    entity text not null,
    -- The file's name within its folder, or the name of a service's table.
    name text not null,
    -- What the source knows it again by (size, time and hash of a file); only the source understands it.
    mark text not null,
    run_id integer not null,
    read_at text not null,
    primary key (scope_id, entity, name)
) without rowid;

create table if not exists refused_rows (
    id integer primary key autoincrement,
    run_id integer not null references sync_logs (id) on delete cascade,
    entity text not null,
    -- The file, or the service's table.
    source text not null,
    -- The line of the file (from 1), or the number of the record.
    place integer not null,
    column_name text,
    -- JSON: the reason in both languages.
    reason text not null
);
create index if not exists refused_rows_by_run on refused_rows (run_id, id);
