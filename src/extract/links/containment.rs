//! Whether the gazetteer bears out that one place lies in another, by their names alone.

use super::super::resolve::places_called;
use crate::model::{Location, PlaceKind};

/// Candidates of a name from which on it may be a place that the gazetteer had no room for.
const MANY: usize = 16;

/// What the gazetteer knows of one name's place lying in the other's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Containment {
    /// A place of the first name lies in one of the second.
    Known,
    /// No place of these names can lie so.
    Impossible,
    /// It does not know one of them, or not enough.
    Unknown,
}

/// What the gazetteer knows of `inner` lying in `outer`, both as texts have them.
pub(super) fn containment(inner: &str, outer: &str) -> Containment {
    let [inner, outer] = [inner, outer].map(|name| places_called([name]));
    let known = |inner: &Location| outer.iter().any(|outer| lies_in(inner, outer));
    if inner.iter().any(known) {
        return Containment::Known;
    }
    let is_country =
        |place: &Location| matches!(place.kind, PlaceKind::Country | PlaceKind::Continent);
    let is_all_told = !inner.is_empty() && !outer.is_empty() && inner.len().max(outer.len()) < MANY;
    // A small place of a famous name may be meant; a country is rarely called like something else.
    let is_impossible = is_all_told
        && inner.iter().any(is_country)
        && outer.iter().all(|outer| {
            matches!(
                outer.kind,
                PlaceKind::City | PlaceKind::Region | PlaceKind::Country
            )
        });
    if is_impossible {
        Containment::Impossible
    } else {
        Containment::Unknown
    }
}

fn lies_in(inner: &Location, outer: &Location) -> bool {
    let is_of_country = inner.country_code.is_some() && inner.country_code == outer.country_code;
    let is_smaller = inner != outer && inner.kind != PlaceKind::Country;
    match outer.kind {
        PlaceKind::Country => is_of_country && is_smaller,
        PlaceKind::Region => {
            is_of_country && is_smaller && inner.region.as_ref() == Some(&outer.name)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_what_can_lie_where() {
        assert_eq!(containment("Guadalajara", "Jalisco"), Containment::Known);
        assert_eq!(containment("Paris", "Texas"), Containment::Known);
        assert_eq!(containment("Paris", "France"), Containment::Known);
        assert_eq!(containment("France", "Paris"), Containment::Impossible);
        assert_eq!(
            containment("Nicaragua", "Costa Rica"),
            Containment::Impossible
        );
        // A town in Mexico is called so too.
        assert_eq!(
            containment("Costa Rica", "United States"),
            Containment::Impossible
        );
        assert_eq!(
            containment("Caribbean", "Nicaragua"),
            Containment::Impossible
        );
        assert_eq!(containment("Georgia", "United States"), Containment::Known);
        assert_eq!(containment("Nowhereville", "France"), Containment::Unknown);
        assert_eq!(containment("Perth", "France"), Containment::Unknown);
        assert_eq!(containment("France", "Europe"), Containment::Unknown);
    }
}
