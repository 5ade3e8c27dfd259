//! What follows from other rows, as SQL both engines understand. `$1` is the scope.
//!
//! What follows from the row alone (revenue, margin, price segment) are generated columns. Every
//! statement leaves rows alone that are right already, so that a second time nothing is written.

/// The statements, in the order in which they build on each other.
pub(super) const ALL: [&str; 4] = [PRODUCT_COST, SALES_FORMAT, STOCK_FORMAT, CUSTOMER_TOTALS];

/// A sale without a cost of its own has the cost of its product.
const PRODUCT_COST: &str = "update sales_lines set product_cost_cents = p.cost_price_cents from product_catalog p \
     where sales_lines.scope_id = $1 and p.scope_id = sales_lines.scope_id \
     and p.product_key = sales_lines.product_key and sales_lines.unit_cost_cents is null \
     and sales_lines.product_cost_cents is distinct from p.cost_price_cents";

/// A sale that does not say its format was read as one usual bottle; its product may know better.
const SALES_FORMAT: &str = "update sales_lines set units = quantity * coalesce(p.bottles, 1), \
     equivalents_75cl = quantity * coalesce(p.bottles, 1) * coalesce(p.bottle_cl, 75) / 75 \
     from product_catalog p \
     where sales_lines.scope_id = $1 and p.scope_id = sales_lines.scope_id \
     and p.product_key = sales_lines.product_key and sales_lines.format is null \
     and sales_lines.units = sales_lines.quantity and sales_lines.equivalents_75cl = sales_lines.quantity \
     and sales_lines.quantity <> 0 and (coalesce(p.bottles, 1) <> 1 or coalesce(p.bottle_cl, 75) <> 75)";

/// The same of what is in stock.
const STOCK_FORMAT: &str = "update stock_levels set units = quantity * coalesce(p.bottles, 1), \
     equivalents_75cl = quantity * coalesce(p.bottles, 1) * coalesce(p.bottle_cl, 75) / 75 \
     from product_catalog p \
     where stock_levels.scope_id = $1 and p.scope_id = stock_levels.scope_id \
     and p.product_key = stock_levels.product_key and stock_levels.format is null \
     and stock_levels.units = stock_levels.quantity and stock_levels.equivalents_75cl = stock_levels.quantity \
     and stock_levels.quantity <> 0 and (coalesce(p.bottles, 1) <> 1 or coalesce(p.bottle_cl, 75) <> 75)";

/// First and last purchase, total, number of orders and average order of customers who bought. A sale
/// without an order counts as one with the others of its day. A line of no quantity is no purchase: its
/// order was taken back.
const CUSTOMER_TOTALS: &str = "update customers set first_purchase_on = s.first_on, last_purchase_on = s.last_on, \
     total_spent_cents = s.total, purchase_count = s.orders, \
     average_order_cents = cast(round(s.total / nullif(s.orders, 0)) as bigint) \
     from (select customer_key, min(case when quantity <> 0 then sold_on end) as first_on, \
         max(case when quantity <> 0 then sold_on end) as last_on, \
         cast(coalesce(sum(revenue_cents), 0) as bigint) as total, \
         cast(count(distinct case when quantity <> 0 then coalesce(order_key, sold_on) end) as double precision) \
             as orders \
         from sales_lines where scope_id = $1 and customer_key is not null group by customer_key) s \
     where customers.scope_id = $1 and customers.customer_key = s.customer_key \
     and (customers.first_purchase_on is distinct from s.first_on \
         or customers.last_purchase_on is distinct from s.last_on \
         or customers.total_spent_cents is distinct from s.total \
         or customers.purchase_count is distinct from s.orders \
         or customers.average_order_cents is distinct from cast(round(s.total / nullif(s.orders, 0)) as bigint))";
