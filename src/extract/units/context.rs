//! What the words around units' names tell: whose they are, what they are part of, and the other
//! members of "the 1st and 4th Tank Brigades".

use super::name::Name;
use super::parts::Reader;
use super::words::{Shape, Writing, number};

/// Adjectives that may stand between a nationality and the name.
const BETWEEN: &[&str] = &[
    "elite",
    "crack",
    "battered",
    "renowned",
    "famed",
    "own",
    "notorious",
    "vaunted",
    "former",
    "new",
    "legendary",
    "old",
    "entire",
    "so-called",
];

/// Words of services that may stand between a nationality and the name, or after "of the".
const SERVICES: &[&str] = &[
    "army",
    "navy",
    "air",
    "force",
    "forces",
    "marine",
    "marines",
    "corps",
    "national",
    "guard",
    "armed",
    "ground",
    "land",
    "naval",
    "airborne",
    "territorial",
    "defense",
    "defence",
    "military",
    "infantry",
    "republican",
    "revolutionary",
    "self-defense",
    "state",
    "border",
    "people's",
    "liberation",
    "regular",
    "imperial",
    "royal",
];

/// Adds to the names of one sentence, in order, what their surroundings tell; gives also the earlier
/// members of coordinations.
pub(super) fn apply(reader: &Reader<'_, '_>, text: &str, names: Vec<Name>) -> Vec<Name> {
    let mut all: Vec<Name> = Vec::with_capacity(names.len());
    for mut name in names {
        let from = all.last().map_or(0, |last| last.end);
        let mut members = earlier_members(reader, &name, from);
        let is_named = name.number.is_none();
        if is_named {
            members = earlier_names(reader, &name, from);
        }
        let leftmost = members.last().map_or(name.first, |&(at, _)| at);
        nationality(reader, &mut name, leftmost);
        for &(at, ref value) in members.iter().rev() {
            let mut member = name.clone();
            member.first = at;
            member.end = at + 1;
            if is_named {
                member.designation = vec![value.clone()];
            } else {
                member.number = Some((value.clone(), Writing::Ordinal));
            }
            all.push(member);
        }
        all.push(name);
    }
    parents(reader, text, &mut all);
    all
}

/// The numbers before "and 4th Tank Brigades", nearest first, with their values.
fn earlier_members(reader: &Reader<'_, '_>, name: &Name, from: usize) -> Vec<(usize, String)> {
    let mut members = Vec::new();
    let Some((_, writing)) = &name.number else {
        return members;
    };
    if !matches!(
        writing,
        Writing::Ordinal | Writing::OrdinalWord | Writing::Roman
    ) {
        return members;
    }
    let mut at = name.first;
    while at >= from + 2 {
        let joint = at - 1;
        let is_first = members.is_empty();
        let is_and = matches!(reader.lower(joint), "and" | "or" | "&");
        let is_comma = reader.is_mark(joint, &[","]);
        if !(is_and || is_comma && !is_first) {
            break;
        }
        let before =
            joint - 1 - usize::from(is_and && reader.is_mark(joint - 1, &[","]) && joint >= 2);
        if before < from {
            break;
        }
        let Some((value, found)) = number(&reader.words[before]) else {
            break;
        };
        if found != *writing {
            break;
        }
        members.push((before, value));
        at = before;
    }
    // "between the 4th and 5th Brigade" has one head too, but "on the 1st and 2nd Brigade men" not.
    members
}

/// The names of one word before "and Givati Brigades", nearest first.
fn earlier_names(reader: &Reader<'_, '_>, name: &Name, from: usize) -> Vec<(usize, String)> {
    let mut members = Vec::new();
    let strong = matches!(
        name.echelon,
        Some("brigade" | "battalion" | "regiment" | "division")
    );
    if !name.is_plural || !strong || name.designation.len() != 1 || !name.types.is_empty() {
        return members;
    }
    let mut at = name.first;
    while at >= from + 2 {
        let joint = at - 1;
        let joins =
            reader.lower(joint) == "and" || reader.is_mark(joint, &[","]) && !members.is_empty();
        let before = joint - 1;
        let fits = joins
            && reader.is_own_word(before)
            && reader.nation(before).is_none()
            && (before == 0 || !reader.is_own_word(before - 1));
        if !fits {
            break;
        }
        members.push((before, reader.words[before].text.to_owned()));
        at = before;
    }
    members
}

