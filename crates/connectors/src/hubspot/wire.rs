//! What HubSpot answers, as it stands in the JSON.

mod described;
mod records;
mod written;

pub(super) use described::{RawAccount, RawOwner, RawPipeline, RawProperty, RawSchema, RawStage};
pub(super) use records::{RawEnds, RawLinks, RawList, RawPage, RawPaging, RawRecord};
pub(super) use written::{RawFault, RawWritten};
