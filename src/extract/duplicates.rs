//! Entities that may be one and were not sure enough to be joined: for the user to decide.
//!
//! Names are compared only within groups that share a key (a family name, a number, a name with one
//! letter left out), so that the time is near-linear in the names. Groups that are too large to be of
//! use are counted and not compared.

use super::resolve::compare::{
    acronym, initials, is_family_first, is_generation, is_slip, one_left_out,
};
use super::resolve::name_key;
use crate::model::{Entity, EntityId, EntityKind, Project};
use std::collections::{BTreeMap, BTreeSet};

/// Two entities that may be one.
#[derive(Clone, Debug, PartialEq)]
pub struct Duplicate {
    /// The one that would stay: of the fuller name, or else the one mentioned more.
    pub into: EntityId,
    /// The one that would become part of it.
    pub other: EntityId,
    /// Why they may be one.
    pub reason: DuplicateReason,
    /// How likely, 0 to 1, by the reason; the likeliest come first.
    pub score: f32,
    /// The user left it for later: such pairs come after all others.
    pub is_later: bool,
}

/// Why two entities may be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DuplicateReason {
    /// The same name, kept apart by what the texts around it say.
    OneName,
    /// The same name under two kinds.
    SameName,
    /// One letter more, less or other.
    OneLetter,
    /// First names that may be forms of one, and the same family name.
    FirstName,
    /// The same first and family name; middle names, or senior and junior, differ.
    MiddleName,
    /// A single name that several or uncertain bearers have.
    PartOfName,
    /// The letters of one may stand for the other, or for several.
    Acronym,
    /// The words of one are among those of the other.
    ShorterName,
    /// The same number and echelon.
    SameNumber,
}

impl DuplicateReason {
    /// In words, to stand by itself.
    pub const fn words(self) -> &'static str {
        match self {
            Self::OneName => "the same name",
            Self::SameName => "the same name, of two kinds",
            Self::OneLetter => "the names differ by one letter",
            Self::FirstName => "the same family name, and first names that may be one",
            Self::MiddleName => "the same first and family name; the rest differs",
            Self::PartOfName => "one is called by a part of the other's name",
            Self::Acronym => "the letters of one may stand for the other",
            Self::ShorterName => "one name is a shorter form of the other",
            Self::SameNumber => "the same number and echelon",
        }
    }

    const fn score(self) -> f32 {
        match self {
            Self::OneLetter => 0.8,
            Self::FirstName => 0.7,
            Self::SameName => 0.6,
            Self::OneName => 0.55,
            Self::ShorterName => 0.5,
            Self::Acronym => 0.46,
            Self::MiddleName => 0.48,
            Self::SameNumber => 0.45,
            Self::PartOfName => 0.4,
        }
    }
}

/// The likely duplicates of a project.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Duplicates {
    /// Pairs, the likeliest first; at most [`MOST_PAIRS`].
    pub pairs: Vec<Duplicate>,
    /// Pairs of groups that were too large to be compared, and of those beyond the limit.
    pub not_examined: usize,
}

/// More pairs nobody looks through; the rest comes up as these are decided.
pub const MOST_PAIRS: usize = 500;

/// Entities of one key: of larger groups (a family name that half a country bears) nothing is learned.
const MOST_IN_GROUP: usize = 24;

/// An entity as it is compared.
struct Name<'a> {
    entity: &'a Entity,
    words: Vec<String>,
}

/// Pairs of shown kinds that may be one and that the user did not keep apart.
pub fn duplicates(project: &Project) -> Duplicates {
    let names: Vec<Name<'_>> = project
        .entities()
        .filter(|e| EntityKind::SHOWN_AT_FIRST.contains(&e.kind))
        .map(|entity| Name {
            words: name_key(&entity.name)
                .split(' ')
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect(),
            entity,
        })
        .collect();
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, name) in names.iter().enumerate() {
        for key in keys(name) {
            groups.entry(key).or_default().push(index);
        }
    }
    let apart = project.kept_apart();
    let mut found: BTreeMap<(EntityId, EntityId), DuplicateReason> = BTreeMap::new();
    let mut not_examined = 0;
    for members in groups.values() {
        if members.len() > MOST_IN_GROUP {
            not_examined += members.len() * (members.len() - 1) / 2;
            continue;
        }
        for (at, &one) in members.iter().enumerate() {
            for &other in &members[at + 1..] {
                let (a, b) = (&names[one], &names[other]);
                let pair = (a.entity.id, b.entity.id);
                if !apart.contains(&pair)
                    && let Some(reason) = may_be_one(a, b)
                {
                    let known = found.entry(pair).or_insert(reason);
                    *known = reason.min(*known);
                }
            }
        }
    }
    let mut pairs: Vec<Duplicate> = found
        .into_iter()
        .filter_map(|(pair, reason)| ordered(project, pair, reason))
        .collect();
    pairs.sort_by(|a, b| {
        let key = |d: &Duplicate| (d.into, d.other);
        let by_score = b.score.total_cmp(&a.score);
        let by_later = a.is_later.cmp(&b.is_later);
        by_later.then(by_score).then(key(a).cmp(&key(b)))
    });
    not_examined += pairs.len().saturating_sub(MOST_PAIRS);
    pairs.truncate(MOST_PAIRS);
    Duplicates {
        pairs,
        not_examined,
    }
}

