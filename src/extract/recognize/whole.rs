//! Names that were found in pieces, or cut short, made whole where the text itself says how they are
//! called for short: "Armed Forces of the Republic of Ruritania (FARR)", "Zemblan Free Forces … the ZFF".
//! What the text has once said of a name holds for all of the document.

use super::candidate::Candidate;
use super::page::Page;
use super::spelled::{Part, joins, parts, spelled_from, spelled_in_any_order};
use super::stated::{
    Stated, by_first_letters, is_body, numbered_behind, numbered_bracket, numbered_units,
    republics, ships, sites, with_nationality, within,
};
use crate::extract::lexicon::{Known, Lexicon, Tag};
use crate::extract::text::Class;
use crate::model::EntityKind;
use std::collections::HashMap;

/// The rule of names made whole.
pub const RULE: &str = "whole";
/// Names that begin with one word, and tokens of one name; beyond that a document is no prose.
const MOST_NAMES: usize = 12;
const LONGEST: usize = 24;

/// Makes names whole, and gives short forms the kind of what they stand for. `kept` is sorted and free
/// of overlaps, and so is the result.
pub fn apply(page: &Page, lexicon: &Lexicon, mut kept: Vec<Candidate>) -> Vec<Candidate> {
    let mut stated = with_nationality(page, &kept);
    stated.extend(numbered_units(page, &kept));
    stated.extend(republics(page, lexicon, &kept));
    stated.extend(sites(page, &kept));
    stated.extend(ships(page, &kept));
    stated.extend(by_first_letters(page, lexicon, &kept));
    for open in 0..page.tokens.len() {
        if page.is_mark(open, "(") {
            let numbered = numbered_behind(page, &kept, open);
            if numbered.is_empty() {
                stated.extend(bracketed(page, lexicon, &kept, open));
            }
            stated.extend(numbered);
        }
    }
    if !stated.is_empty() {
        repeat(page, lexicon, &stated, &mut kept);
    }
    kept
}

fn sentence_start(page: &Page, index: usize) -> usize {
    let after = page.sentences.partition_point(|range| range[0] <= index);
    page.sentences[..after].last().map_or(0, |range| range[0])
}

/// The long and the short name at a bracket, as far as they are bodies.
fn bracketed(page: &Page, lexicon: &Lexicon, kept: &[Candidate], open: usize) -> Vec<Stated> {
    const MOST: usize = 4;
    let close = (open + 2..open + 2 + MOST).find(|&at| page.is_mark(at, ")"));
    let Some(close) = close.filter(|_| open > 0) else {
        return Vec::new();
    };
    let is_owner = page.tokens[open - 1].class == Class::Possessive;
    let end = open - usize::from(is_owner);
    let lowest = sentence_start(page, open);
    if end <= lowest {
        return Vec::new();
    }
    if let Some(unit) = numbered_bracket(page, kept, end, [open + 1, close]) {
        return vec![unit];
    }
    let is_glued = (open + 2..close).all(|at| page.tokens[at].is_glued);
    let Some(letters) = parts(page.span(open + 1, close)).filter(|_| is_glued) else {
        return Vec::new();
    };
    let short = within(kept, open + 1, close);
    // "May 7 Movement (M7)" leaves out what it is.
    let is_dated = letters.iter().any(|part| matches!(part, Part::Number(_)));
    let before_noun = end - usize::from(is_dated && is_group_of_people(page, lowest, end));
    let spelled = spelled_from(page, lowest, end, &letters)
        .or_else(|| spelled_from(page, lowest, before_noun, &letters));
    let first = spelled.or_else(|| {
        in_pieces(
            page,
            lexicon,
            kept,
            [lowest, end, open + 1, close],
            &letters,
        )
    });
    let Some(first) = first else {
        return Vec::new();
    };
    let long = within(kept, first, end);
    let is_whole = long
        .iter()
        .any(|c| c.first <= first && c.end >= end && is_body(c.kind));
    let kind = long
        .iter()
        .find(|c| is_body(c.kind))
        .map(|c| c.kind)
        .or_else(|| short.iter().find(|c| is_body(c.kind)).map(|c| c.kind))
        .or_else(|| is_group_of_people(page, first, end).then_some(EntityKind::Organization));
    let fits = !long
        .iter()
        .any(|c| c.kind == EntityKind::Person || c.first < first);
    let place = long
        .iter()
        .any(|c| c.kind == EntityKind::Place && c.first == first && c.end == end);
    let kind = match !is_whole && MACHINES.contains(&page.key(end - 1)) {
        true => Some(EntityKind::Equipment),
        false => kind.filter(|_| is_whole || !is_thing(page, first, end)),
    };
    let Some(kind) = kind.filter(|_| (fits || is_whole) && !place) else {
        return Vec::new();
    };
    let name = |first, end| Stated {
        first,
        end,
        kind,
        canonical: None,
    };
    let mut short = name(open + 1, close);
    // Letters alone are told to stand for a name by their initials; a number is not.
    short.canonical = is_dated.then(|| page.span(first, end).to_owned());
    let mut found = vec![short];
    if !is_whole {
        found.push(name(first, end));
    }
    found
}

