//! Links of sentences become relations of entities, each with all its evidence.

use super::super::{RawLink, Recognition};
use super::countries::Countries;
use super::names;
use crate::model::{
    DateValue, Document, DocumentId, Entity, EntityId, EntityKind, Evidence, Origin, Relation,
    RelationId, RelationKind, Status,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Distinct entities of a sentence up to which all pairs are mentioned with each other; in longer
/// lists each is paired with that many after it.
const ALL_PAIRS_UP_TO: usize = 16;
/// Bytes of sentences that the pairs of a document may hold, as a multiple of its length, and at
/// least: what names in running text need many times over, and what keeps memory linear.
const PAIRS_PER_TEXT: usize = 64;
const PAIRS_AT_LEAST: usize = 4 << 20;

type Key = (usize, usize, RelationKind, Option<DateValue>);

/// Relations by source, target, kind and period. `of_mention` gives the entity of each mention.
pub(super) fn build(
    items: &[(&Document, &Recognition)],
    countries: &Countries,
    entities: &[Entity],
    of_mention: &[Vec<usize>],
) -> Vec<Relation> {
    let lifter = Lifter::new(items, countries, entities, of_mention);
    let mut found: BTreeMap<Key, Vec<(String, Evidence)>> = BTreeMap::new();
    for (document, (_, recognition)) in items.iter().enumerate() {
        for link in &recognition.links {
            if let Some((key, evidence)) = lifter.lift(document, link) {
                found
                    .entry(key)
                    .or_default()
                    .push((link.label.clone(), evidence));
            }
        }
    }
    drop_seats(&mut found);
    let stated: BTreeSet<(DocumentId, usize, usize)> = found
        .iter()
        .flat_map(|(key, evidence)| {
            let pair = (key.0.min(key.1), key.0.max(key.1));
            let documents = evidence.iter().filter_map(|(_, e)| e.document);
            documents.map(move |document| (document, pair.0, pair.1))
        })
        .collect();
    for document in 0..items.len() {
        lifter.mentioned_together(document, &stated, &mut found);
    }
    found
        .into_iter()
        .enumerate()
        .map(|(id, (key, evidence))| relation(id, key, evidence))
        .collect()
}

/// "Russia's Ministry of Defense" is part of Russia; that it lies there adds nothing where the same
/// document says both. What another document says is left to the project, which may lose that one.
fn drop_seats(found: &mut BTreeMap<Key, Vec<(String, Evidence)>>) {
    let parts: BTreeSet<(Option<DocumentId>, usize, usize)> = found
        .iter()
        .filter(|(key, _)| key.2 == RelationKind::PartOf)
        .flat_map(|(key, all)| all.iter().map(|(_, e)| (e.document, key.0, key.1)))
        .collect();
    found.retain(|key, all| {
        if key.2 == RelationKind::LocatedIn {
            all.retain(|(_, e)| !parts.contains(&(e.document, key.0, key.1)));
        }
        !all.is_empty()
    });
}

fn relation(id: usize, key: Key, labelled: Vec<(String, Evidence)>) -> Relation {
    let label = labelled
        .iter()
        .rev()
        .max_by(|a, b| {
            (a.1.status, a.1.score)
                .partial_cmp(&(b.1.status, b.1.score))
                .unwrap_or(std::cmp::Ordering::Equal)
        })
        .map_or_else(|| key.2.phrase().to_owned(), |(label, _)| label.clone());
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let mut relation = Relation {
        id: RelationId(number(id)),
        source: EntityId(number(key.0)),
        target: EntityId(number(key.1)),
        kind: key.2,
        label,
        status: Status::default(),
        disputed: false,
        date: key.3,
        score: 0.0,
        evidence: one_each(labelled.into_iter().map(|(_, evidence)| evidence)),
    };
    relation.refresh();
    relation
}

/// One piece of evidence for each sentence and status: the surest.
fn one_each(all: impl Iterator<Item = Evidence>) -> Vec<Evidence> {
    let mut kept: BTreeMap<_, Evidence> = BTreeMap::new();
    for evidence in all {
        let place = (evidence.document, evidence.start, evidence.status);
        match kept.get_mut(&place) {
            Some(known) if known.score >= evidence.score => {}
            Some(known) => *known = evidence,
            None => {
                kept.insert(place, evidence);
            }
        }
    }
    kept.into_values().collect()
}

struct Lifter<'a> {
    items: &'a [(&'a Document, &'a Recognition)],
    entities: &'a [Entity],
    of_mention: &'a [Vec<usize>],
    /// The place entity of each normalized country name.
    places: HashMap<String, usize>,
    countries: &'a Countries,
}

