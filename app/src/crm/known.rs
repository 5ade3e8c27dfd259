//! What deals hold already, to be offered while one types.

use hub::DealFilter;

use super::deal_form::Known;
use crate::ledger::hub;

/// Sectors and assignees; none when the database does not answer, for the form is whole without them.
pub(super) async fn known() -> Known {
    let Ok(hub) = hub() else { return Known::default() };
    match hub.filter_options(&DealFilter::default()).await {
        Ok(options) => Known { sectors: options.secteur, assignees: options.assignee },
        Err(_) => Known::default(),
    }
}
