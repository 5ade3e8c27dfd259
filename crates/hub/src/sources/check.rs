//! The test that a source can be read.

use model::api::{Health, SourceTestBody};
use model::{Lang, Text};
use store::CheckRow;

use crate::{Error, Hub, Result};

impl Hub {
    /// Tests a source, and remembers how it went. A source that says no is an answer, not an error.
    ///
    /// # Errors
    /// `NotFound`; the database does not answer.
    pub async fn test_source(&self, name: &str, lang: Lang) -> Result<SourceTestBody> {
        let row = self.source_row(name).await?;
        let found = match self.open_source(&row).await {
            Ok(source) => source.check().await.map_err(Error::from),
            Err(error) => Err(error),
        };
        let check = match found {
            Ok(account) => CheckRow {
                success: true,
                at: self.at(),
                message: Text::new(account.name.clone(), account.name),
                hint: None,
            },
            Err(Error { message, hint, .. }) => CheckRow { success: false, at: self.at(), message, hint },
        };
        let mut batch = self.store().begin().await?;
        batch.put_check(name, &check).await?;
        batch.commit().await?;
        let said = check.message.get(lang).to_owned();
        Ok(SourceTestBody {
            success: check.success,
            message: if check.success { passed().get(lang).to_owned() } else { format!("✗ {said}") },
            status: if check.success { Health::Healthy } else { Health::Error },
            found: check.success.then_some(said),
            hint: check.hint.map(|hint| hint.get(lang).to_owned()),
        })
    }
}

fn passed() -> Text {
    Text::fixed("✓ Connexion OK", "✓ Connection OK")
}
