//! The country of an organization or unit, from the nationality or country named right before it:
//! "Ukrainian 46th Brigade", "Russia's Ministry of Defense".

use crate::extract::RawMention;
use crate::model::EntityKind;

/// Gives units and organizations without a country that of the mention right before them.
pub fn apply(text: &str, mentions: &mut [RawMention]) {
    for index in 1..mentions.len() {
        let (before, rest) = mentions.split_at_mut(index);
        let (Some(owner), Some(owned)) = (before.last(), rest.first_mut()) else {
            continue;
        };
        let fits = matches!(owned.kind, EntityKind::Unit | EntityKind::Organization)
            && owned.country.is_none()
            && matches!(owner.kind, EntityKind::Group | EntityKind::Place)
            && owner.country.is_some();
        if !fits {
            continue;
        }
        let gap = text.get(owner.end..owned.start).unwrap_or_default();
        let possessive = matches!(gap.trim(), "'s" | "’s" | "'" | "’");
        if possessive || gap.trim().is_empty() && owner.kind == EntityKind::Group {
            owned.country = owner.country;
        }
    }
}
