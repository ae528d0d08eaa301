//! Joined nodes become entities: kind, best name, aliases, roles, mentions.

use super::super::Recognition;
use super::super::lexicon::{Lexicon, Tag};
use super::super::lists::LISTED;
use super::countries;
use super::locate::Located;
use super::nodes::Nodes;
use super::tellings::Tellings;
use crate::model::{
    DateValue, Document, DocumentId, Entity, EntityId, EntityKind, Mention, PlaceKind, Role,
    normalized_name,
};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Entities by first mention, and for each document the entity of each of its mentions.
///
/// `located` has for each node the place that it means.
pub(super) fn build(
    nodes: &mut Nodes<'_>,
    located: &[Option<Located>],
) -> (Vec<Entity>, Vec<Vec<usize>>) {
    let mut index_of: HashMap<usize, usize> = HashMap::new();
    let mut drafts: Vec<Draft> = Vec::new();
    let mut of_mention: Vec<Vec<usize>> = Vec::with_capacity(nodes.items.len());
    for document in 0..nodes.items.len() {
        let (text, recognition) = nodes.items[document];
        let mut mine = Vec::with_capacity(recognition.mentions.len());
        for mention in 0..recognition.mentions.len() {
            let root = nodes.clusters.find(nodes.of_mention[document][mention]);
            let index = *index_of.entry(root).or_insert_with(|| {
                drafts.push(Draft::default());
                drafts.len() - 1
            });
            mine.push(index);
            let kind = nodes.nodes[nodes.of_mention[document][mention]].kind;
            drafts[index].add(text, recognition, mention, kind);
            let place = located[nodes.of_mention[document][mention]];
            drafts[index].lies_at(text.id, place);
        }
        for role in &recognition.roles {
            if let Some(&index) = mine.get(role.mention) {
                drafts[index].roles.push(Role {
                    text: text.text[role.start..role.end].to_owned(),
                    document: text.id,
                    start: role.start,
                });
            }
        }
        of_mention.push(mine);
    }
    let entities = drafts
        .into_iter()
        .enumerate()
        .map(|(index, draft)| draft.finish(index))
        .collect();
    (entities, of_mention)
}

/// An entity in the making.
#[derive(Default)]
struct Draft {
    mentions: Vec<Mention>,
    roles: Vec<Role>,
    /// How often each name was used.
    names: BTreeMap<String, usize>,
    /// What each document tells beside its words.
    told: Tellings,
    /// The lexicon's name for a country.
    canonical: Option<String>,
    /// Name and kind of the entry of the user's lists that it is.
    listed: Option<(String, EntityKind)>,
    date: Option<DateValue>,
    /// The place of the gazetteer that it is most surely taken for.
    located: Option<Located>,
}

impl Draft {
    fn lies_at(&mut self, document: DocumentId, located: Option<Located>) {
        let Some(new) = located else { return };
        self.told.place(document, new);
        // Of several as sure a country, then the first of the gazetteer, whatever document comes first.
        let is_surer = |known: Located| {
            let is_country = |found: &Located| found.place.kind == PlaceKind::Country;
            let rest = |found: &Located| (is_country(found), std::cmp::Reverse(found.place.record));
            let by_score = new.score.total_cmp(&known.score);
            by_score.then(rest(&new).cmp(&rest(&known))).is_gt()
        };
        if self.located.is_none_or(is_surer) {
            self.located = Some(new);
        }
    }