/// Last words of names of what is carried, driven or fired. Sorted.
const MACHINES: &[&str] = &[
    "aircraft",
    "bomb",
    "carrier",
    "drone",
    "gun",
    "helicopter",
    "howitzer",
    "launcher",
    "missile",
    "mortar",
    "radar",
    "radio",
    "rifle",
    "rocket",
    "tank",
    "torpedo",
    "vehicle",
];

/// "May 7 Movement": a word for people who act together ends it.
fn is_group_of_people(page: &Page, first: usize, end: usize) -> bool {
    const GROUPS: [&str; 9] = [
        "alliance",
        "army",
        "brigade",
        "brigades",
        "coalition",
        "front",
        "league",
        "movement",
        "party",
    ];
    first < end && GROUPS.contains(&page.key(end - 1)) && page.is_capitalized(end - 1)
}

/// What is called so acts in nothing, or is an office that one person holds.
fn is_thing(page: &Page, first: usize, end: usize) -> bool {
    let (opens, last) = (page.tags(first), page.tags(end - 1));
    let is_act = last.has_any(&[Tag::ThingHead, Tag::EventHead, Tag::Equipment])
        || opens.has_any(&[Tag::ThingHead, Tag::EventHead]);
    let is_post = last.has_any(&[Tag::Role, Tag::Rank, Tag::Title]);
    (is_act || is_post) && !last.has_any(&[Tag::OrganizationHead, Tag::UnitHead])
}

/// The first token of a name of which pieces were found: a body, and at the end what it is of. The
/// letters in the bracket are initials of its words in another order.
fn in_pieces(
    page: &Page,
    lexicon: &Lexicon,
    kept: &[Candidate],
    [lowest, end, open, close]: [usize; 4],
    letters: &[Part],
) -> Option<usize> {
    let last = within(kept, end - 1, end).first()?;
    let is_known = matches!(
        lexicon.known(&page.folded(open, close)),
        Some(Known::Institution(_))
    );
    let is_end = matches!(last.kind, EntityKind::Place | EntityKind::Organization);
    let is_its_own = spelled_in_any_order(page, last.first, end, letters);
    if !is_end || is_known || is_its_own || last.end != end {
        return None;
    }
    let mut first = last.first;
    while first > lowest.max(end.saturating_sub(LONGEST)) {
        let before = first - 1;
        // What "and" joins may be two.
        let is_joined = joins(page, before) && page.key(before) != "and";
        if !page.is_capitalized(before) && !is_joined {
            return None;
        }
        first = before;
        let begins_body = within(kept, first, first + 1)
            .iter()
            .any(|c| is_body(c.kind) && c.first == first);
        if begins_body && spelled_in_any_order(page, first, end, letters) {
            return Some(first);
        }
    }
    None
}

/// Finds what is stated wherever the document has it, word by word.
fn repeat(page: &Page, lexicon: &Lexicon, stated: &[Stated], kept: &mut Vec<Candidate>) {
    let mut names: HashMap<&str, Vec<&Stated>> = HashMap::new();
    for name in stated
        .iter()
        .filter(|name| name.end - name.first <= LONGEST)
    {
        let same = names.entry(page.str(name.first)).or_default();
        if same.len() < MOST_NAMES && same.iter().all(|other| !is_same(page, other, name.first)) {
            same.push(name);
        }
    }
    for of_word in names.values_mut() {
        of_word.sort_by_key(|name| std::cmp::Reverse(name.end - name.first));
    }
    let mut out: Vec<Candidate> = Vec::new();
    let mut index = 0;
    while index < page.tokens.len() {
        let here = names.get(page.str(index)).into_iter().flatten();
        let found = here.copied().find(|name| is_same(page, name, index));
        let whole = found.and_then(|name| made_whole(page, lexicon, kept, name, index));
        index = whole.as_ref().map_or(index + 1, |whole| whole.end);
        out.extend(whole);
    }
    kept.retain(|candidate| {
        let after = out.partition_point(|whole| whole.end <= candidate.first);
        out.get(after)
            .is_none_or(|whole| whole.first >= candidate.end)
    });
    kept.append(&mut out);
    kept.sort_by_key(|candidate| candidate.first);
}

/// The words from `index` on are the name's.
fn is_same(page: &Page, name: &Stated, index: usize) -> bool {
    let length = name.end - name.first;
    index + length <= page.tokens.len()
        && (0..length).all(|at| page.str(index + at) == page.str(name.first + at))
}

