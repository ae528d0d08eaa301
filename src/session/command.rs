//! Everything that a user can have done, as data: the words that menus, keys, palette, scripts and
//! tests share.

use super::align::Alignment;
use super::settings::ThemeChoice;
use crate::geometry::{Camera, Point};
use crate::model::{
    CorrectionId, DocumentId, EntityId, EntityKind, Filters, LayoutChoice, Location, RelationId,
    RelationKind, UnitDetails,
};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// How a click or a rectangle changes the selection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SelectMode {
    /// It becomes the selection.
    Replace,
    /// It joins the selection.
    Add,
    /// What is selected is left out, what is not is added.
    Toggle,
}

/// What a picture or data file is made of. `None` fields take the defaults of the command line.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ExportOptions {
    /// Pixels across, for PNG; points for SVG and PDF.
    pub width: Option<u32>,
    /// Pixels down.
    pub height: Option<u32>,
    /// Light, dark or print; `None` is print for files made without a window, the window's otherwise.
    pub theme: Option<ThemeChoice>,
    /// The camera of the window, so that the picture shows what the screen shows; `None` fits all.
    pub camera: Option<Camera>,
    /// Pictures carry numbers on their lines, and at the foot the sources that they stand for.
    #[serde(default)]
    pub sources: bool,
}

