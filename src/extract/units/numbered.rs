//! Names that begin with a number: "5th Donetsk Motorized Rifle Brigade", "1/5 Marines", "3 PARA".

use super::name::Name;
use super::parts::{Part, Reader};
use super::words::{Shape, Writing, number};

/// No name has more words than this between its number and its end.
const LONGEST: usize = 12;

/// Types that end a name which has a number and no echelon: "77th Foot", "1st Cav".
const BRANCHES: &[&str] = &[
    "airborne",
    "armored",
    "armoured",
    "artillery",
    "cavalry",
    "commandos",
    "dragoon",
    "dragoons",
    "engineers",
    "foot",
    "fusiliers",
    "grenadiers",
    "guards",
    "gurkhas",
    "highlanders",
    "horse",
    "hussars",
    "infantry",
    "lancers",
    "marines",
    "panzergrenadier",
    "parachute",
    "rangers",
    "rifles",
    "scouts",
    "special air service",
    "special boat service",
    "yeomanry",
    "sappers",
];

/// The name whose number, or whose "No." or "New" before it, is word `at`.
pub(super) fn read<'t>(reader: &Reader<'_, 't>, text: &'t str, at: usize) -> Option<Name> {
    let mut name = Name {
        first: at,
        score: 0.95,
        ..Name::default()
    };
    let mut next = at;
    if reader.lower(at) == "no" && reader.is_capital(at) {
        next += 1 + usize::from(reader.is_mark(at + 1, &["."]));
    } else if reader.lower(at) == "new" && reader.is_capital(at) {
        name.designation.push(reader.words[at].text.to_owned());
        next += 1;
    }
    let (value, writing) = number(reader.words.get(next)?)?;
    if next > at && !name.designation.is_empty() && writing != Writing::OrdinalWord {
        return None;
    }
    name.number = Some((value, writing));
    let number_at = next;
    next += 1;
    if reader.is_mark(next, &["."]) && reader.words[next].is_glued && reader.is_capital(next + 1) {
        next += 1;
    }
    let body_at = next;
    if writing == Writing::Cardinal
        && let Some(short) = short_form(reader, text, &name, body_at)
    {
        return Some(short);
    }
    body(reader, text, &mut name, &mut next);
    if name.echelon.is_some() {
        return finish(reader, text, name, next, number_at);
    }
    without_echelon(reader, name, body_at, next, number_at)
}

/// Reads types and names up to the echelon, which it takes in. `next` is left after the last word
/// that belongs to the name.
pub(super) fn body<'t>(reader: &Reader<'_, 't>, text: &'t str, name: &mut Name, next: &mut usize) {
    let limit = *next + LONGEST;
    while *next < limit && *next < reader.words.len() {
        let at = *next;
        if reader.is_mark(at, &["“", "\"", "«", "„", "(", "‘"]) {
            let Some(end) = enclosed(reader, text, name, at) else {
                return;
            };
            *next = end;
            continue;
        }
        if matches!(reader.lower(at), "gv") && !reader.is_possessive(at) {
            name.types.push("guards".to_owned());
            *next = at + 1 + usize::from(reader.is_mark(at + 1, &["."]));
            continue;
        }
        match reader.part(at, true) {
            Some((
                length,
                Part::Echelon {
                    name: echelon,
                    is_plural,
                    is_capital,
                },
            )) => {
                name.echelon = Some(echelon);
                name.is_plural = is_plural;
                if !is_capital {
                    name.score = 0.93;
                }
                *next = at + length;
                return;
            }
            Some((length, Part::Both(kind, echelon))) => {
                name.types.push(kind);
                name.echelon = Some(echelon);
                *next = at + length;
                return;
            }
            Some((length, Part::Type(kind))) => {
                name.types.push(kind);
                *next = after_dot(reader, at + length);
            }
            None => match own_part(reader, name, at) {
                Some(end) => *next = end,
                None => return,
            },
        }
    }
}

/// After the dot of an abbreviation, if the name goes on there: "Inf. Bde".
fn after_dot(reader: &Reader<'_, '_>, next: usize) -> usize {
    let dotted = reader.is_mark(next, &["."])
        && reader.words[next].is_glued
        && reader.is_capital(next + 1)
        && reader.part(next + 1, true).is_some();
    next + usize::from(dotted)
}

