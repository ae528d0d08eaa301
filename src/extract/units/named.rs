//! Names without a number before them: "Azov Brigade", "Unit 731", "Rashtriya Rifles".

use super::after::{after_nation, include_nation, named_after, number_after};
use super::name::Name;
use super::numbered::after_echelon;
use super::parts::{Part, Reader};
use super::refused::{has_nation_before, is_refused};
use super::short::{company_letter, letter_company, of_phrase, own_name, squadron_code};
use super::words::{Writing, number};

/// No name has more words than this.
const LONGEST: usize = 10;

/// The name that begins at word `at`.
pub(super) fn read<'t>(reader: &Reader<'_, 't>, text: &'t str, at: usize) -> Option<Name> {
    if !reader.is_capital(at) {
        return None;
    }
    squadron_code(reader, at)
        .or_else(|| letter_company(reader, at))
        .or_else(|| company_letter(reader, at))
        .or_else(|| of_phrase(reader, text, at))
        .or_else(|| own_name(reader, text, at))
        .or_else(|| run(reader, text, at))
}

fn new(first: usize, end: usize, score: f32) -> Name {
    Name {
        first,
        end,
        score,
        ..Name::default()
    }
}

/// A run of names and types that an echelon ends, or a type that stands for one.
fn run<'t>(reader: &Reader<'_, 't>, text: &'t str, at: usize) -> Option<Name> {
    if at > 0 && goes_on_from(reader, at - 1) {
        return None;
    }
    let mut name = new(at, at, 0.9);
    let mut next = at;
    let mut own_words: Vec<usize> = Vec::new();
    while next < at + LONGEST && next < reader.words.len() {
        let before_number =
            next > at && number(&reader.words[next]).is_some_and(|(_, w)| w != Writing::Roman);
        if before_number {
            return None;
        }
        match reader.part(next, false) {
            Some((
                length,
                Part::Echelon {
                    is_capital: true, ..
                },
            )) if next > at
                && reader.is_capital(next + length)
                && matches!(
                    reader.part(next + length, false),
                    Some((_, Part::Echelon { .. }))
                ) =>
            {
                // "Frontier Force Regiment".
                name.designation
                    .push(reader.span(text, next, next + length).to_owned());
                next += length;
            }
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
                next += length;
                return ended(reader, text, name, next, is_capital, &own_words);
            }
            Some((length, Part::Both(kind, echelon))) => {
                name.types.push(kind);
                name.echelon = Some(echelon);
                next += length;
                return ended(reader, text, name, next, true, &own_words);
            }
            Some((length, Part::Type(kind))) if reader.is_capital(next) => {
                name.types.push(kind);
                next += length;
            }
            _ => match own(reader, &mut name, next, &mut own_words) {
                Some(end) => next = end,
                None => break,
            },
        }
    }
    by_type(reader, name, next, &own_words)
}

/// The word before a name would belong to it too: the longer name was no unit, so this is none.
fn goes_on_from(reader: &Reader<'_, '_>, before: usize) -> bool {
    let is_nation = (0..3.min(before + 1)).any(|back| {
        reader
            .nation(before - back)
            .is_some_and(|(length, _)| length == back + 1)
    });
    reader.is_own_word(before)
        && !matches!(reader.part(before, true), Some((_, Part::Echelon { .. })))
        && !is_nation
        && before > 0
        && !reader.is_title(before)
        && !(reader.vocabulary.list("service").has(reader.lower(before)))
        && !matches!(reader.lower(before), "army" | "navy" | "force" | "marine")
}

/// A word of the name's own, with the possessive of a common word: "Women's", "Lord's".
fn own(
    reader: &Reader<'_, '_>,
    name: &mut Name,
    at: usize,
    own_words: &mut Vec<usize>,
) -> Option<usize> {
    let is_start = name.designation.is_empty() && name.types.is_empty();
    if is_start
        && let Some((length, _)) = reader.nation(at)
        && !matches!(reader.part(at + length, false), Some((_, Part::Echelon { .. })) if reader.demonym(at).is_none() && reader.words[at].text.len() > 3)
        && !(reader.lower(at + length) == "guards" && reader.is_capital(at + length))
    {
        // Before the name: outside it, unless nothing else is left (see `include_nation`).
        return None;
    }
    if !is_start && let Some((length, country)) = reader.demonym(at) {
        name.nation = Some(country);
        if name.designation.last().is_some_and(|word| word == "Royal") {
            name.designation
                .extend((at..at + length).map(|i| reader.words[i].text.to_owned()));
        }
        return Some(at + length);
    }
    let lower = reader.lower(at);
    let joins = matches!(lower, "of" | "and")
        && !name.designation.is_empty()
        && reader.is_own_word(at + 1)
        && is_namesake(reader.lower(at - 1));
    if joins {
        name.designation.push(reader.words[at].text.to_owned());
        return Some(at + 1);
    }
    if !reader.is_own_word(at)
        || number(&reader.words[at]).is_some() && reader.words[at].text.len() > 1
    {
        return None;
    }
    let mut word = reader.words[at].text.to_owned();
    own_words.push(at);
    if reader.is_possessive(at + 1) {
        let is_noble = name.designation.iter().any(|word| word == "of");
        if !is_noble && !reader.is(at, "common_possessor") && !reader.is(at, "not_before") {
            return None;
        }
        word.push_str(reader.words[at + 1].text);
        name.designation.push(word);
        return Some(at + 2);
    }
    name.designation.push(word);
    Some(at + 1)
}

