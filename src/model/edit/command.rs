//! The list of edits, and the way from each to its patch.

use super::documents::DocumentBatch;
use super::draft::Draft;
use super::lists::ListBatch;
use crate::error::Result;
use crate::geometry::Point;
use crate::model::{
    CorrectionId, DocumentId, EntityId, EntityKind, LayoutChoice, Location, MapFrame, Patch,
    Project, Rearranging, RelationId, RelationKind, UnitDetails,
};
use serde::{Deserialize, Serialize};

/// One change that a user makes, or that ends a job.
///
/// ```
/// use redstring::model::{Edit, EntityKind, History, Project};
/// let mut project = Project::default();
/// let mut history = History::default();
/// let edit = Edit::AddEntity { kind: EntityKind::Person, name: " Ada ".into(), position: None };
/// let (title, patch) = edit.plan(&project, "2025-01-01T00:00:00Z").unwrap();
/// assert_eq!(title, "Added Ada");
/// history.perform(&mut project, title, "2025-01-01T00:00:00Z".into(), patch);
/// assert_eq!(project.entities().next().unwrap().name, "Ada");
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Edit {
    /// Give an entity another name.
    Rename {
        /// Which.
        entity: EntityId,
        /// The new name; blanks around it are dropped.
        name: String,
    },
    /// Say what sort of thing the entities are.
    Retype {
        /// Which.
        entities: Vec<EntityId>,
        /// The kind.
        kind: EntityKind,
    },
    /// Say which place of the gazetteer a place is; `None` for none of them.
    Locate {
        /// Which.
        entity: EntityId,
        /// Where it lies; coordinates finite.
        location: Option<Box<Location>>,
    },
    /// Say what a unit's fields are; an empty one is known to be open.
    SetUnit {
        /// Which; an entity of the kind unit.
        entity: EntityId,
        /// All of its fields.
        unit: Box<UnitDetails>,
    },
    /// Remove entities with their relations.
    Delete {
        /// Which.
        entities: Vec<EntityId>,
    },
    /// Remove entities whose names are none, and remember that.
    NotAnEntity {
        /// Which.
        entities: Vec<EntityId>,
    },
    /// The others are the same thing as `into`.
    Merge {
        /// The one that stays.
        into: EntityId,
        /// Those that become part of it.
        others: Vec<EntityId>,
    },
    /// Some mentions of an entity are of another one.
    Split {
        /// The entity that has them.
        entity: EntityId,
        /// Document and first byte of each of them.
        mentions: Vec<(DocumentId, usize)>,
        /// The name of the other; `None` takes the fullest of the mentions.
        name: Option<String>,
    },
    /// Two entities are not the same: they are no longer offered as duplicates, and stay apart when
    /// documents are read again.
    Different {
        /// One.
        entity: EntityId,
        /// The other.
        other: EntityId,
    },
    /// Whether two entities are one is decided later: the pair is offered after all others.
    Later {
        /// One.
        entity: EntityId,
        /// The other.
        other: EntityId,
    },
    /// Corrections no longer hold; those made after them do.
    TakeBack {
        /// Which.
        corrections: Vec<CorrectionId>,
    },
    /// Whether a correction holds for the mentions that it was made on alone.
    SetOnlyHere {
        /// Which.
        correction: CorrectionId,
        /// For those alone.
        only_here: bool,
    },
    /// Put nodes somewhere and pin them there.
    Move {
        /// Which, and where in the world; finite.
        positions: Vec<(EntityId, Point)>,
    },
    /// Pin nodes; those without a place get the given one.
    Pin {
        /// Which, and where they are now.
        entities: Vec<(EntityId, Option<Point>)>,
    },
    /// Let layouts move nodes again.
    Unpin {
        /// Which.
        entities: Vec<EntityId>,
    },
    /// Hide nodes.
    Hide {
        /// Which.
        entities: Vec<EntityId>,
    },
    /// Hide all nodes but these.
    HideOthers {
        /// Which stay.
        entities: Vec<EntityId>,
    },
    /// Show hidden nodes.
    Show {
        /// Which.
        entities: Vec<EntityId>,
    },
    /// Show all hidden nodes.
    ShowAll,
    /// Draw nodes as one.
    Group {
        /// The one that is drawn.
        into: EntityId,
        /// Those that lie inside it.
        entities: Vec<EntityId>,
    },
    /// Draw what lies inside these nodes by itself again.
    Ungroup {
        /// The nodes that are drawn.
        entities: Vec<EntityId>,
    },
    /// Add an entity by hand.
    AddEntity {
        /// Its kind.
        kind: EntityKind,
        /// Its name.
        name: String,
        /// Where it is put, and pinned; `None` leaves it to the layout.
        position: Option<Point>,
    },
    /// Bytes of a document name an entity of that kind: the one of that name, or a new one.
    MarkEntity {
        /// Which document.
        document: DocumentId,
        /// First byte.
        start: usize,
        /// Byte after the last.
        end: usize,
        /// The kind.
        kind: EntityKind,
    },
    /// Bytes of a document name that entity.
    MarkMention {
        /// Which document.
        document: DocumentId,
        /// First byte.
        start: usize,
        /// Byte after the last.
        end: usize,
        /// The entity named.
        entity: EntityId,
    },
    /// Add a relation that the user knows of.
    AddRelation {
        /// From.
        source: EntityId,
        /// To.
        target: EntityId,
        /// How they are related.
        kind: RelationKind,
        /// Why the user says so.
        note: String,
    },
    /// The relation is wrong.
    RemoveRelation {
        /// Which.
        relation: RelationId,
    },
    /// Documents were read.
    AddDocuments(Box<DocumentBatch>),
    /// Documents leave the project, with all that came only from them.
    RemoveDocuments {
        /// Which.
        documents: Vec<DocumentId>,
    },
    /// All documents were read again: these, and what was found in them, stand for all before.
    ReadAgain(Box<DocumentBatch>),
    /// The user's own lists changed, and were looked for in the documents.
    ApplyLists(Box<ListBatch>),
    /// A layout ended here.
    SettleLayout {
        /// Which layout.
        layout: LayoutChoice,
        /// Where it put the nodes; pinned ones stay where they are.
        positions: Vec<(EntityId, Point)>,
    },
    /// The geographic layout ended here.
    SettleMap {
        /// The map on which places lie.
        map: MapFrame,
        /// Where it put the nodes; pinned ones stay where they are.
        positions: Vec<(EntityId, Point)>,
    },
    /// Nodes were given other places, and the project's layout stays.
    Rearrange {
        /// Why.
        how: Rearranging,
        /// Where they are now; pinned ones stay where they are.
        positions: Vec<(EntityId, Point)>,
    },
    /// Name the project.
    SetTitle {
        /// The name.
        title: String,
    },
}

