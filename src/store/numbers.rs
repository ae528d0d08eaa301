//! Numbers of records in files that are not trusted: none so large that there is no next one.

use super::read::Cause;
use crate::model::{Correction, Patch};
use serde_json::Value;

/// The first number that is refused: far beyond what a project can hold, and far from the end of the
/// range that numbers are counted in.
const TOO_LARGE: u32 = 1 << 31;

/// A number of a record.
pub(super) fn checked(number: u32) -> Result<u32, Cause> {
    if number < TOO_LARGE {
        Ok(number)
    } else {
        Err("an id is out of range".into())
    }
}

/// The numbers in what a correction says.
pub(super) fn check_details(details: &Value) -> Result<(), Cause> {
    for field in ["made", "other", "other_entity", "into_entity", "rest"] {
        if let Some(number) = details.get(field).and_then(Value::as_u64) {
            checked(u32::try_from(number)?)?;
        }
    }
    Ok(())
}

/// The numbers that a step of the history brings.
pub(super) fn check_patch(patch: &Patch) -> Result<(), Cause> {
    let documents = patch.documents.iter().map(|(id, _)| id.0);
    let entities = patch.entities.iter().chain(&patch.found_entities);
    let relations = patch.relations.iter().chain(&patch.found_relations);
    let numbers = documents
        .chain(entities.map(|(id, _)| id.0))
        .chain(relations.map(|(id, _)| id.0))
        .chain(patch.corrections.iter().map(|(id, _)| id.0));
    for number in numbers {
        checked(number)?;
    }
    let corrections = patch.corrections.iter().filter_map(|(_, c)| c.as_deref());
    corrections.into_iter().try_for_each(check_correction)
}

fn check_correction(correction: &Correction) -> Result<(), Cause> {
    checked(correction.entity.0)?;
    checked(correction.rest.map_or(0, |rest| rest.0))?;
    check_details(&serde_json::to_value(&correction.kind)?)
}