/// The keys of the groups in which a name is compared.
fn keys(name: &Name<'_>) -> Vec<String> {
    let words = &name.words;
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return Vec::new();
    };
    let mut keys = vec![format!("= {}", words.join(" "))];
    match name.entity.kind {
        EntityKind::Person => {
            keys.push(format!("p {}", family(words)));
            if words.len() == 1 || first != family(words) {
                keys.push(format!("p {first}"));
            }
            if words.len() > 1 {
                keys.push(format!("m {first} {}", family(words)));
            }
            if words.len() == 2 {
                keys.extend(
                    one_left_out(last)
                        .into_iter()
                        .map(|w| format!("l {first} {w}")),
                );
                keys.extend(
                    one_left_out(first)
                        .into_iter()
                        .map(|w| format!("f {last} {w}")),
                );
            }
        }
        EntityKind::Place => {
            if words.len() == 1 {
                keys.extend(one_left_out(first).into_iter().map(|w| format!("o {w}")));
            }
        }
        _ => {
            if first.starts_with(|c: char| c.is_ascii_digit()) && words.len() > 1 {
                keys.push(format!("n {first} {last}"));
            } else if words.len() > 1 {
                keys.push(format!("b {first} {}", words[1]));
            }
            if words.len() == 1 {
                keys.extend(one_left_out(first).into_iter().map(|w| format!("o {w}")));
            }
            keys.extend(
                letters(name)
                    .into_iter()
                    .map(|letters| format!("a {letters}")),
            );
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The acronyms of a body: its name, what texts call it for short, or its initials.
fn letters(name: &Name<'_>) -> BTreeSet<String> {
    let called = name.entity.aliases.iter().chain([&name.entity.name]);
    let mut letters: BTreeSet<String> = called.filter_map(|text| acronym(text)).collect();
    letters.extend(
        initials(&name.entity.name)
            .into_iter()
            .filter(|l| l.len() > 2),
    );
    letters
}

/// The word by which strangers are called.
fn family(words: &[String]) -> &str {
    if is_family_first(&words[0]) {
        return &words[0];
    }
    let last = words.iter().rev().find(|word| !is_generation(word));
    last.unwrap_or(&words[0])
}

fn may_be_one(a: &Name<'_>, b: &Name<'_>) -> Option<DuplicateReason> {
    if a.words == b.words {
        return if a.entity.kind != b.entity.kind {
            Some(DuplicateReason::SameName)
        } else {
            (!lie_apart(a.entity, b.entity)).then_some(DuplicateReason::OneName)
        };
    }
    if lie_apart(a.entity, b.entity) {
        return None;
    }
    let is_body =
        |n: &Name<'_>| matches!(n.entity.kind, EntityKind::Unit | EntityKind::Organization);
    match (a.entity.kind, b.entity.kind) {
        (EntityKind::Person, EntityKind::Person) => persons(&a.words, &b.words),
        (EntityKind::Place, EntityKind::Place) => one_letter(&a.words, &b.words),
        _ if is_body(a) && is_body(b) => bodies(a, b),
        _ => None,
    }
}

fn lie_apart(a: &Entity, b: &Entity) -> bool {
    match (&a.location, &b.location) {
        (Some(a), Some(b)) => a.latitude != b.latitude || a.longitude != b.longitude,
        _ => false,
    }
}

fn one_letter(a: &[String], b: &[String]) -> Option<DuplicateReason> {
    let differing: Vec<_> = a.iter().zip(b).filter(|(a, b)| a != b).collect();
    let is_one = a.len() == b.len() && differing.len() == 1;
    let is_slip = is_one && is_slip(differing[0].0, differing[0].1);
    is_slip.then_some(DuplicateReason::OneLetter)
}

fn persons(a: &[String], b: &[String]) -> Option<DuplicateReason> {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if let [only] = short {
        let is_part = long.len() > 1 && (*only == long[0] || only == family(long));
        return is_part.then_some(DuplicateReason::PartOfName);
    }
    if let Some(reason) = one_letter(a, b) {
        return Some(reason);
    }
    let mut sorted = (a.to_vec(), b.to_vec());
    sorted.0.sort_unstable();
    sorted.1.sort_unstable();
    if sorted.0 == sorted.1 {
        return Some(DuplicateReason::FirstName);
    }
    // Several of one Korean or Chinese family are several people.
    let has_family_first = is_family_first(&a[0]) || is_family_first(&b[0]);
    if has_family_first || family(a) != family(b) {
        return None;
    }
    let (one, other) = (&a[0], &b[0]);
    if one == other {
        return Some(DuplicateReason::MiddleName);
    }
    let is_form = one.starts_with(other.as_str()) || other.starts_with(one.as_str());
    is_form.then_some(DuplicateReason::FirstName)
}

fn bodies(a: &Name<'_>, b: &Name<'_>) -> Option<DuplicateReason> {
    let is_number = |n: &Name<'_>| n.words[0].starts_with(|c: char| c.is_ascii_digit());
    if is_number(a) || is_number(b) {
        let is_same = a.words[0] == b.words[0] && a.words.last() == b.words.last();
        let nation = |n: &Name<'_>| n.entity.unit.as_ref().and_then(|u| u.nationality.clone());
        let agree = match (nation(a), nation(b)) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        };
        return (is_same && agree).then_some(DuplicateReason::SameNumber);
    }
    if let Some(reason) = one_letter(&a.words, &b.words) {
        return Some(reason);
    }
    let (of_a, of_b) = (acronym(&a.entity.name), acronym(&b.entity.name));
    let stands_for = |short: &Option<String>, long: &Name<'_>| {
        short
            .as_ref()
            .is_some_and(|short| letters(long).contains(short))
    };
    if of_a.is_some() != of_b.is_some() && (stands_for(&of_a, b) || stands_for(&of_b, a)) {
        return Some(DuplicateReason::Acronym);
    }
    let (short, long) = if a.words.len() <= b.words.len() {
        (&a.words, &b.words)
    } else {
        (&b.words, &a.words)
    };
    let is_start = short.len() > 1 && long.starts_with(short);
    is_start.then_some(DuplicateReason::ShorterName)
}