/// One thing to do. Carried out by [`super::Session::run`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Command {
    /// Start an empty project.
    NewProject,
    /// Read the embedded sample reports into a new project.
    OpenSample,
    /// Read documents and folders into the project, or open a project file (known by content).
    OpenPaths(Vec<PathBuf>),
    /// Read pasted text as a document.
    PasteText(String),
    /// Read the bytes of a dropped file that has no path.
    ReadBytes(String, Vec<u8>),
    /// Write the project to its file (asks for one by a notice if it has none).
    Save,
    /// Write the project to this file and keep it as the project's file.
    SaveAs(PathBuf),
    /// Take the work that a crash left behind.
    Recover,
    /// Leave the work that a crash left behind (it is moved aside, not deleted).
    DeclineRecovery,
    /// Write a picture or data file; the extension names the format.
    Export(PathBuf, ExportOptions),
    /// Put a picture of what is on screen on the clipboard.
    CopyPicture,
    /// Open a folder in the system's file manager.
    ShowFolder(PathBuf),
    /// Stop a running job; what it did so far is kept where that makes sense.
    CancelJob(u64),
    /// Close a notice.
    DismissNotice(u64),
    /// Bring up the files that could not be read; the window does it.
    ShowFailedFiles,

    /// Give an entity another name.
    Rename(EntityId, String),
    /// Say what sort of thing the entities are.
    Retype(Vec<EntityId>, EntityKind),
    /// Say which place of the gazetteer a place is; `None` for none of them.
    Locate(EntityId, Option<Box<Location>>),
    /// Say what a unit's fields are.
    SetUnit(EntityId, Box<UnitDetails>),
    /// Remove entities with their relations.
    Delete(Vec<EntityId>),
    /// The entities are no entities at all: remove them and do not find these names again.
    NotAnEntity(Vec<EntityId>),
    /// The names of the entities join the list of names that are never an entity.
    NeverAnEntity(Vec<EntityId>),
    /// Add a list of names from a CSV file; its names take precedence over everything recognized.
    AddListFile(PathBuf),
    /// Add a pasted list of names, in the form of a CSV file.
    AddPastedList(String),
    /// Take out the list at that place; what it named stays.
    RemoveList(usize),
    /// Mentions of an entity (document and first byte) are of another one; its name, or the fullest of
    /// them.
    Split(EntityId, Vec<(DocumentId, usize)>, Option<String>),
    /// These two are not the same.
    Different(EntityId, EntityId),
    /// Whether the two are one is decided later.
    Later(EntityId, EntityId),
    /// Corrections no longer hold; later ones do.
    TakeBack(Vec<CorrectionId>),
    /// Whether a correction holds for the mentions that it was made on alone.
    SetOnlyHere(CorrectionId, bool),
    /// Documents leave the project, with all that came only from them.
    RemoveDocuments(Vec<DocumentId>),
    /// All documents are read again, and what is found in them takes the place of what was found;
    /// corrections stay.
    ReadAgain,
    /// The others are the same thing as the first.
    Merge(EntityId, Vec<EntityId>),
    /// Put nodes somewhere and pin them there.
    Move(Vec<(EntityId, Point)>),
    /// Pin nodes where they are.
    Pin(Vec<EntityId>),
    /// Let layouts move nodes again.
    Unpin(Vec<EntityId>),
    /// Hide nodes.
    Hide(Vec<EntityId>),
    /// Hide all nodes but these.
    HideOthers(Vec<EntityId>),
    /// Show hidden nodes.
    Show(Vec<EntityId>),
    /// Show all hidden nodes.
    ShowAll,
    /// Show the hidden neighbors of these nodes, and what a focus leaves out around them.
    Expand(Vec<EntityId>),
    /// Hide the neighbors of these nodes that hang on nothing else.
    Collapse(Vec<EntityId>),
    /// Bring nodes into line; they stay there.
    Align(Vec<EntityId>, Alignment),
    /// Add an entity by hand, at a place if one is given.
    AddEntity(EntityKind, String, Option<Point>),
    /// The bytes of a document name a new entity of that kind (or an existing one of that name).
    MarkEntity(DocumentId, usize, usize, EntityKind),
    /// The bytes of a document name that entity.
    MarkMention(DocumentId, usize, usize, EntityId),
    /// Add a relation: source, target, kind, note.
    AddRelation(EntityId, EntityId, RelationKind, String),
    /// The relation is wrong: remove it.
    RemoveRelation(RelationId),
    /// Name the project.
    SetTitle(String),
    /// Take back the last step.
    Undo,
    /// Do the last undone step again.
    Redo,

    /// Select entities.
    Select(Vec<EntityId>, SelectMode),
    /// Select a line.
    SelectRelation(Option<RelationId>),
    /// Select everything shown.
    SelectAll,
    /// Select nothing.
    SelectNone,
    /// Select what is shown and not selected.
    InvertSelection,
    /// Add the neighbours of the selection to it.
    GrowSelection,
    /// Move the camera.
    SetCamera(Camera),
    /// Show everything.
    FitAll,
    /// Show the selection.
    FitSelection,
    /// Fly to an entity and select it.
    FlyTo(EntityId),
    /// Zoom at the middle of the view by a factor.
    ZoomBy(f32),
    /// Change what is shown.
    SetFilters(Filters),
    /// Show only these nodes and what lies within so many steps of them.
    FocusOn(Vec<EntityId>, u8),
    /// Show again what a focus left out.
    LeaveFocus,
    /// Draw nodes as one: the first, in which the others lie.
    Group(Vec<EntityId>),
    /// Draw what lies inside these nodes by itself again.
    Ungroup(Vec<EntityId>),
    /// Show or hide a kind of entity.
    ToggleKind(EntityKind),
    /// Show the document in the reader, at a byte of its text.
    OpenDocument(DocumentId, Option<[usize; 2]>),
    /// Close the reader.
    CloseReader,
    /// Light, dark, or as the system.
    SetTheme(ThemeChoice),
    /// Nothing glides or flies; `None` is as the system says.
    ReduceMotion(Option<bool>),
    /// The system wants nothing to move, or does not mind.
    SystemReducesMotion(bool),

    /// Run a layout; one step of undo when it ends.
    StartLayout(LayoutChoice),
    /// Run a layout of these nodes only; no other node moves.
    StartLayoutOf(Vec<EntityId>, LayoutChoice),
    /// Move nodes apart that lie on each other, with their labels, as little as can be.
    RemoveOverlaps,
    /// Stop the running layout and keep where it is.
    StopLayout,
}