/// The country that the words before word `leftmost` or after the name tell.
fn nationality(reader: &Reader<'_, '_>, name: &mut Name, leftmost: usize) {
    let is_airborne = name.types.iter().any(|kind| kind.contains("airborne"));
    let mut at = leftmost;
    let mut steps = 0;
    let mut is_service = false;
    while at > 0 && steps < 6 {
        let before = at - 1;
        if let Some((length, country)) = ending_at(reader, before) {
            let first = before + 1 - length;
            let lower = reader.lower(before);
            let is_people = matches!(lower, "serb" | "croat")
                && first > 0
                && reader.lower(first - 1) == "bosnian";
            if is_people || reader.is_mark(at, &[","]) {
                return;
            }
            if lower == "vdv" && !is_airborne {
                name.types.insert(0, "airborne".to_owned());
            }
            name.nation.get_or_insert(country);
            return;
        }
        let is_possessive = reader.is_possessive(before);
        let is_between = BETWEEN.contains(&reader.lower(before));
        let is_word_of_service = reader.is_capital(before)
            && SERVICES.contains(&reader.lower(before))
            || is_service && SERVICES.contains(&reader.lower(before))
            || steps > 0 && reader.is_possessive(at) && SERVICES.contains(&reader.lower(before));
        if !(is_possessive || is_between || is_word_of_service) {
            break;
        }
        is_service |= is_word_of_service;
        at = before;
        steps += 1;
    }
    if name.nation.is_none() {
        name.nation = after(reader, name.end);
    }
}

/// The nation whose name ends at word `at`.
fn ending_at<'r>(reader: &Reader<'r, '_>, at: usize) -> Option<(usize, &'static str)> {
    (1..=4.min(at + 1)).rev().find_map(|length| {
        let first = at + 1 - length;
        reader.nation(first).filter(|(found, _)| *found == length)
    })
}

/// "of the Indian Air Force", "of the Iranian army", "of the Armed Forces of Ukraine".
fn after(reader: &Reader<'_, '_>, end: usize) -> Option<&'static str> {
    if reader.lower(end) != "of" {
        return None;
    }
    let mut at = end + 1 + usize::from(reader.lower(end + 1) == "the");
    if let Some((length, country)) = reader.nation(at) {
        let next = reader.lower(at + length);
        let is_service = reader.vocabulary.list("service").has(reader.lower(at));
        return (is_service || SERVICES.contains(&next)).then_some(country);
    }
    let first = at;
    while at < first + 4 && SERVICES.contains(&reader.lower(at)) {
        at += 1;
    }
    if at > first && reader.lower(at) == "of" {
        let at = at + 1 + usize::from(reader.lower(at + 1) == "the");
        return reader.nation(at).map(|(_, country)| country);
    }
    None
}

/// Which of the sentence's units is part of which, and what a nation told of the one tells of the
/// other.
fn parents(reader: &Reader<'_, '_>, text: &str, names: &mut [Name]) {
    for index in (0..names.len()).rev() {
        if let Some([start, end]) = names[index].regiment {
            names[index].parent = Some(text[start..end].to_owned());
            continue;
        }
        let (head, tail) = names.split_at_mut(index + 1);
        let Some(name) = head.last_mut() else {
            continue;
        };
        // The earlier members of a coordination have what the last one has.
        let above = tail.iter().find(|other| {
            other.first >= name.end && other.echelon != name.echelon
                || other.first > name.end + 5
                || !is_shared(reader, name, other)
        });
        if let Some(above) = above
            && is_above(reader, name, above)
        {
            name.parent = Some(reader.span(text, above.first, above.end).to_owned());
            name.nation = name.nation.or(above.nation);
        }
    }
    for index in 1..names.len() {
        let (head, tail) = names.split_at_mut(index);
        let (Some(owner), Some(name)) = (head.last(), tail.first_mut()) else {
            continue;
        };
        if name.parent.is_none() && reader.is_possessive(owner.end) && name.first == owner.end + 1 {
            let words = &reader.words[owner.first..owner.end];
            if let (Some(first), Some(last)) = (words.first(), words.last()) {
                name.parent = Some(text[first.start..last.end].to_owned());
            }
            name.nation = name.nation.or(owner.nation);
        }
    }
}

/// `other` is a later member of the coordination that `name` belongs to.
fn is_shared(reader: &Reader<'_, '_>, name: &Name, other: &Name) -> bool {
    name.end == name.first + 1
        && name.echelon == other.echelon
        && name.types == other.types
        && (name.end..other.first)
            .all(|at| reader.is_mark(at, &[","]) || matches!(reader.lower(at), "and" | "or" | "&"))
}

/// `above` follows `name` with "of the", a comma or nothing between.
fn is_above(reader: &Reader<'_, '_>, name: &Name, above: &Name) -> bool {
    if above.first < name.end || above.first > name.end + 8 {
        return false;
    }
    let mut at = name.end;
    let is_of = matches!(reader.lower(at), "of" | "in" | "from")
        && (reader.lower(at) == "of" || reader.lower(at + 1) == "the");
    let is_comma = reader.is_mark(at, &[","]);
    at += usize::from(is_of || is_comma);
    at += usize::from(reader.lower(at) == "the");
    while at < above.first {
        if let Some((length, _)) = reader.nation(at) {
            at += length;
        } else if reader.is_possessive(at)
            || reader.is_capital(at) && SERVICES.contains(&reader.lower(at))
        {
            at += 1;
        } else {
            return false;
        }
    }
    let is_whole = at == above.first && reader.words[above.first].shape != Shape::Mark;
    is_whole && (is_of && name.is_below_or_alike(above) || name.is_below(above))
}
