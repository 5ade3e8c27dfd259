//! Recipes of a connection: tried on the service's first rows, and saved.
//!
//! [`deals`] tries those of deals; those of canonical tables are tried where tables are read.

mod deals;

use model::api::TriedBody;
use model::canonical::Entity;
use model::recipe::{Recipes, Target, faults};
use model::{Destination, Lang, Text};
use store::ConfigRow;

use crate::{Error, Hub, Result};

/// How many rows are shown.
pub(crate) const SHOWN: usize = 20;

/// The recipes of a connection for one target.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RecipesView {
    /// How the fields are made that are not taken as they are, by the key of the field.
    pub recipes: Recipes,
    /// The columns of the service's table by name, as they were last read; none before that.
    pub columns: Vec<String>,
}

impl Hub {
    /// What recipes of a connection make, by where its rows go: nothing for a dataset, which has no fields of
    /// its own.
    ///
    /// # Errors
    /// `NotFound`; the database does not answer.
    pub async fn recipe_targets(&self, provider: &str) -> Result<Vec<Target>> {
        Ok(self.targets(&self.connection_row(provider).await?))
    }

    /// The target of that name (`CUSTOMERS`), among those of [`Hub::recipe_targets`]; the first one without a
    /// name.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` when the connection makes no such thing.
    pub async fn recipe_target(&self, provider: &str, table: Option<&str>) -> Result<Target> {
        let targets = self.recipe_targets(provider).await?;
        let found = match table {
            Some(name) => {
                Entity::from_name(name).map(Target::Table).filter(|target| targets.contains(target))
            }
            None => targets.first().copied(),
        };
        found.ok_or_else(|| {
            Error::invalid(Text::fixed(
                "Les lignes de cette connexion ne vont pas là : elles n'y ont pas de champ à transformer.",
                "The rows of this connection do not go there: there is no field to make of them.",
            ))
        })
    }

    /// The saved recipes of a connection for one target.
    ///
    /// # Errors
    /// `NotFound`; the database does not answer.
    pub async fn recipes(&self, provider: &str, target: Target) -> Result<RecipesView> {
        let row = self.connection_row(provider).await?;
        let columns = match target {
            Target::Deals => column_names(&row),
            Target::Table(entity) => self.table_columns(provider, &[entity]).await?,
        };
        Ok(RecipesView { columns, recipes: target.recipes(&row.recipes) })
    }

    /// What recipes make of the first rows of a connection; nothing is stored.
    ///
    /// # Errors
    /// `Invalid` with every fault of the recipes; `NotConfigured`; what the service answers.
    pub async fn try_recipes(
        &self,
        provider: &str,
        target: Target,
        recipes: Recipes,
        lang: Lang,
    ) -> Result<TriedBody> {
        match target {
            Target::Deals => self.try_deal_recipes(provider, &recipes, lang).await,
            Target::Table(entity) => self.try_table_recipes(provider, entity, &recipes, lang).await,
        }
    }

    /// Saves the recipes of a connection for one target, those of others stay; the next run reads the table
    /// anew.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` with every fault; `AlreadyRunning` for a table that is being read.
    pub async fn save_recipes(&self, provider: &str, target: Target, recipes: Recipes) -> Result<()> {
        let mut row = self.connection_row(provider).await?;
        let columns = match target {
            Target::Deals => column_names(&row),
            // Each file of a table has its own, and others may come.
            Target::Table(_) => Vec::new(),
        };
        check(target, &recipes, &columns)?;
        row.recipes = target.replaced(&row.recipes, recipes, &self.targets(&row));
        row.updated_at = self.at();
        match target {
            Target::Deals => {
                let mut batch = self.store().begin().await?;
                batch.put_config(&row).await?;
                batch.commit().await?;
            }
            Target::Table(entity) => {
                self.source_connector(&row)?;
                let scope = self.source_scope(provider).await?;
                let (_none_begins, mut batch) = self.idle_batch(provider).await?;
                batch.forget_marks(scope, entity).await?;
                batch.put_config(&row).await?;
                batch.commit().await?;
            }
        }
        self.resume_schedule(provider).await
    }

    /// What recipes of a connection make.
    fn targets(&self, row: &ConfigRow) -> Vec<Target> {
        match self.destination(row) {
            Destination::Deals if self.connector(row).is_ok() => vec![Target::Deals],
            Destination::Tables if self.source_connector(row).is_ok() => {
                Entity::ALL.map(Target::Table).into()
            }
            Destination::Table { entity } => {
                Entity::from_name(&entity).map(Target::Table).into_iter().collect()
            }
            Destination::Deals | Destination::Tables | Destination::Dataset { .. } => Vec::new(),
        }
    }
}

/// Whether each recipe makes a field of the target, of columns that are there. Where none are given, they are
/// not known.
///
/// # Errors
/// `Invalid` with every fault.
pub(crate) fn check(target: Target, recipes: &Recipes, columns: &[String]) -> Result<()> {
    let fields = target.fields();
    let is_field = |key: &str| fields.iter().any(|field| field.key == key);
    let unknown = recipes.keys().filter(|key| !is_field(key)).map(|key| {
        let shown = model::parse::shorten(key);
        Text::new(
            format!("« {shown} » n'est pas un champ que cette connexion remplit."),
            format!("“{shown}” is not a field that this connection fills."),
        )
    });
    let all: Vec<Text> = unknown.chain(faults(recipes, columns)).collect();
    if all.is_empty() { Ok(()) } else { Err(Error::faults(&all)) }
}

/// The columns of a connection's table, as they were last read.
fn column_names(row: &ConfigRow) -> Vec<String> {
    row.stream.iter().flat_map(|stream| &stream.fields).map(|field| field.name.clone()).collect()
}
