//! What every handler can reach.

use hub::Hub;
use model::Lang;

/// The use cases and the server's own settings. Cheap to clone.
#[derive(Clone)]
pub struct AppState {
    /// The use cases.
    pub hub: Hub,
    /// The language for readers who ask for none.
    pub default_lang: Lang,
}
