//! The name of one unit as it is read: which words, and what they tell.

use super::words::Writing;
use crate::model::UnitDetails;

/// A unit in a sentence. Words are named by their index.
#[derive(Clone, Debug, Default)]
pub(super) struct Name {
    /// First word.
    pub(super) first: usize,
    /// Word after the last.
    pub(super) end: usize,
    /// Its number, and how that is written.
    pub(super) number: Option<(String, Writing)>,
    pub(super) designation: Vec<String>,
    pub(super) types: Vec<String>,
    pub(super) echelon: Option<&'static str>,
    pub(super) nation: Option<&'static str>,
    pub(super) is_plural: bool,
    /// Bytes of the formation that a slash names: "5 Marines" of "1/5 Marines".
    pub(super) regiment: Option<[usize; 2]>,
    pub(super) parent: Option<String>,
    pub(super) score: f32,
}

/// Echelons from small to large, for telling which of two is part of the other.
const SIZES: &[&[&str]] = &[
    &["squad", "section", "team"],
    &["platoon", "flight", "detachment"],
    &["company", "battery", "troop"],
    &[
        "battalion",
        "squadron",
        "commando",
        "cohort",
        "column",
        "band",
    ],
    &[
        "regiment",
        "battle group",
        "tercio",
        "regimental combat team",
    ],
    &[
        "brigade",
        "group",
        "wing",
        "legion",
        "demi-brigade",
        "brigade combat team",
        "flotilla",
        "task group",
    ],
    &["division", "task force"],
    &["corps", "fleet", "command"],
    &["army", "air force", "group army"],
    &["army group", "front"],
];

/// The rank of an echelon by size.
pub(super) fn size(echelon: &str) -> Option<usize> {
    SIZES.iter().position(|row| row.contains(&echelon))
}

impl Name {
    /// The fields, parent and nationality as far as they are known by now.
    pub(super) fn details(&self) -> UnitDetails {
        let joined = |parts: &[String]| (!parts.is_empty()).then(|| parts.join(" "));
        UnitDetails {
            number: self.number.as_ref().map(|(value, _)| value.clone()),
            designation: joined(&self.designation),
            unit_type: joined(&self.types),
            echelon: self.echelon.map(str::to_owned),
            nationality: self.nation.map(str::to_owned),
            parent: self.parent.clone(),
        }
    }

    /// `other` may be the formation above this one.
    pub(super) fn is_below(&self, other: &Self) -> bool {
        match (self.echelon.and_then(size), other.echelon.and_then(size)) {
            (Some(mine), Some(theirs)) => mine < theirs,
            // "2nd Battalion, 503rd Infantry", "1st Battalion, Welsh Guards".
            (Some(mine), None) => mine <= 3 && !other.types.is_empty(),
            _ => false,
        }
    }
}

impl Name {
    /// After "of the", any formation that is not known to be smaller or as large is above.
    pub(super) fn is_below_or_alike(&self, other: &Self) -> bool {
        match (self.echelon.and_then(size), other.echelon.and_then(size)) {
            (Some(mine), Some(theirs)) => mine < theirs,
            _ => true,
        }
    }
}