/// A nationality or a word of the name's own at `at`: the word after it.
fn own_part(reader: &Reader<'_, '_>, name: &mut Name, at: usize) -> Option<usize> {
    if let Some((length, country)) = reader.nation(at)
        && !reader.vocabulary.list("service").has(reader.lower(at))
    {
        let is_front = reader.lower(at + length) == "front";
        let is_royal = name.designation.last().is_some_and(|word| word == "Royal");
        if !is_front {
            name.nation = Some(country);
        }
        if is_front || is_royal {
            let words = (at..at + length).map(|i| reader.words[i].text.to_owned());
            name.designation.extend(words);
        }
        return Some(at + length);
    }
    if !reader.is_own_word(at) {
        return None;
    }
    let mut own = reader.words[at].text.to_owned();
    let mut end = at + 1;
    if reader.is_possessive(end)
        && (reader.is(at, "common_possessor") || reader.is_capital(end + 1))
    {
        own.push_str(reader.words[end].text);
        end += 1;
        if !reader.is(at, "common_possessor") {
            return None;
        }
    }
    name.designation.push(own);
    Some(end)
}

/// A name in quotation marks or brackets, if the unit's name goes on after it.
fn enclosed<'t>(
    reader: &Reader<'_, 't>,
    text: &'t str,
    name: &mut Name,
    open: usize,
) -> Option<usize> {
    let closing: &[&str] = if reader.is_mark(open, &["("]) {
        &[")"]
    } else {
        &["”", "\"", "»", "“", "’"]
    };
    let close = (open + 1..open + 8).find(|&at| reader.is_mark(at, closing))?;
    let inner = reader.span(text, open + 1, close);
    let goes_on = reader.part(close + 1, true).is_some()
        || reader.is_own_word(close + 1) && !reader.is_mark(open, &["("]);
    if inner.is_empty() || !goes_on {
        return None;
    }
    match reader.nation(open + 1) {
        Some((length, country)) if open + 1 + length == close => name.nation = Some(country),
        _ => name.designation.push(inner.to_owned()),
    }
    Some(close + 1)
}

/// What follows the echelon and belongs to the name still.
fn finish<'t>(
    reader: &Reader<'_, 't>,
    text: &'t str,
    mut name: Name,
    mut next: usize,
    number_at: usize,
) -> Option<Name> {
    let (_, writing) = name.number.clone()?;
    let last = &reader.words[next - 1];
    let is_plain = next == number_at + 2;
    let is_refused = match writing {
        Writing::OrdinalWord => {
            last.shape != Shape::Capital || is_plain && is_service_member(reader, next - 1)
        }
        Writing::Cardinal | Writing::Slash => last.shape != Shape::Capital || name.is_plural,
        Writing::Ordinal => {
            // "the 2nd army": too many things are called so.
            last.shape != Shape::Capital
                && is_plain
                && matches!(name.echelon, Some("army" | "corps"))
        }
        Writing::Roman => last.shape != Shape::Capital,
    };
    let after_capital =
        reader.is_capital(next) && reader.is(next, "not_after") && !reader.is_title(next);
    let is_game = reader.is(next, "not_after_number") || reader.is(next, "not_after");
    let is_rank = matches!(
        (name.echelon, reader.lower(next)),
        (Some("battalion"), "chief") | (Some("squadron"), "leader")
    );
    let is_league = is_plain
        && writing == Writing::OrdinalWord
        && name.echelon == Some("division")
        && (0..reader.words.len()).any(|at| is_of_sport(reader.lower(at)));
    if is_refused || is_league || after_capital || is_game || is_rank {
        return None;
    }
    while let Some((length, Part::Type(kind))) = reader.stem(next) {
        name.types.push(kind);
        next += length;
    }
    if reader.words[next - 1].lower != name.echelon.unwrap_or_default()
        || last.shape == Shape::Small
    {
        while let Some((length, kind)) = reader.french(next) {
            name.types.push(kind.to_owned());
            next += length;
        }
    }
    next = after_echelon(reader, text, &mut name, next);
    name.end = next;
    Some(name)
}

/// Words that tell of a league's division.
fn is_of_sport(lower: &str) -> bool {
    matches!(
        lower,
        "club"
            | "clubs"
            | "league"
            | "football"
            | "soccer"
            | "promotion"
            | "promoted"
            | "relegated"
            | "relegation"
            | "goals"
            | "goal"
            | "season"
            | "striker"
            | "coach"
            | "playoff"
            | "playoffs"
    )
}

/// "a second Army veteran": the service, not a formation.
fn is_service_member(reader: &Reader<'_, '_>, echelon_at: usize) -> bool {
    matches!(reader.lower(echelon_at), "army" | "force")
        && (reader.is_title(echelon_at + 1)
            || matches!(
                reader.lower(echelon_at + 1),
                "veteran" | "veterans" | "soldier" | "man" | "wife" | "doctor" | "game" | "recruit"
            ))
}