/// The name as a candidate at `index`, unless what stands there is longer, or is that already.
fn made_whole(
    page: &Page,
    lexicon: &Lexicon,
    kept: &[Candidate],
    name: &Stated,
    index: usize,
) -> Option<Candidate> {
    let end = index + (name.end - name.first);
    let there = within(kept, index, end);
    let sticks_out = there.iter().any(|c| c.first < index || c.end > end);
    let stays = |kind| match is_body(name.kind) {
        true => is_body(kind) || kind == EntityKind::Place,
        false => kind == name.kind,
    };
    let is_it = matches!(there, [only] if only.first == index && only.end == end
        && stays(only.kind) && name.canonical.is_none());
    // A part of a longer name, an address or a code.
    let goes_on = page.is_hyphen(end) || index > 0 && page.is_hyphen(index - 1);
    if sticks_out || is_it || goes_on {
        return None;
    }
    let score = there.iter().map(|c| c.score).fold(0.8, f32::max);
    let mut whole = Candidate::new(index, end, name.kind, score, RULE);
    whole.country = there.iter().find_map(|c| c.country);
    whole.canonical.clone_from(&name.canonical);
    if let Some(Known::Institution(known)) = lexicon.known(&page.folded(index, end))
        && name.canonical.is_none()
    {
        whole.canonical = Some((*known).to_owned());
    }
    Some(whole)
}

#[cfg(test)]
mod tests {
    use super::super::candidate::marked;
    use super::*;
    use crate::extract::text::sentences;

    /// "kind name" of what the words marked with a kind become.
    fn whole(text: &str, names: &[(&str, EntityKind)]) -> Vec<String> {
        let page = Page::new(text, &sentences(text), Lexicon::shared());
        let kept = marked(&page, text, names);
        let found = apply(&page, Lexicon::shared(), kept);
        let name = |c: &Candidate| format!("{} {}", c.kind.key(), page.span(c.first, c.end));
        found.iter().map(name).collect()
    }

    use EntityKind::{Date, Group, Organization, Person, Place, Unit};

    #[test]
    fn pieces_before_a_bracket_are_one_name() {
        let text = "The Armed Forces of the Republic of Zembla (FARZ) left the Republic of Zembla. The Armed Forces of the Republic of Zembla slept.";
        let names = [
            ("Armed Forces", Organization),
            ("Republic of Zembla", Place),
            ("FARZ", Organization),
        ];
        assert_eq!(
            whole(text, &names),
            [
                "organization Armed Forces of the Republic of Zembla",
                "organization FARZ",
                "place Republic of Zembla",
                "organization Armed Forces of the Republic of Zembla",
            ]
        );
        let text = "The al-Nadir in Zembla (ANZ) lost.";
        let names = [
            ("al-Nadir", Organization),
            ("Zembla", Place),
            ("ANZ", Organization),
        ];
        assert_eq!(
            whole(text, &names),
            ["organization al-Nadir in Zembla", "organization ANZ"]
        );
    }

    #[test]
    fn what_the_letters_do_not_spell_stays_as_it_is() {
        for text in [
            "The Embassy of the Republic of Zembla (FARZ) slept.",
            "The Armed Forces left the Republic of Zembla (ROZ).",
            "The Armed Forces of the Republic of Zembla (RZ) slept.",
        ] {
            let names = [
                ("Embassy", Organization),
                ("Armed Forces", Organization),
                ("Republic of Zembla", Place),
            ];
            let found = whole(text, &names);
            assert!(
                found.contains(&"place Republic of Zembla".to_owned()),
                "{found:?}"
            );
        }
    }

    #[test]
    fn a_day_may_begin_the_name_of_a_movement() {
        let text = "He led the May 7 Movement (M7M). The M7M rose on May 7.";
        let found = whole(text, &[("May 7", Date)]);
        assert_eq!(
            found,
            [
                "organization May 7 Movement",
                "organization M7M",
                "organization M7M",
                "date May 7"
            ]
        );
        let text = "He armed the March 23 Movement (M23). The M23 rose.";
        let found = whole(text, &[("March 23", Date)]);
        assert_eq!(found.len(), 3, "{found:?}");
        let text = "She bought a Personal Tuna Radio (PTR). The PTR hums.";
        let radio = [
            "equipment Personal Tuna Radio",
            "equipment PTR",
            "equipment PTR",
        ];
        assert_eq!(whole(text, &[("PTR", Organization)]), radio);
    }