/// The lower-case word opens names of volunteers' units and goes on with "of": "Sons of …".
pub fn is_namesake(word: &str) -> bool {
    matches!(
        word,
        "sons"
            | "daughters"
            | "children"
            | "brothers"
            | "sisters"
            | "lions"
            | "wolves"
            | "eagles"
            | "falcons"
            | "knights"
            | "heroes"
            | "defenders"
            | "guardians"
            | "spirit"
            | "freedom"
            | "will"
            | "glory"
            | "friends"
            | "duke"
            | "liberty"
    )
}

/// The name ends with an echelon at `next - 1`: is it one, and what follows?
fn ended<'t>(
    reader: &Reader<'_, 't>,
    text: &'t str,
    mut name: Name,
    mut next: usize,
    is_capital: bool,
    own_words: &[usize],
) -> Option<Name> {
    let echelon = name.echelon?;
    let first = name.first;
    if let Some((value, length)) = number_after(reader, &name, next, echelon) {
        name.number = Some((value, Writing::Cardinal));
        name.end = next + length;
        name.score = 0.9;
        return Some(name);
    }
    if name.designation.is_empty()
        && (matches!(
            echelon,
            "task force" | "battle group" | "army group" | "battalion"
        ) || reader.lower(next - 1) != echelon
            && reader.lower(next - 1) != format!("{echelon}s"))
        && name.types.is_empty()
        && is_capital
    {
        return named_after(reader, text, name, next);
    }
    let is_alone = name.designation.is_empty() && name.types.is_empty();
    if is_alone {
        return after_nation(reader, name, next, is_capital);
    }
    if !is_capital
        && (name.designation.is_empty()
            || !matches!(echelon, "battalion" | "brigade" | "regiment" | "legion")
            || (own_words.iter().any(|&at| reader.is_title(at))))
    {
        return None;
    }
    if !is_capital && own_words.len() == 1 && is_weak_start(reader, own_words[0]) {
        return None;
    }
    if is_refused(reader, &name, next, own_words) {
        return None;
    }
    if name.types == ["international"] || !name.designation.is_empty() || name.echelon.is_some() {
        next = after_echelon(reader, text, &mut name, next);
    }
    name.first = first;
    name.end = next;
    include_nation(reader, &mut name);
    if !is_capital {
        name.score = 0.85;
    }
    Some(name)
}

/// A sentence's first word, whose capital says nothing.
fn is_weak_start(reader: &Reader<'_, '_>, at: usize) -> bool {
    at == 0 && reader.is_common(at)
}

/// A name that ends in what its men are: "Welsh Guards", "Rashtriya Rifles", "Old Guard".
fn by_type(
    reader: &Reader<'_, '_>,
    mut name: Name,
    next: usize,
    own_words: &[usize],
) -> Option<Name> {
    let last = name.types.last()?.clone();
    let types = name.types.join(" ");
    let is_body = matches!(
        last.as_str(),
        "guards"
            | "rifles"
            | "fusiliers"
            | "highlanders"
            | "lancers"
            | "hussars"
            | "dragoons"
            | "dragoon guards"
            | "gurkhas"
            | "grenadiers"
            | "yeomanry"
            | "commandos"
    ) || types.ends_with("light infantry")
        || types == "royal engineers"
        || types == "royal artillery"
        || last == "cavalry" && name.designation == ["Household"]
        || last == "guard"
            && matches!(
                name.designation.first().map(String::as_str),
                Some(
                    "Old"
                        | "Republican"
                        | "Presidential"
                        | "Imperial"
                        | "Royal"
                        | "Young"
                        | "Praetorian"
                        | "Varangian"
                )
            );
    let ends_in_type = matches!(reader.part(next - 1, false), Some((_, Part::Type(_))))
        || types.ends_with("light infantry");
    let has_name = !name.designation.is_empty()
        || name.types.len() > 1 && last != "rifles" && last != "commandos"
        || types == "light infantry" && has_nation_before(reader, name.first);
    let is_people = own_words.iter().all(|&at| reader.is_common(at))
        && !own_words.is_empty()
        && matches!(last.as_str(), "guards" | "rifles" | "commandos")
        && !matches!(
            name.designation.first().map(String::as_str),
            Some("Royal" | "Life" | "Foot")
        );
    let follows =
        reader.is_capital(next) && !reader.is_title(next) && reader.part(next, true).is_none();
    let starts_weak = own_words.first() == Some(&0) && own_words.len() == 1 && reader.is_common(0);
    if !is_body
        || !ends_in_type
        || !has_name
        || is_people
        || follows
        || starts_weak
        || reader.is(next, "not_after")
    {
        return None;
    }
    name.end = next;
    name.score = 0.87;
    include_nation(reader, &mut name);
    Some(name)
}
