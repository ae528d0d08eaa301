//! Short forms of names without a number before them: codes, companies by letter, "Army of the
//! Potomac", and names that stand for themselves.

use super::name::Name;
use super::parts::{Part, Reader};
use super::words::{Shape, Writing, number};

/// "HMLA-267".
pub(super) fn squadron_code(reader: &Reader<'_, '_>, at: usize) -> Option<Name> {
    let word = &reader.words[at];
    let (code, value) = word.lower.split_once('-')?;
    let kind = reader.vocabulary.list("squadron_code").get(code)?;
    let is_number = (1..=3).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_digit());
    let is_spelled = word
        .text
        .bytes()
        .take(code.len())
        .all(|b| b.is_ascii_uppercase());
    (is_number && is_spelled).then(|| Name {
        number: Some((value.to_owned(), Writing::Cardinal)),
        types: vec![kind.to_owned()],
        echelon: Some("squadron"),
        ..new(at, at + 1, 0.9)
    })
}

/// "A Company", "Foxtrot Troop".
pub(super) fn letter_company(reader: &Reader<'_, '_>, at: usize) -> Option<Name> {
    let word = &reader.words[at];
    let is_letter = word.text.len() == 1 && word.text.bytes().all(|b| b.is_ascii_uppercase())
        || reader.is(at, "phonetic");
    let (length, part) = reader.part(at + 1, true)?;
    let Part::Echelon {
        name,
        is_plural: false,
        is_capital: true,
    } = part
    else {
        return None;
    };
    let fits = matches!(
        name,
        "company" | "troop" | "battery" | "squadron" | "platoon" | "flight"
    );
    let end = at + 1 + length;
    let is_firm = reader.is_capital(end)
        && !reader.is_title(end)
        && !matches!(
            reader.part(end, true),
            Some((_, Part::Type(_) | Part::Echelon { .. }))
        )
        || matches!(reader.lower(end), "of");
    let goes_on_of = reader.lower(end) == "of" && reader.lower(end + 1) == "the";
    let is_inside = at > 0 && reader.is_own_word(at - 1) && word.text.len() > 1;
    (is_letter && fits && !is_inside && (!is_firm || goes_on_of)).then(|| Name {
        designation: vec![word.text.to_owned()],
        echelon: Some(name),
        ..new(at, end, 0.9)
    })
}

/// "Company B".
pub(super) fn company_letter(reader: &Reader<'_, '_>, at: usize) -> Option<Name> {
    let echelon = match reader.lower(at) {
        "company" => "company",
        "troop" => "troop",
        "battery" => "battery",
        _ => return None,
    };
    let letter = reader.words.get(at + 1)?;
    let fits = letter.text.len() == 1
        && letter.text.bytes().all(|b| b.is_ascii_uppercase())
        && !letter.is_glued
        && !reader.is_capital(at + 2)
        && !(at > 0 && reader.is_own_word(at - 1));
    fits.then(|| Name {
        designation: vec![letter.text.to_owned()],
        echelon: Some(echelon),
        ..new(at, at + 2, 0.85)
    })
}

/// "Army of the Potomac", "Brigade of Gurkhas".
pub(super) fn of_phrase<'t>(reader: &Reader<'_, 't>, text: &'t str, at: usize) -> Option<Name> {
    let echelon = match reader.lower(at) {
        "army" => "army",
        "brigade" => "brigade",
        _ => return None,
    };
    if reader.lower(at + 1) != "of" || at > 0 && reader.is_own_word(at - 1) {
        return None;
    }
    let own = at + 2 + usize::from(reader.lower(at + 2) == "the");
    if reader.nation(own).is_some() || number(reader.words.get(own)?).is_some() {
        return None;
    }
    let mut end = own;
    while end < own + 4 && reader.is_own_word(end) {
        end += 1;
    }
    if end == own || reader.is(end - 1, "service") {
        return None;
    }
    let mut name = new(at, end, 0.88);
    name.echelon = Some(echelon);
    match reader.part(own, false) {
        Some((length, Part::Type(kind))) if own + length == end => name.types.push(kind),
        _ => name
            .designation
            .push(reader.span(text, own, end).to_owned()),
    }
    Some(name)
}

/// "Kopassus", "Special Air Service": names on the list.
pub(super) fn own_name<'t>(reader: &Reader<'_, 't>, text: &'t str, at: usize) -> Option<Name> {
    let list = reader.vocabulary.list("own_name");
    let (length, form) = list.longest(|offset| reader.lower(at + offset))?;
    let end = at + length;
    let is_whole = (at..end).all(|i| !matches!(reader.words[i].shape, Shape::Small))
        && !matches!(
            reader.part(end, false),
            Some((_, Part::Echelon { .. } | Part::Both(..)))
        )
        && !reader.is(end, "not_after");
    if !is_whole {
        return None;
    }
    let mut name = new(at, end, 0.85);
    if form == "delta force" {
        name.designation.push(reader.words[at].text.to_owned());
        name.echelon = Some("force");
    } else if matches!(reader.part(at, false), Some((whole, Part::Type(_))) if whole == length) {
        name.types.push(form.to_owned());
    } else if let Some((_, Part::Type(kind))) = reader
        .part(end - 1, false)
        .filter(|_| form.ends_with("guard") || form.ends_with("guards") || form.ends_with("scouts"))
    {
        name.designation
            .push(reader.span(text, at, end - 1).to_owned());
        name.types.push(kind);
    } else {
        name.designation.push(reader.span(text, at, end).to_owned());
    }
    Some(name)
}

fn new(first: usize, end: usize, score: f32) -> Name {
    Name {
        first,
        end,
        score,
        ..Name::default()
    }
}
