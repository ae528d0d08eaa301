//! Text that the user marked as a mention.

use super::anchors::Place;
use super::state::State;
use crate::model::{
    Correction, Document, DocumentId, Entity, EntityId, EntityKind, normalized_name,
};
use std::collections::BTreeSet;

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
        let mut found = Vec::new();
        for (&id, document) in self.project.documents.range(first..) {
            if !others.contains(&id) {
                found.extend(self.free_texts(document, text));
            }
        }
        found
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

    fn free_texts(&self, document: &Document, text: &str) -> Vec<Place> {
        let body = &document.text;
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let places = body.match_indices(text);
        let places = places.map(|(start, _)| (document.id, start, start + text.len()));
        places
            .filter(|place| {
                !is_letter(body[..place.1].chars().next_back())
                    && !is_letter(body[place.2..].chars().next())
                    && !document.is_boilerplate(place.1, place.2)
                    && self.owners.over(*place).is_empty()
            })
            .collect()
    }
}

fn is_same(role: &str, name: &str) -> bool {
    let role = normalized_name(role);
    role.strip_prefix("the ").unwrap_or(&role) == name
}
