//! From a sentence's tokens to its units.

use super::name::Name;
use super::parts::Reader;
use super::{context, named, numbered, words};
use crate::extract::text::{Token, tokens};
use crate::model::UnitDetails;

/// A unit in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundUnit {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// How sure, 0 to 1.
    pub score: f32,
    /// The fields.
    pub details: UnitDetails,
    /// The name in full, where the text leaves its head to another: "1st Tank Brigade" for the
    /// first member of "the 1st and 4th Tank Brigades".
    pub full_name: Option<String>,
}

/// The units of one sentence of `text`, given its tokens: sorted, not overlapping. Linear in the
/// number of tokens.
pub fn find(text: &str, tokens: &[Token]) -> Vec<FoundUnit> {
    let words = words::words(text, tokens);
    let reader = Reader::new(&words);
    if !(0..words.len()).any(|at| reader.is_sign(at)) {
        return Vec::new();
    }
    let mut names: Vec<Name> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if let Some(end) = ship_end(&reader, at) {
            at = end;
            continue;
        }
        let found = numbered::read(&reader, text, at).or_else(|| named::read(&reader, text, at));
        match found {
            Some(name) if name.end > at => {
                at = name.end;
                // A nationality taken in may lie before `at`.
                while names.last().is_some_and(|last| last.end > name.first) {
                    names.pop();
                }
                names.push(name);
            }
            _ => at += 1,
        }
    }
    context::apply(&reader, text, names)
        .iter()
        .map(|name| FoundUnit {
            start: words[name.first].start,
            end: words[name.end - 1].end,
            score: name.score,
            details: name.details(),
            full_name: full_name(&reader, text, name),
        })
        .collect()
}

/// "HMS Legion": the word after a ship's name, which starts at word `at`.
fn ship_end(reader: &Reader<'_, '_>, at: usize) -> Option<usize> {
    let is_prefix = reader.is(at, "ship_prefix")
        && reader.words[at].text.chars().all(char::is_uppercase)
        && reader.is_capital(at + 1)
        && (at == 0 || reader.words[at - 1].shape != super::words::Shape::Number);
    // The SS of the Wehrmacht's time before a formation, and the initials before a steamer's name.
    let is_corps = reader.lower(at) == "ss" && reader.part(at + 1, true).is_some();
    (is_prefix && !is_corps).then_some(at + 2)
}

/// The name of a member of a coordination, in the words of its own.
fn full_name(reader: &Reader<'_, '_>, text: &str, name: &Name) -> Option<String> {
    let is_alone = name.end == name.first + 1;
    let is_member = name.number.is_some()
        || name.designation.len() == 1 && name.echelon.is_some() && name.is_plural;
    let is_bare = is_alone && is_member && !name.types.is_empty() | name.echelon.is_some();
    let is_code = reader.words[name.first].text.contains(char::is_alphabetic)
        && reader.words[name.first].text.contains('-');
    if !is_bare || is_code && name.echelon == Some("squadron") {
        return None;
    }
    let title = |word: &str| {
        let mut letters = word.chars();
        letters
            .next()
            .map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
    };
    let own = reader.span(text, name.first, name.end).to_owned();
    let named = name
        .designation
        .iter()
        .map(String::as_str)
        .filter(|word| *word != own);
    let rest = named
        .chain(name.types.iter().map(String::as_str))
        .chain(name.echelon);
    let words: Vec<String> = rest
        .flat_map(|part: &str| part.split(' ').map(title).collect::<Vec<_>>())
        .collect();
    Some(format!("{own} {}", words.join(" ")))
}

/// The fields that a unit's name tells by itself, for names that others found or users gave.
pub fn details_of(name: &str) -> Option<UnitDetails> {
    let found = find(name, &tokens(name, 0, name.len()));
    let whole = found
        .into_iter()
        .find(|unit| unit.start == 0 || unit.end == name.trim_end().len())?;
    (!whole.details.is_empty()).then_some(whole.details)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::text::sentences;

    /// "name: fields" of each unit of a text.
    fn read(text: &str) -> Vec<String> {
        sentences(text)
            .iter()
            .flat_map(|&[start, end]| find(text, &tokens(text, start, end)))
            .map(|unit| {
                format!(
                    "{}: {}",
                    &text[unit.start..unit.end],
                    unit.details.summary()
                )
            })
            .collect()
    }

    #[test]
    fn fields_of_names() {
        for (text, found) in [
            (
                "Ukraine's 47th Separate Mechanized Brigade “Magura” fought.",
                "47th Separate Mechanized Brigade “Magura”: 47, Magura, separate mechanized, brigade, Ukraine",
            ),
            (
                "The 810th Naval Inf. Bde moved.",
                "810th Naval Inf. Bde: 810, naval infantry, brigade",
            ),
            (
                "The 155-ya otdelnaya brigada morskoy pekhoty came.",
                "155-ya otdelnaya brigada morskoy pekhoty: 155, separate naval infantry, brigade",
            ),
            (
                "A pilot of Jagdgeschwader 52 was shot.",
                "Jagdgeschwader 52: 52, jagd, wing",
            ),
            (
                "Men of the Frontier Force Regiment fell.",
                "Frontier Force Regiment: Frontier Force, regiment",
            ),
            (
                "The 2nd New Zealand Division landed.",
                "2nd New Zealand Division: 2, division, New Zealand",
            ),
            (
                "The Freedom of Ruritania Legion came.",
                "Freedom of Ruritania Legion: Freedom of Ruritania, legion",
            ),
        ] {
            assert_eq!(read(text), [found]);
        }
    }

    #[test]
    fn units_above_and_beside() {
        assert_eq!(
            read(
                "Bravo Company, 1st Battalion, 5th Marines, left with the Golani and Givati Brigades."
            ),
            [
                "Bravo Company: Bravo, company, 1st Battalion",
                "1st Battalion: 1, battalion, 5th Marines",
                "5th Marines: 5, marines",
                "Golani: Golani, brigade",
                "Givati Brigades: Givati, brigade",
            ]
        );
        let found = find(
            "the 1st and 4th Tank Brigades",
            &tokens("the 1st and 4th Tank Brigades", 0, 29),
        );
        assert_eq!(found[0].full_name.as_deref(), Some("1st Tank Brigade"));
    }

    #[test]
    fn what_is_no_unit() {
        for text in [
            "The East India Company traded.",
            "The First Division side lost. The club plays in the Second Division.",
            "The Supreme Court's 5th Division bench ruled.",
            "Second Army veteran Al left on the 10th of May with a second Army veteran.",
            "The Salvation Army fed the Peace Corps and the Armed Forces of Ukraine.",
            "The Air Force and the Navy spoke to 300 soldiers of 2 brigades.",
            "A force 10 wind sank the HMS Legion near Fleet Street.",
        ] {
            assert_eq!(read(text), [] as [&str; 0], "{text}");
        }
    }

    #[test]
    fn a_name_alone_tells_its_fields() {
        let told = |name: &str| details_of(name).map(|details| details.summary());
        assert_eq!(
            told("8th SOF Regiment").as_deref(),
            Some("8, special operations forces, regiment")
        );
        assert_eq!(told("Orvelno"), None);
    }
}