impl Edit {
    /// What the undo menu calls this edit, and the patch that carries it out on `project`.
    /// `when` is the instant in ISO 8601 that corrections and notes are dated with.
    ///
    /// The patch is empty when everything is already so.
    ///
    /// # Errors
    /// When the edit names something that is not there, or would break the project.
    pub fn plan(&self, project: &Project, when: &str) -> Result<(String, Patch)> {
        let mut draft = Draft::new(project, when);
        let title = self.carry_out(&mut draft)?;
        draft.name_corrections(&title);
        Ok((title, draft.into_patch()))
    }

    fn carry_out(&self, draft: &mut Draft<'_>) -> Result<String> {
        match self {
            Self::Rename { entity, name } => draft.rename(*entity, name),
            Self::Retype { entities, kind } => draft.retype(entities, *kind),
            Self::Locate { entity, location } => draft.locate(*entity, location.as_deref()),
            Self::SetUnit { entity, unit } => draft.set_unit(*entity, unit),
            Self::Delete { entities } => draft.delete(entities, false),
            Self::NotAnEntity { entities } => draft.delete(entities, true),
            Self::Merge { into, others } => draft.merge(*into, others),
            Self::Split {
                entity,
                mentions,
                name,
            } => draft.split(*entity, mentions, name.as_deref()),
            Self::Different { entity, other } => draft.keep_apart(*entity, *other),
            Self::Later { entity, other } => draft.leave_for_later(*entity, *other),
            Self::TakeBack { corrections } => draft.take_back(corrections),
            Self::SetOnlyHere {
                correction,
                only_here,
            } => draft.set_only_here(*correction, *only_here),
            Self::Move { positions } => draft.move_to(positions),
            Self::Pin { entities } => draft.pin(entities),
            Self::Unpin { entities } => draft.unpin(entities),
            Self::Hide { entities } => draft.hide(entities),
            Self::HideOthers { entities } => draft.hide_others(entities),
            Self::Show { entities } => draft.show(entities),
            Self::ShowAll => draft.show_all(),
            Self::Group { into, entities } => draft.group(*into, entities),
            Self::Ungroup { entities } => draft.ungroup(entities),
            Self::AddEntity {
                kind,
                name,
                position,
            } => draft.add_entity(*kind, name, *position),
            Self::MarkEntity {
                document,
                start,
                end,
                kind,
            } => draft.mark_entity(*document, *start, *end, *kind),
            Self::MarkMention {
                document,
                start,
                end,
                entity,
            } => draft.mark_mention(*document, *start, *end, *entity),
            Self::AddRelation {
                source,
                target,
                kind,
                note,
            } => draft.add_relation(*source, *target, *kind, note),
            Self::RemoveRelation { relation } => draft.reject_relation(*relation),
            Self::AddDocuments(batch) => draft.add_documents(batch),
            Self::RemoveDocuments { documents } => draft.remove_documents(documents),
            Self::ReadAgain(batch) => draft.read_again(batch),
            Self::ApplyLists(batch) => draft.apply_lists(batch),
            Self::SettleLayout { layout, positions } => draft.settle_layout(*layout, positions),
            Self::SettleMap { map, positions } => draft.settle_map(*map, positions),
            Self::Rearrange { how, positions } => Ok(draft.rearrange(*how, positions)),
            Self::SetTitle { title } => draft.set_title(title),
        }
    }
}