    #[test]
    fn a_nationality_stays_where_the_short_form_has_it() {
        let names = [("Zemblan", Group), ("Free Forces", Unit)];
        let text = "The Zemblan Free Forces won. ZFF men sang.";
        assert_eq!(whole(text, &names)[0], "unit Zemblan Free Forces");
        let text = "The Zemblan Free Forces won. FF men sang. ZFF";
        assert_eq!(whole(text, &names)[0], "unit Zemblan Free Forces");
        let text = "The Zemblan Free Forces won. They sang.";
        assert_eq!(whole(text, &names), ["group Zemblan", "unit Free Forces"]);
    }

    #[test]
    fn a_number_and_letters_are_the_unit_that_has_both() {
        let text = "The 70th Motor Rifle Division left. The 70th MRD slept. The 71st MRD came.";
        assert_eq!(
            whole(text, &[("70th Motor Rifle Division", Unit)]),
            ["unit 70th Motor Rifle Division", "unit 70th MRD"]
        );
        let text = "The 7th Guards Rifle Division (7th ABC) left. The 7th ABC slept.";
        let names = [
            ("7th Guards Rifle Division", Unit),
            ("7th ABC", Organization),
        ];
        assert_eq!(
            whole(text, &names),
            [
                "unit 7th Guards Rifle Division",
                "unit 7th ABC",
                "unit 7th ABC"
            ]
        );
    }

    #[test]
    fn a_number_behind_the_bracket_belongs_to_both_names() {
        let text = "The Navy's Task Force (XTF) 50 came. XTF 50 is led by Burns. XTF 51 slept.";
        assert_eq!(
            whole(text, &[("Task Force", Organization), ("XTF", Organization)]),
            [
                "unit Task Force (XTF) 50",
                "unit XTF 50",
                "organization XTF"
            ]
        );
    }

    #[test]
    fn letters_of_a_republic_and_endings_of_a_site() {
        let text = "The Zembla People's Republic fell. The ZPR slept. The ZPX slept.";
        let names = [
            ("Zembla People's Republic", Place),
            ("ZPR", Organization),
            ("ZPX", Organization),
        ];
        let found = whole(text, &names);
        assert_eq!(found[1..], ["place ZPR", "organization ZPX"]);
        // One sentence that names two tells them apart.
        for (text, same) in [
            (
                "By acmeon.info. And acmeon.io and other.info.",
                Some("acmeon.info"),
            ),
            ("By acmeon.info , and acmeon.io and other.info.", None),
        ] {
            let page = Page::new(text, &sentences(text), Lexicon::shared());
            let at = |i| Candidate::new(i, i + 1, Organization, 0.8, "site");
            let found = apply(&page, Lexicon::shared(), vec![at(1), at(4), at(6)]);
            let canonical: Vec<_> = found.iter().map(|c| c.canonical.as_deref()).collect();
            assert_eq!(canonical, [None, same, None], "{text}");
        }
    }

    #[test]
    fn a_ship_without_its_prefix_and_first_letters_of_words() {
        let text = "The HMS Zorbex sailed. Zorbex sank. The Zorbin sang.";
        let page = Page::new(text, &sentences(text), Lexicon::shared());
        let mut kept = vec![
            Candidate::new(1, 3, EntityKind::Equipment, 0.9, "ship"),
            Candidate::new(5, 6, Organization, 0.8, "tagger"),
            Candidate::new(9, 10, Organization, 0.8, "tagger"),
        ];
        kept = apply(&page, Lexicon::shared(), kept);
        let kinds: Vec<_> = kept.iter().map(|c| c.kind).collect();
        assert_eq!(
            kinds,
            [EntityKind::Equipment, EntityKind::Equipment, Organization]
        );
        let canonical = |text: &str, long: &str, short: &str| {
            let page = Page::new(text, &sentences(text), Lexicon::shared());
            let at = |name: &str| {
                let start = text.find(name).unwrap();
                let [first, end] = page.touched(start, start + name.len());
                Candidate::new(first, end, Organization, 0.8, "tagger")
            };
            let kept = apply(&page, Lexicon::shared(), vec![at(long), at(short)]);
            kept[1].canonical.clone()
        };
        let text = "The Zembla Northern Command met. ZNORTHCOM slept.";
        let long = "Zembla Northern Command";
        assert_eq!(canonical(text, long, "ZNORTHCOM").as_deref(), Some(long));
        let text = "The Zembla Northern Command met. ZSOUTHCOM slept.";
        assert_eq!(canonical(text, long, "ZSOUTHCOM"), None);
    }

    #[test]
    fn a_person_is_never_part_of_a_body_s_name() {
        let text = "Ana Lind of Zembla (ALZ) came.";
        let names = [
            ("Ana Lind", Person),
            ("Zembla", Place),
            ("ALZ", Organization),
        ];
        assert_eq!(
            whole(text, &names),
            ["person Ana Lind", "place Zembla", "organization ALZ"]
        );
    }
}
