//! Names without a number before them: "Azov Brigade", "Unit 731", "A Company", "Army of the Potomac".

use super::name::Name;
use super::numbered::after_echelon;
use super::parts::{Part, Reader};
use super::words::{Shape, Writing, cardinal_word, number};

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

/// "HMLA-267".
fn squadron_code(reader: &Reader<'_, '_>, at: usize) -> Option<Name> {
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
fn letter_company(reader: &Reader<'_, '_>, at: usize) -> Option<Name> {
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
fn company_letter(reader: &Reader<'_, '_>, at: usize) -> Option<Name> {
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
fn of_phrase<'t>(reader: &Reader<'_, 't>, text: &'t str, at: usize) -> Option<Name> {
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
fn own_name<'t>(reader: &Reader<'_, 't>, text: &'t str, at: usize) -> Option<Name> {
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
        && is_namesake(reader, at - 1);
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

/// Words that open names of volunteers' units and go on with "of".
fn is_namesake(reader: &Reader<'_, '_>, at: usize) -> bool {
    matches!(
        reader.lower(at),
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

/// What ends in an echelon's word and is no unit.
fn is_refused(reader: &Reader<'_, '_>, name: &Name, next: usize, own_words: &[usize]) -> bool {
    let echelon = name.echelon.unwrap_or_default();
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
    let common = own_words.iter().filter(|&&at| reader.is_common(at)).count();
    let all_common = common == own_words.len();
    let before_nation = has_nation_before(reader, name.first);
    let weak = match echelon {
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
    };
    weak || starts_wrong || goes_on
}

fn has_nation_before(reader: &Reader<'_, '_>, first: usize) -> bool {
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

/// "Unit 731", "Carrier Strike Group 5", "SEAL Team Six".
fn number_after(
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
fn named_after<'t>(
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
fn after_nation(
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
fn include_nation(reader: &Reader<'_, '_>, name: &mut Name) {
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
    name.score = 0.82;
    include_nation(reader, &mut name);
    Some(name)
}
