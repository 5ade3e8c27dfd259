//! How much wine a quantity is: the fields that sales and stock share.

use super::field::{Field, FieldType::*, Filled};
use crate::text::Text;

/// What one piece holds.
pub(super) const FORMAT: Field = Field::new(
    "format",
    Format,
    Text::fixed("Contenance", "Bottle size"),
    &["contenance", "volume", "conditionnement", "taille", "bottlesize", "size"],
);

/// How many bottles that is.
pub(super) const UNITS: Field = Field::new(
    "units",
    Number,
    Text::fixed("Bouteilles", "Bottles"),
    &["bouteilles", "nbbouteilles", "unites", "bottles"],
)
.unit("bottle")
.filled(Filled::Reader);

/// How many usual bottles would hold as much.
pub(super) const EQUIVALENTS: Field = Field::new(
    "equivalents_75cl",
    Number,
    Text::fixed("Équivalents 75 cl", "75 cl equivalents"),
    &["equivalent75cl", "eq75cl", "eq75", "equivalentbouteille", "col75"],
)
.unit("75 cl")
.filled(Filled::Reader);
