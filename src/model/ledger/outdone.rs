//! Lines that say less than another one of the same two entities.

use crate::model::{EntityId, Relation, RelationId, RelationKind};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

type Pair = (EntityId, EntityId);

fn unordered(relation: &Relation) -> Pair {
    (
        relation.source.min(relation.target),
        relation.source.max(relation.target),
    )
}

/// The relations found without those that another one of the same two makes idle: names that share a
/// sentence where a text states more of them, and that a body lies in what it is part of. The findings
/// keep them, since the document that states more may be removed.
/// Takes time linear in the relations, but for sorting the stated pairs; relations are shared.
pub(super) fn without_outdone(
    found: &BTreeMap<RelationId, Arc<Relation>>,
) -> BTreeMap<RelationId, Arc<Relation>> {
    let pairs = |is_one: fn(&Relation) -> bool, pair: fn(&Relation) -> Pair| {
        let ones = found.values().filter(|relation| is_one(relation));
        let mut pairs: Vec<Pair> = ones.map(|relation| pair(relation)).collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    };
    let stated = pairs(Relation::is_stated, unordered);
    let parts = pairs(
        |relation| relation.kind == RelationKind::PartOf,
        |relation| (relation.source, relation.target),
    );
    let is_outdone = |relation: &Relation| match relation.kind {
        RelationKind::MentionedWith => stated.binary_search(&unordered(relation)).is_ok(),
        RelationKind::LocatedIn => parts
            .binary_search(&(relation.source, relation.target))
            .is_ok(),
        _ => false,
    };
    // What a graph file or the user says is told whatever else is.
    let is_of_texts = |relation: &Relation| relation.evidence.iter().all(|e| e.document.is_some());
    let kept = found.iter();
    kept.filter(|(_, relation)| !(is_outdone(relation) && is_of_texts(relation)))
        .map(|(&id, relation)| (id, relation.clone()))
        .collect()
}

/// "Mentioned with" says that nothing stronger is said: evidence of it goes where a stated
/// relation of the same two rests on the same sentence, as may happen after a merge. Looks at the
/// relations of `touched` entities.
pub(super) fn drop_outdone_sentences(
    all: &mut BTreeMap<RelationId, Arc<Relation>>,
    touched: &BTreeSet<EntityId>,
) {
    let near = |r: &Relation| touched.contains(&r.source) || touched.contains(&r.target);
    let mut stated = BTreeSet::new();
    for relation in all.values().filter(|r| r.is_stated() && near(r)) {
        for evidence in &relation.evidence {
            if let (Some(document), Some(start)) = (evidence.document, evidence.start) {
                stated.insert((unordered(relation), document, start));
            }
        }
    }
    let weak = all.values().filter(|r| !r.is_stated() && near(r));
    let weak: Vec<Arc<Relation>> = weak.cloned().collect();
    for relation in weak {
        let mut weaker = (*relation).clone();
        weaker.evidence.retain(|e| match (e.document, e.start) {
            (Some(document), Some(start)) => {
                !stated.contains(&(unordered(&relation), document, start))
            }
            _ => true,
        });
        if weaker.evidence.is_empty() {
            all.remove(&relation.id);
        } else if weaker.evidence.len() < relation.evidence.len() {
            weaker.refresh();
            all.insert(relation.id, Arc::new(weaker));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::containment::gazetteer_evidence;
    use crate::model::{DocumentId, Evidence, Origin, Status};

    fn relation(id: u32, ends: (u32, u32), kind: RelationKind, document: Option<u32>) -> Relation {
        let evidence = Evidence {
            origin: Origin::Text,
            document: document.map(DocumentId),
            ..gazetteer_evidence(String::new())
        };
        Relation {
            id: RelationId(id),
            source: EntityId(ends.0),
            target: EntityId(ends.1),
            kind,
            label: String::new(),
            status: Status::Asserted,
            disputed: false,
            date: None,
            score: 1.0,
            evidence: vec![evidence],
        }
    }

    fn kept(all: &[((u32, u32), RelationKind, Option<u32>)]) -> Vec<u32> {
        let all = (0..)
            .zip(all)
            .map(|(id, &(ends, kind, document))| relation(id, ends, kind, document));
        let found = all.map(|r| (r.id, Arc::new(r))).collect();
        without_outdone(&found).keys().map(|id| id.0).collect()
    }

    #[test]
    fn what_says_less_of_the_same_two_is_left_out() {
        use RelationKind::{FamilyOf, LocatedIn, MentionedWith, PartOf};
        let here = Some(0);
        assert_eq!(
            kept(&[((0, 1), MentionedWith, here), ((1, 2), FamilyOf, here)]),
            [0, 1]
        );
        assert_eq!(
            kept(&[((0, 1), MentionedWith, here), ((1, 0), FamilyOf, Some(7))]),
            [1]
        );
        assert_eq!(
            kept(&[((0, 1), MentionedWith, None), ((0, 1), FamilyOf, here)]),
            [0, 1]
        );
        assert_eq!(
            kept(&[((0, 1), LocatedIn, here), ((0, 1), PartOf, Some(1))]),
            [1]
        );
        assert_eq!(
            kept(&[((0, 1), LocatedIn, here), ((1, 0), PartOf, Some(1))]),
            [0, 1]
        );
    }
}
