//! What stands beside an echelon and belongs to the name: a number, a name, a nationality.

use super::name::Name;
use super::numbered::after_echelon;
use super::parts::Reader;
use super::words::{Shape, Writing, cardinal_word, number};

/// "Unit 731", "Carrier Strike Group 5", "SEAL Team Six".
pub(super) fn number_after(
    reader: &Reader<'_, '_>,
    name: &Name,
    next: usize,
    echelon: &str,
) -> Option<(String, usize)> {
    let word = reader.words.get(next)?;
    let has_type = !name.types.is_empty();
    let fits = match echelon {
        "unit" => has_type || word.text.len() > 2,
        "task force" | "task group" => true,
        "team" => has_type || cardinal_word(word).is_some(),
        "force" => {
            name.designation.is_empty()
                && word.text.len() > 1
                && !matches!(
                    reader.lower(next + 1),
                    "gale" | "wind" | "winds" | "hurricane" | "storm"
                )
        }
        "brigade" | "battalion" | "squadron" | "battle group" => name.designation.is_empty(),
        _ => has_type,
    };
    if !fits || reader.words[next - 1].shape != Shape::Capital {
        return None;
    }
    if let Some(value) = cardinal_word(word).filter(|_| echelon == "team") {
        return Some((value, 1));
    }
    match number(word)? {
        (value, Writing::Cardinal) => Some((value, 1)),
        (value, Writing::Roman) if has_type => Some((value, 1)),
        _ => None,
    }
}

/// "Task Force Falcon", "Army Group Centre", "Battalion “Ravens”".
pub(super) fn named_after<'t>(
    reader: &Reader<'_, 't>,
    text: &'t str,
    mut name: Name,
    next: usize,
) -> Option<Name> {
    let end = after_echelon(reader, text, &mut name, next);
    if end > next && !name.designation.is_empty() {
        name.end = end;
        return Some(name);
    }
    let fits = reader.is_own_word(next)
        && !reader.is_title(next)
        && (name.echelon != Some("battalion") || !reader.is_common(next));
    if !fits || reader.words[next - 1].shape != Shape::Capital {
        return None;
    }
    let mut end = next + 1;
    while end < next + 3 && reader.is_own_word(end) && !reader.is_title(end) {
        end += 1;
    }
    name.designation
        .push(reader.span(text, next, end).to_owned());
    name.end = end;
    Some(name)
}

/// "Georgian Legion", "Polish Brigade": the nationality is all the name there is.
pub(super) fn after_nation(
    reader: &Reader<'_, '_>,
    mut name: Name,
    next: usize,
    is_capital: bool,
) -> Option<Name> {
    let first = name.first;
    let fits = is_capital
        && !name.is_plural
        && matches!(
            name.echelon,
            Some("legion" | "brigade" | "battalion" | "regiment")
        );
    let (length, country) = (1..=2.min(first)).find_map(|back| {
        reader
            .demonym(first - back)
            .filter(|(length, _)| *length == back)
    })?;
    let word = reader.lower(first - length);
    let is_veterans =
        name.echelon == Some("legion") && matches!(word, "american" | "british" | "canadian");
    let follows = reader.is_capital(next) && !reader.is_title(next);
    if !fits
        || is_veterans
        || follows
        || reader.is(next, "not_after")
        || first > length && reader.lower(first - length - 1) == "a"
    {
        return None;
    }
    name.first = first - length;
    name.nation = Some(country);
    name.end = next;
    Some(name)
}

/// "French Foreign Legion", "Rhodesian Light Infantry", "Fiji Infantry Regiment": the country is
/// part of the name.
pub(super) fn include_nation(reader: &Reader<'_, '_>, name: &mut Name) {
    let first = name.first;
    let Some((length, country)) = (1..=2.min(first)).find_map(|back| {
        reader
            .nation(first - back)
            .filter(|(length, _)| *length == back)
    }) else {
        return;
    };
    let types = name.types.join(" ");
    let is_adjective = reader.demonym(first - length).is_some();
    let fits = name.designation.is_empty()
        && match name.echelon {
            Some("legion") => types == "foreign" || types == "volunteer",
            Some("corps") => types == "volunteer",
            Some("regiment") => !is_adjective,
            None => types == "light infantry",
            _ => false,
        };
    if fits {
        name.first = first - length;
        name.nation = Some(country);
    }
}