    fn add(
        &mut self,
        document: &Document,
        recognition: &Recognition,
        mention: usize,
        kind: EntityKind,
    ) {
        let raw = &recognition.mentions[mention];
        let text = &document.text[raw.start..raw.end];
        self.mentions.push(Mention {
            document: document.id,
            start: raw.start,
            end: raw.end,
            text: text.to_owned(),
            score: raw.score,
        });
        self.told.kind(document.id, kind);
        let name = display_name(document, recognition, mention);
        if name != text {
            self.told.name(document.id, &name);
        }
        *self.names.entry(name).or_default() += 1;
        if let Some(unit) = &raw.unit {
            self.told.unit(document.id, unit);
        }
        self.date = self.date.or(raw.date);
        let is_listed = raw.rule == LISTED;
        if is_listed && self.listed.is_none() {
            self.listed = raw.canonical.clone().map(|name| (name, raw.kind));
        }
        let is_country =
            raw.kind == EntityKind::Place && is_country(raw.canonical.as_deref(), raw.rule);
        if is_country {
            self.canonical.clone_from(&raw.canonical);
        }
        let usual = raw.canonical.as_deref().filter(|_| is_listed || is_country);
        if let Some(usual) = usual.filter(|usual| *usual != text) {
            self.told.name(document.id, usual);
        }
    }

    fn finish(mut self, index: usize) -> Entity {
        let kind = self.told.most_kind().unwrap_or(EntityKind::Organization);
        let (name, kind) = match (self.listed.take(), self.canonical.take()) {
            (Some(listed), _) => listed,
            (None, Some(country)) => (country, kind),
            (None, None) => (self.best_name(kind), kind),
        };
        self.roles.sort_by_key(|role| (role.document, role.start));
        let told = std::mem::take(&mut self.told).finish(kind);
        let mut entity = Entity {
            id: EntityId(u32::try_from(index).unwrap_or(u32::MAX)),
            kind,
            name,
            aliases: Vec::new(),
            roles: self.roles,
            mentions: self.mentions,
            by_user: false,
            unit: told.unit().map(Box::new),
            told: (!told.is_empty()).then(|| Box::new(told)),
            date: self.date,
            location: (kind == EntityKind::Place)
                .then_some(self.located)
                .flatten()
                .map(|found| Box::new(found.place.location(found.score))),
        };
        entity.sort_mentions();
        entity.aliases = distinct(&entity.mentions);
        entity
    }

    /// The fullest good form, then the most frequent, then that of the gazetteer, then the longest, then
    /// the first of the alphabet, which no order of documents changes. Status words make the name of a
    /// unit no longer, and it does without them if it is told so too.
    fn best_name(&self, kind: EntityKind) -> String {
        // A region is better told from its city by its noun.
        let located = self.located.map(|found| found.place);
        let located = located.filter(|place| place.kind != PlaceKind::Region);
        let usual = located.map(|place| place.name);
        let shorter = |name: &str| match kind {
            EntityKind::Unit => name.len(),
            _ => 0,
        };
        self.names
            .iter()
            .max_by_key(|(name, count)| {
                (
                    fullness(name, kind),
                    **count,
                    usual == Some(name.as_str()),
                    length(name, kind),
                    std::cmp::Reverse((shorter(name), *name)),
                )
            })
            .map_or_else(String::new, |(name, _)| self.with_more(name, kind))
    }

    /// However often each is said: "Security Service of Ukraine" rather than "Security Service", and
    /// "Cristina Fernández de Kirchner" rather than "Fernández de Kirchner".
    fn with_more(&self, name: &str, kind: EntityKind) -> String {
        let (owned, after) = (format!("{name} of "), format!(" {name}"));
        let is_given = |word: &str| {
            Lexicon::shared()
                .tags(&normalized_name(word))
                .has(Tag::Given)
        };
        let first = |name: &'_ str| name.split(' ').next().is_some_and(is_given);
        let is_more = |other: &&String| match kind {
            EntityKind::Organization => {
                let is_bare = super::organizations::is_generic_name(name);
                other.starts_with(&owned) || (is_bare && other.ends_with(&after))
            }
            EntityKind::Person => !first(name) && other.ends_with(&after) && first(other),
            _ => false,
        };
        let longer = self.names.keys().find(is_more);
        longer.map_or_else(|| name.to_owned(), Clone::clone)
    }
}

