//! What is common to all rules: which evidence counts, and how findings are listed.

use super::{deaths, leaders, sides};
use crate::model::{EntityId, Evidence, Origin, Project, Relation, RelationId, Status};

/// What sort of claims do not go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ContradictionKind {
    /// Two people hold one post of a unit or organization at one time.
    TwoLeaders,
    /// One person dies in two places.
    TwoPlacesOfDeath,
    /// One person dies on two dates.
    TwoDatesOfDeath,
    /// Someone acts after their death.
    AliveAfterDeath,
    /// Someone belongs to two sides that fight each other.
    BothSides,
}

impl ContradictionKind {
    /// As the window calls it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::TwoLeaders => "Two leaders at one time",
            Self::TwoPlacesOfDeath => "Two places of death",
            Self::TwoDatesOfDeath => "Two dates of death",
            Self::AliveAfterDeath => "Died, and alive later",
            Self::BothSides => "On both sides of a fight",
        }
    }
}

/// One piece of evidence of a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Claim {
    /// The relation.
    pub relation: RelationId,
    /// Which of its evidence.
    pub evidence: usize,
}

/// Two claims that cannot both be true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// What sort.
    pub kind: ContradictionKind,
    /// Whom or what they are about.
    pub subject: EntityId,
    /// The two claims.
    pub claims: [Claim; 2],
    /// Why they do not go together, in one sentence.
    pub explanation: String,
}

/// No subject fills the list by itself.
const MOST_OF_A_SUBJECT: usize = 6;

/// The contradictions of `project`, by kind and subject. Time grows with relations and their
/// evidence; of each subject only the first few are listed.
pub fn contradictions(project: &Project) -> Vec<Contradiction> {
    let mut found = leaders::find(project);
    found.extend(deaths::find(project));
    found.extend(sides::find(project));
    found.sort_by_key(|c| (c.kind, c.subject, c.claims));
    let mut run = 0;
    let mut last = None;
    found.retain(|contradiction| {
        let subject = (contradiction.kind, contradiction.subject);
        run = if last == Some(subject) { run + 1 } else { 0 };
        last = Some(subject);
        run < MOST_OF_A_SUBJECT
    });
    found
}

/// The evidence that counts: sentences that assert or report, with their place in the relation.
pub(super) fn firm(relation: &Relation) -> impl Iterator<Item = (Claim, &Evidence)> {
    let all = relation.evidence.iter().enumerate();
    let counts = |e: &Evidence| {
        e.origin == Origin::Text && matches!(e.status, Status::Asserted | Status::Reported)
    };
    all.filter(move |(_, e)| counts(e)).map(|(at, e)| {
        let claim = Claim {
            relation: relation.id,
            evidence: at,
        };
        (claim, e)
    })
}

/// The name of an entity; empty for one that is gone.
pub(super) fn name(project: &Project, id: EntityId) -> &str {
    project.entity(id).map_or("", |entity| entity.name.as_str())
}

/// The names may be one person's: one has no word that the other lacks.
pub(super) fn may_be_one(a: &str, b: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        let name = crate::model::normalized_name(name);
        name.split(' ').map(str::to_owned).collect()
    };
    let (a, b) = (words(a), words(b));
    let within = |a: &[String], b: &[String]| a.iter().all(|word| b.contains(word));
    within(&a, &b) || within(&b, &a)
}
