//! Text that the user marked as a mention.

use super::anchors::Place;
use super::state::State;
use crate::model::{
    Correction, CorrectionKind, DocumentId, Entity, EntityId, EntityKind, Project, normalized_name,
};
use aho_corasick::AhoCorasick;
use std::collections::{BTreeMap, BTreeSet, HashMap};

impl State<'_> {
    pub(super) fn mark(&mut self, correction: &Correction, kind: EntityKind, name: &str) -> bool {
        let [anchor] = &correction.anchors[..] else {
            return false;
        };
        let found = self.places.find(&correction.anchors, correction.new_from.0);
        let Some(place) = found.into_iter().flatten().next() else {
            return false;
        };
        let name = if name.is_empty() { &anchor.text } else { name };
        // What was found before, read again or removed and added again, has another number; what the mark
        // itself made keeps its own.
        let was_found = correction.entity < correction.new_from.1 && !correction.only_here;
        let renumbered = || {
            was_found
                .then(|| self.renumbered(correction, &normalized_name(name), kind))
                .flatten()
        };
        let id = match self.heir(correction.entity).or_else(renumbered) {
            Some(id) => id,
            None => {
                self.make(correction.entity, kind, name);
                correction.entity
            }
        };
        self.marked.insert(place);
        self.mark_place(place, id);
        self.join_newcomer(correction, id, &normalized_name(&anchor.text), kind);
        if !correction.only_here && self.is_name(&anchor.text) {
            let later = self.later_texts(&anchor.text, correction.new_from.0, id);
            let later = later.into_iter();
            let mentions = later.filter_map(|place| self.mention_at(place)).collect();
            self.give(id, mentions, Vec::new());
        }
        true
    }

    /// Takes the bytes from whichever entities had them, with the roles that go with them.
    fn mark_place(&mut self, place: Place, id: EntityId) {
        let over = self.owners.over(place);
        let losers: BTreeSet<EntityId> = over.iter().map(|(_, owner)| *owner).collect();
        let (_, roles) = self.take(&over);
        let mention = self.mention_at(place);
        self.give(id, mention.into_iter().collect(), roles);
        for loser in losers.into_iter().filter(|&loser| loser != id) {
            let entity = self.entities.get(&loser);
            if entity.is_some_and(|e| e.mentions.is_empty() && !e.by_user) {
                self.drop_entity(loser);
            }
        }
    }

    /// Words that name one thing wherever they stand: no common noun, and nobody's role. "The president"
    /// is somebody else in the next document.
    fn is_name(&self, text: &str) -> bool {
        /// Shorter words are too often something else.
        const LEAST_CHARACTERS: usize = 3;
        let is_lower = |word: &str| word.chars().next().is_some_and(char::is_lowercase);
        let mut words = text.split_whitespace();
        if text.chars().count() < LEAST_CHARACTERS || words.next().is_none_or(is_lower) {
            return false;
        }
        let name = normalized_name(text);
        let bare = name.strip_prefix("the ").unwrap_or(&name);
        let mut found = self.project.found_entities.values();
        !found.any(|e| e.roles.iter().any(|role| is_same(&role.text, bare)))
    }

    /// Where documents that were added since have the same words, nothing was found there, and nothing
    /// else in the document bears the name.
    fn later_texts(&self, text: &str, first: DocumentId, id: EntityId) -> Vec<Place> {
        let name = normalized_name(text);
        let others = self.others_called(&name, first, id);
        let all = self.wide_marks.get_or_init(|| wide_marks(self.project));
        let all = all.get(text).into_iter().flatten();
        let new = all.filter(|(document, ..)| *document >= first && !others.contains(document));
        new.filter(|place| self.is_free(place)).copied().collect()
    }

    /// The documents from `first` on that name another entity in full or in part by these words.
    fn others_called(&self, name: &str, first: DocumentId, id: EntityId) -> BTreeSet<DocumentId> {
        let bears = |e: &Entity| {
            let mut names = e.aliases.iter().chain([&e.name]);
            names.any(|known| {
                let known = normalized_name(known);
                known.match_indices(name).any(|(at, _)| {
                    let (before, after) = (&known[..at], &known[at + name.len()..]);
                    (before.is_empty() || before.ends_with(' '))
                        && (after.is_empty() || after.starts_with(' '))
                })
            })
        };
        let later = |e: &Entity| e.mentions.last().is_some_and(|m| m.document >= first);
        let others = self.entities.values().filter(|e| e.id != id);
        let others = others.filter(|e| later(e) && bears(e));
        let mentions = others.flat_map(|e| &e.mentions);
        mentions.map(|mention| mention.document).collect()
    }

    /// The words stand there by themselves, in the article, and nothing was found there.
    fn is_free(&self, &(document, start, end): &Place) -> bool {
        let Some(document) = self.project.documents.get(&document) else {
            return false;
        };
        let body = &document.text;
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !is_letter(body[..start].chars().next_back())
            && !is_letter(body[end..].chars().next())
            && !document.is_boilerplate(start, end)
            && self.owners.over((document.id, start, end)).is_empty()
    }
}

/// Where the documents have the words of marks that hold for more than their own place: all texts are
/// gone through once, however many marks there are.
fn wide_marks(project: &Project) -> HashMap<String, Vec<Place>> {
    let marks = project.corrections.values().filter(|correction| {
        matches!(correction.kind, CorrectionKind::MarkMention { .. }) && !correction.only_here
    });
    let anchored = marks.filter_map(|mark| Some((&mark.anchors.first()?.text, mark.new_from.0)));
    let mut words: BTreeMap<&str, DocumentId> = BTreeMap::new();
    for (text, first) in anchored.filter(|(text, _)| !text.is_empty()) {
        let known = words.entry(text).or_insert(first);
        *known = first.min(*known);
    }
    let Some(&first) = words.values().min() else {
        return HashMap::new();
    };
    let texts: Vec<&str> = words.keys().copied().collect();
    let mut places: HashMap<String, Vec<Place>> = HashMap::new();
    let Ok(finder) = AhoCorasick::new(&texts) else {
        return places;
    };
    for (&id, document) in project.documents.range(first..) {
        // Where one text is part of another both are found; of each none overlaps the one before.
        let mut ends = vec![0; texts.len()];
        for found in finder.find_overlapping_iter(&document.text) {
            let which = found.pattern().as_usize();
            if found.start() >= ends[which] {
                ends[which] = found.end();
                let of_text = places.entry(texts[which].to_owned()).or_default();
                of_text.push((id, found.start(), found.end()));
            }
        }
    }
    places
}

fn is_same(role: &str, name: &str) -> bool {
    let role = normalized_name(role);
    role.strip_prefix("the ").unwrap_or(&role) == name
}