fn is_country(canonical: Option<&str>, rule: &str) -> bool {
    canonical.is_some() && rule.contains("country")
}

/// How much of a name a form is: one word, initials, all capitals count less than full words.
fn fullness(name: &str, kind: EntityKind) -> usize {
    let full_words = name
        .split_whitespace()
        .filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1)
        .filter(|word| !super::names::is_generation(&normalized_name(word)))
        .count();
    let is_shouted = is_shouted(name);
    match kind {
        EntityKind::Person => full_words.min(2) * 2 + usize::from(!is_shouted),
        EntityKind::Organization | EntityKind::Unit => {
            usize::from(!is_shouted) * 2 + usize::from(full_words > 1)
        }
        _ => usize::from(!is_shouted),
    }
}

/// Letters of the words that tell which thing it is.
fn length(name: &str, kind: EntityKind) -> usize {
    name.split_whitespace()
        .filter(|word| kind != EntityKind::Unit || !super::organizations::is_status(word))
        .map(|word| word.chars().count())
        .sum()
}

/// It has no small letter.
fn is_shouted(name: &str) -> bool {
    name.chars().filter(|c| c.is_alphabetic()).count() > 1 && !name.chars().any(char::is_lowercase)
}

/// `LIMA` of a dateline as any other text has it, `Lima`. Up to three letters may be an acronym.
fn spoken(name: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| {
            std::iter::once(first)
                .chain(letters.flat_map(char::to_lowercase))
                .collect()
        })
    };
    let small = ["AND", "DE", "DEL", "LA", "OF", "ON", "THE", "UPON"];
    let words = name.split(' ').enumerate();
    let words = words.map(|(at, written)| match small.contains(&written) && at > 0 {
        true => written.to_lowercase(),
        false => word(written),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The words of a mention; with the country before it, if without it the name tells nothing.
fn display_name(document: &Document, recognition: &Recognition, mention: usize) -> String {
    let raw = &recognition.mentions[mention];
    let text = &document.text[raw.start..raw.end];
    if raw.kind == EntityKind::Unit
        && let Some(full) = &raw.canonical
    {
        return full.clone();
    }
    if raw.kind == EntityKind::Organization
        && super::organizations::is_generic_name(text)
        && let Some(before) = countries::before(document, recognition, mention)
    {
        let wide = &document.text[recognition.mentions[before].start..raw.end];
        return wide.replace('\u{2019}', "'");
    }
    if raw.kind == EntityKind::Organization
        && super::organizations::is_generic_name(text)
        && let Some(country) = recognition.mentions.get(mention + 1)
        && country.kind == EntityKind::Place
        && document.text.get(raw.end..country.start) == Some(" of ")
    {
        return document.text[raw.start..country.end].to_owned();
    }
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if raw.kind == EntityKind::Place && is_shouted(&name) && name.chars().count() > 3 {
        return spoken(&name);
    }
    name
}

/// The distinct texts in order of first appearance, in time linear in the mentions.
fn distinct(mentions: &[Mention]) -> Vec<String> {
    let mut seen: HashSet<&str> = HashSet::new();
    mentions
        .iter()
        .filter(|mention| seen.insert(&mention.text))
        .map(|mention| mention.text.clone())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::resolved;

    #[test]
    fn what_every_country_has_is_called_by_its_country() {
        let text = "The [organization National Guard] of [place=Sylvania Sylvania] marched. The [organization National Guard] lost. The [organization National Guard] won.";
        assert_eq!(
            resolved(&[text])[0],
            "National Guard of Sylvania: National Guard"
        );
        let text = "[place=Russia Russia]'s [organization Defense Ministry] spoke. The [organization Defense Ministry] left. The [organization Defense Ministry] slept.";
        assert_eq!(
            resolved(&[text])[1],
            "Russia's Defense Ministry: Defense Ministry"
        );
    }
}