/// Which of the two would stay: that of more words, or mentioned more, or of the longer name.
fn ordered(
    project: &Project,
    (a, b): (EntityId, EntityId),
    reason: DuplicateReason,
) -> Option<Duplicate> {
    let weight = |id: EntityId| {
        let entity = project.entity(id)?;
        let words = entity.name.split_whitespace().count().min(3);
        Some((words, entity.mentions.len(), entity.name.chars().count()))
    };
    let (into, other) = if weight(b)? > weight(a)? {
        (b, a)
    } else {
        (a, b)
    };
    Some(Duplicate {
        into,
        other,
        reason,
        score: reason.score(),
        is_later: project.later().contains(&(a.min(b), a.max(b))),
    })
}

#[cfg(test)]
mod tests {
    use super::super::fixture::marked;
    use super::super::resolve::resolve;
    use super::*;
    use crate::model::{Edit, Patch, SavedView};
    use std::sync::Arc;

    fn project(notation: &str) -> Project {
        let (document, recognition) = marked(0, notation);
        let extraction = resolve(&[(&document, &recognition)], false);
        let entities = extraction.entities.into_iter();
        let patch = Patch {
            documents: vec![(document.id, Some(Arc::new(document)))],
            entities: entities.map(|e| (e.id, Some(Arc::new(e)))).collect(),
            ..Patch::default()
        };
        Project::from_parts(patch, [1, 100, 0, 0], SavedView::default())
    }

    fn pairs(project: &Project) -> Vec<(String, String, DuplicateReason)> {
        let name = |id| project.entity(id).unwrap().name.clone();
        let found = duplicates(project).pairs;
        let pair = |d: &Duplicate| (name(d.into), name(d.other), d.reason);
        found.iter().map(pair).collect()
    }

    #[test]
    fn what_is_not_sure_is_offered() {
        let project = project(
            "[person Ivan Petrov] met [person Oleg Petrov]. And so it went on. [person Petrov] left. \
             [person Max Stern] and [person Maximilian Stern]. [place Kharkiv] and [place Kharkov].",
        );
        let found = pairs(&project);
        let has = |a: &str, b: &str| {
            let is = |pair: &&(String, String, DuplicateReason)| pair.0 == a && pair.1 == b;
            found.iter().any(|pair| is(&pair))
        };
        assert!(has("Ivan Petrov", "Petrov"), "{found:?}");
        assert!(has("Oleg Petrov", "Petrov"), "{found:?}");
        assert!(has("Max Stern", "Maximilian Stern") || has("Maximilian Stern", "Max Stern"));
        assert!(!has("Ivan Petrov", "Oleg Petrov"));
    }