impl<'a> Lifter<'a> {
    fn new(
        items: &'a [(&'a Document, &'a Recognition)],
        countries: &'a Countries,
        entities: &'a [Entity],
        of_mention: &'a [Vec<usize>],
    ) -> Self {
        let mut places = HashMap::new();
        for (document, of_mention) in items.iter().zip(of_mention) {
            for (raw, &entity) in document.1.mentions.iter().zip(of_mention) {
                if entities[entity].kind == EntityKind::Place {
                    let text = &document.0.text[raw.start..raw.end];
                    let name = raw.canonical.as_deref().unwrap_or(text);
                    places.entry(names::words(name).join(" ")).or_insert(entity);
                }
            }
        }
        Self {
            items,
            entities,
            of_mention,
            places,
            countries,
        }
    }

    /// The entity of a mention; of a nationality its country, or itself where no text names the country.
    fn end(&self, document: usize, mention: usize) -> Option<usize> {
        let raw = self.items[document].1.mentions.get(mention)?;
        if raw.kind != EntityKind::Group {
            return self.of_mention[document].get(mention).copied();
        }
        let text = &self.items[document].0.text[raw.start..raw.end];
        let name = match &raw.canonical {
            Some(canonical) => names::words(canonical).join(" "),
            None => self.countries.canonical(&names::words(text))?,
        };
        let country = self.places.get(&name).copied();
        country.or_else(|| self.of_mention[document].get(mention).copied())
    }

    fn lift(&self, document: usize, link: &RawLink) -> Option<(Key, Evidence)> {
        let (mut source, mut target) = (
            self.end(document, link.source)?,
            self.end(document, link.target)?,
        );
        let mut spans = (link.source_span, link.target_span);
        if source == target {
            return None;
        }
        if link.kind.is_mutual() && target < source {
            (source, target) = (target, source);
            spans = (spans.1, spans.0);
        }
        let mut evidence = self.evidence(document, link.sentence, spans)?;
        evidence.trigger.clone_from(&link.trigger);
        evidence.status = link.status;
        evidence.attributed_to.clone_from(&link.attributed_to);
        evidence.date = link.date;
        evidence.score = link.score;
        // A model names itself; a rule is named after its wording.
        evidence.method = match link.method.contains(':') {
            true => link.method.to_owned(),
            false => format!("rule:{}", link.method),
        };
        Some(((source, target, link.kind, link.period), evidence))
    }

    fn evidence(
        &self,
        document: usize,
        sentence: usize,
        spans: ([usize; 2], [usize; 2]),
    ) -> Option<Evidence> {
        let (text, recognition) = self.items[document];
        let &[start, end] = recognition.sentences.get(sentence)?;
        Some(Evidence {
            origin: Origin::Text,
            document: Some(text.id),
            start: Some(start),
            end: Some(end),
            text: Some(text.text.get(start..end)?.to_owned()),
            source_span: Some(spans.0),
            target_span: Some(spans.1),
            trigger: Vec::new(),
            status: Status::Asserted,
            attributed_to: None,
            date: None,
            score: 0.3,
            method: "rule:same-sentence".to_owned(),
        })
    }

    /// Pairs of entities that share a sentence, and of which the document states nothing stronger:
    /// what another document states is the project's to weigh, for that one may be removed. In a
    /// sentence of very many names only near ones are paired, so that the pairs stay linear in the names.
    fn mentioned_together(
        &self,
        document: usize,
        stated: &BTreeSet<(DocumentId, usize, usize)>,
        found: &mut BTreeMap<Key, Vec<(String, Evidence)>>,
    ) {
        let (text, recognition) = self.items[document];
        let mut left = (text.text.len() * PAIRS_PER_TEXT).max(PAIRS_AT_LEAST);
        let mut next = 0;
        for (sentence, &[start, end]) in recognition.sentences.iter().enumerate() {
            let first = next;
            while recognition
                .mentions
                .get(next)
                .is_some_and(|m| m.start < end)
            {
                next += 1;
            }
            let mut seen = BTreeSet::new();
            let here: Vec<(usize, usize)> = (first..next)
                .map(|mention| (mention, self.of_mention[document][mention]))
                .filter(|&(_, entity)| {
                    EntityKind::SHOWN_AT_FIRST.contains(&self.entities[entity].kind)
                })
                .filter(|&(_, entity)| seen.insert(entity))
                .collect();
            for (i, &(mention, entity)) in here.iter().enumerate() {
                for &(other_mention, other) in here[i + 1..].iter().take(ALL_PAIRS_UP_TO) {
                    let pair = (entity.min(other), entity.max(other));
                    if stated.contains(&(text.id, pair.0, pair.1)) {
                        continue;
                    }
                    let Some(rest) = left.checked_sub(end - start) else {
                        return;
                    };
                    left = rest;
                    let span =
                        |m: usize| [recognition.mentions[m].start, recognition.mentions[m].end];
                    let spans = if entity < other {
                        (span(mention), span(other_mention))
                    } else {
                        (span(other_mention), span(mention))
                    };
                    if let Some(evidence) = self.evidence(document, sentence, spans) {
                        found
                            .entry((pair.0, pair.1, RelationKind::MentionedWith, None))
                            .or_default()
                            .push((RelationKind::MentionedWith.phrase().to_owned(), evidence));
                    }
                }
            }
        }
    }
}
