//! What ends in an echelon's word and is no unit: firms, parties, courts, leagues, services.

use super::name::Name;
use super::parts::Reader;
use super::words::number;

/// What ends in an echelon's word and is no unit.
pub(super) fn is_refused(
    reader: &Reader<'_, '_>,
    name: &Name,
    next: usize,
    own_words: &[usize],
) -> bool {
    let has_military = name.types.iter().any(|kind| {
        !matches!(
            kind.as_str(),
            "police"
                | "security"
                | "international"
                | "joint"
                | "independent"
                | "light"
                | "mobile"
                | "training"
                | "field"
                | "medical"
                | "support"
                | "transport"
                | "border"
                | "foreign"
                | "construction"
                | "chemical"
                | "intelligence"
                | "special"
        )
    });
    let starts_wrong = (name.first..next).any(|at| reader.is(at, "not_before") && (at + 1 < next))
        || name.designation.first().is_some_and(|word| {
            let lower: String = word.to_lowercase().replace('’', "'");
            reader.vocabulary.list("not_before").has(&lower)
        });
    let goes_on = reader.is(next, "not_after") && reader.is_capital(next)
        || matches!(reader.lower(next), "of")
            && matches!(reader.lower(next + 1), "honour" | "honor" | "merit")
        || reader.is_capital(next)
            && !reader.is_title(next)
            && reader.part(next, true).is_none()
            && reader.nation(next).is_none()
            && number(&reader.words[next]).is_none();
    starts_wrong || goes_on || is_weak(reader, name, next, own_words, has_military)
}

/// What the echelon alone does not make a unit of: words that firms and services end with too.
fn is_weak(
    reader: &Reader<'_, '_>,
    name: &Name,
    next: usize,
    own_words: &[usize],
    has_military: bool,
) -> bool {
    let echelon = name.echelon.unwrap_or_default();
    let common = own_words.iter().filter(|&&at| reader.is_common(at)).count();
    let all_common = common == own_words.len();
    let before_nation = has_nation_before(reader, name.first);
    match echelon {
        "group" => !has_military && !is_armed_group(reader, name, next),
        "company" | "section" | "team" | "flight" | "troop" | "band" | "battery" | "squad" => {
            !has_military || echelon == "company"
        }
        "division" => common > 0 && !has_military && !before_nation,
        "front" => own_words.len() != 1 || common > 0,
        "wing" => !has_military,
        "column" => name.designation.iter().any(|word| word == "Fifth"),
        "force" => {
            let civil = [
                "police", "security", "air", "defense", "defence", "naval", "border", "combat",
            ];
            let services = name.designation.iter().chain(&name.types).any(|word| {
                matches!(
                    word.to_lowercase().as_str(),
                    "armed"
                        | "ground"
                        | "land"
                        | "allied"
                        | "coalition"
                        | "labor"
                        | "labour"
                        | "work"
                        | "market"
                        | "government"
                        | "united"
                )
            });
            services
                || name.types.iter().all(|kind| civil.contains(&kind.as_str()))
                    && !name.types.is_empty()
                    && name.designation.is_empty()
        }
        "task force" => {
            !has_military && (all_common || matches!(reader.lower(next), "on" | "to" | "for"))
        }
        "command" => name.types.is_empty() && all_common && !before_nation && own_words.len() > 1,
        "unit" => !name.is_plural && !has_military,
        "corps" => {
            all_common
                && !has_military
                && matches!(
                    name.designation
                        .first()
                        .map(|w| w.to_lowercase())
                        .as_deref(),
                    Some("consular" | "hospital" | "student")
                )
                || name.types == ["marine"]
                || name.types == ["medical"]
        }
        "army" => {
            name.designation
                .iter()
                .any(|word| matches!(word.as_str(), "Red" | "Regular" | "Standing"))
                && own_words.len() == 1
        }
        _ => false,
    }
}

pub(super) fn has_nation_before(reader: &Reader<'_, '_>, first: usize) -> bool {
    (1..=3.min(first)).any(|back| {
        reader.nation(first - back).is_some_and(|(length, _)| {
            length == back || reader.is_possessive(first - 1) && length + 1 == back
        })
    })
}

/// A firm's "Group" is a unit if it is known to fight, or the sentence says so.
fn is_armed_group(reader: &Reader<'_, '_>, name: &Name, next: usize) -> bool {
    let known = name.designation.first().is_some_and(|word| {
        reader
            .vocabulary
            .list("private_company")
            .has(&word.to_lowercase())
    });
    let is_fighting = |at: usize| {
        matches!(
            reader.lower(at),
            "fighter"
                | "fighters"
                | "mercenary"
                | "mercenaries"
                | "soldier"
                | "soldiers"
                | "militant"
                | "militants"
                | "commander"
                | "troops"
                | "pmc"
                | "gunmen"
        )
    };
    let near = name.first.saturating_sub(4)..(next + 2).min(reader.words.len());
    known || name.designation.len() == 1 && near.into_iter().any(is_fighting)
}
