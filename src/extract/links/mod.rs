//! Relations within the sentences of one document, from the words between its mentions.

use super::{RawLink, Recognition};
use crate::model::Document;

/// The relations that the sentences of `document` state between the mentions of `recognition`.
pub fn find(_document: &Document, _recognition: &Recognition) -> Vec<RawLink> {
    Vec::new()
}