    #[test]
    fn an_acronym_of_two_bodies_is_offered_to_each() {
        let entity = |id: u32, name: &str, aliases: &[&str]| Entity {
            id: EntityId(id),
            aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
            name: name.to_owned(),
            ..(**project("[organization Acme].").entities().next().unwrap()).clone()
        };
        let entities = [
            entity(0, "Massachusetts Institute of Technology", &[]),
            entity(1, "National Intelligence Organization", &["MIT"]),
            entity(2, "MIT", &["MIT"]),
        ];
        let entities = entities.into_iter().map(|e| (e.id, Some(Arc::new(e))));
        let patch = Patch {
            entities: entities.collect(),
            ..Patch::default()
        };
        let found = pairs(&Project::from_parts(
            patch,
            [1, 100, 0, 0],
            SavedView::default(),
        ));
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(
            found
                .iter()
                .all(|p| p.1 == "MIT" && p.2 == DuplicateReason::Acronym)
        );
    }

    #[test]
    fn father_and_son_are_offered_and_not_joined() {
        let project = project(
            "[person Ivor Adams Stone] taught his son, [person Ivor Stone]. And so it went on. \
             [person Otto Lang] and [person Otto Lang Jr.] sang.",
        );
        let found = pairs(&project);
        assert_eq!(found.len(), 2, "{found:?}");
        let is_it =
            |pair: &(String, String, DuplicateReason)| pair.2 == DuplicateReason::MiddleName;
        assert!(found.iter().all(is_it), "{found:?}");
    }

    #[test]
    fn what_is_left_for_later_comes_last() {
        let mut project = project(
            "[person Max Stern] met [person Maximilian Stern]. [place Kharkiv], [place Kharkov]. \
                     [person Ida Hall] met [person Ida May Hall].",
        );
        let first = duplicates(&project).pairs.remove(0);
        let edit = Edit::Later {
            entity: first.other,
            other: first.into,
        };
        let (_, patch) = edit.plan(&project, "").unwrap();
        project.apply(patch);
        let pairs = duplicates(&project).pairs;
        let last = pairs.last().unwrap();
        assert_eq!((last.into, last.other), (first.into, first.other));
        assert!(last.is_later && !pairs[0].is_later);
    }

    #[test]
    fn two_of_one_name_are_offered_unless_the_user_parted_them() {
        let project = project("[person Ivan Petrov] met [person Oleg Kim]. [person Kim] slept.");
        let mut same = project.clone();
        let (of, made) = (EntityId(0), EntityId(1));
        for (id, name) in [(of, "Kim"), (made, "Kim"), (EntityId(2), "Lee")] {
            let name = name.to_owned();
            let edit = Edit::Rename { entity: id, name };
            if let Ok((_, patch)) = edit.plan(&same, "") {
                same.apply(patch);
            }
        }
        let is_offered = |project: &Project| {
            let pairs = duplicates(project).pairs;
            pairs
                .iter()
                .any(|pair| pair.reason == DuplicateReason::OneName)
        };
        assert!(is_offered(&same));
        let mention = project.entities().find(|e| e.mentions.len() > 1).unwrap();
        let (of, place) = (mention.id, &mention.mentions[1]);
        let split = Edit::Split {
            entity: of,
            mentions: vec![(place.document, place.start)],
            name: Some(mention.name.clone()),
        };
        let mut parted = project.clone();
        let (_, patch) = split.plan(&parted, "").unwrap();
        parted.apply(patch);
        assert!(!is_offered(&parted));
    }

    #[test]
    fn a_rejected_pair_stays_rejected() {
        let mut project = project("[person Max Stern] met [person Maximilian Stern].");
        let found = duplicates(&project).pairs;
        assert_eq!(found.len(), 1);
        let edit = Edit::Different {
            entity: found[0].into,
            other: found[0].other,
        };
        let (_, patch) = edit.plan(&project, "").unwrap();
        project.apply(patch);
        assert!(duplicates(&project).pairs.is_empty());
    }

    #[test]
    fn thousands_of_one_family_name_are_counted_and_not_compared() {
        let letter = |number: u8| char::from(b'a' + number % 26);
        let name = |n: u16| {
            let [high, low] = (n / 26).to_be_bytes();
            format!(
                "[person Z{}{}{} Smith] ",
                letter(high),
                letter(low / 26),
                letter(low)
            ) + &format!("[person Q{}{} Smith] ", letter((n % 26) as u8), letter(low))
        };
        let names: String = (0..600).map(name).collect();
        let found = duplicates(&project(&names));
        assert!(found.not_examined > 10_000, "{}", found.not_examined);
        assert!(found.pairs.len() <= MOST_PAIRS);
    }
}