/// A quoted name, a name of honor, or a service after the echelon: the word after it.
pub(super) fn after_echelon<'t>(
    reader: &Reader<'_, 't>,
    text: &'t str,
    name: &mut Name,
    next: usize,
) -> usize {
    if reader.is_mark(next, &["“", "\"", "«", "„"])
        && let Some(close) =
            (next + 1..next + 6).find(|&at| reader.is_mark(at, &["”", "\"", "»", "“"]))
        && close > next + 1
        && (next + 1..close).all(|at| reader.is_capital(at) || close > next + 2)
        && name.designation.is_empty()
    {
        let inner = reader.span(text, next + 1, close);
        name.designation.push(inner.to_owned());
        return close + 1;
    }
    let services = reader.vocabulary.list("service");
    if let Some((length, country)) = services.longest(|offset| reader.lower(next + offset))
        && reader.words[next].shape == Shape::Capital
        && reader.words[next]
            .text
            .chars()
            .filter(|c| c.is_uppercase())
            .count()
            + length
            > 2
    {
        name.nation = Some(country);
        return next + length;
    }
    let is_german = name
        .types
        .iter()
        .any(|kind| kind.starts_with("ss") || kind.starts_with("panzer"));
    if is_german
        && name.designation.is_empty()
        && reader.is_own_word(next)
        && !reader.is_common(next)
        && !reader.is_capital(next + 1)
        && reader.part(next, false).is_none()
        && !reader.is_title(next)
    {
        name.designation.push(reader.words[next].text.to_owned());
        return next + 1;
    }
    next
}

/// "3 PARA", "1 R WELSH", "22 SAS".
fn short_form<'t>(reader: &Reader<'_, 't>, text: &'t str, name: &Name, at: usize) -> Option<Name> {
    let list = reader.vocabulary.list("short_form");
    let (length, meaning) = list.longest(|offset| reader.lower(at + offset))?;
    let written = reader.span(text, at, at + length);
    let is_spelled = written
        .chars()
        .filter(|c| c.is_alphabetic())
        .all(char::is_uppercase)
        || written == "Para";
    if !is_spelled
        || reader
            .part(at + length, true)
            .is_some_and(|(_, p)| !matches!(p, Part::Type(_)))
    {
        return None;
    }
    let mut name = name.clone();
    name.echelon = Some("battalion");
    if meaning == "parachute" {
        name.types.push(meaning.to_owned());
    } else {
        name.designation.push(written.to_owned());
    }
    name.end = at + length;
    Some(name)
}

/// "77th Foot", "1/5 Marines", "54th Massachusetts".
fn without_echelon(
    reader: &Reader<'_, '_>,
    mut name: Name,
    body_at: usize,
    next: usize,
    number_at: usize,
) -> Option<Name> {
    let (_, writing) = name.number.clone()?;
    let states = reader.vocabulary.list("state");
    if writing == Writing::Ordinal
        && let Some((length, _)) = states.longest(|offset| reader.lower(body_at + offset))
        && reader.is_capital(body_at)
        && !reader.is_capital(body_at + length)
        && !reader.is(body_at + length, "not_inside")
        && !matches!(
            reader.lower(body_at + length),
            "governor" | "resident" | "legislature" | "lawmaker" | "state" | "-"
        )
    {
        let words = reader.words[body_at..body_at + length].iter();
        name.designation = vec![words.map(|w| w.text).collect::<Vec<_>>().join(" ")];
        name.types.clear();
        name.nation = None;
        name.end = body_at + length;
        name.score = 0.86;
        return Some(name);
    }
    let last = name.types.last()?.clone();
    let is_branch = BRANCHES
        .iter()
        .any(|branch| last == *branch || last.ends_with(&format!(" {branch}")));
    let ends_in_type = matches!(reader.part(next - 1, true), Some((1, Part::Type(_))));
    let enough = match writing {
        Writing::Ordinal | Writing::Slash => true,
        Writing::Cardinal => last.starts_with("special "),
        _ => false,
    };
    let all_capital = (body_at..next).all(|at| reader.is_capital(at) || reader.is_possessive(at));
    if !is_branch || !ends_in_type || !enough || !all_capital || next == body_at {
        return None;
    }
    if reader.is(next, "not_after") {
        return None;
    }
    if writing == Writing::Slash {
        name.echelon = Some("battalion");
        let word = &reader.words[number_at];
        let mark = word.text.find(['/', '-'])?;
        name.regiment = Some([word.start + mark + 1, reader.words[next - 1].end]);
    }
    name.end = next;
    name.score = 0.9;
    Some(name)
}
