//! What must hold whatever happens: properties of the plan over random histories, and of the mapping
//! over random values. No service and no database: both sides are maps.

mod crossing;
mod histories;
mod world;
