//! The running state without a screen: the project with its history, the view, jobs, settings.
//!
//! Panels get `&Session` and push [`Command`]s; [`Session::run`] carries them out. Long work runs on
//! job threads with snapshots and comes back as reports. Knows everything above it and no widget.

mod added;
mod align;
mod all_documents;
mod arrange;
mod autosave;
mod command;
mod command_table;
mod deliver;
mod edits;
mod export_job;
mod files;
mod gazetteer;
mod geography;
mod graph_layout;
mod headless;
mod jobs;
mod layout_job;
mod lists;
mod measures;
mod name_room;
mod notices;
mod one_by_one;
mod parts;
mod places;
mod read_again;
mod reading;
mod reading_job;
mod reports;
mod run;
mod settings;
mod state;
mod view;

// What the window shows of likely duplicates.
pub use crate::extract::duplicates::{Duplicate, DuplicateReason, Duplicates};
pub use crate::extract::resolve::{AliasRule, alias_rule};

// What the command line needs of the modules above, so that it sits on the session alone.
pub use crate::analysis::{Claim, Contradiction, ContradictionKind};
pub use crate::export::{Format, Paper, RelationChoice, json, json_line, replace_file, summary};
pub use crate::geometry::Point;
pub use crate::import::MAX_TEXT_BYTES;
pub use crate::model::{FileOutcome, FileRecord, LayoutChoice, Project};

pub use added::Added;
pub use align::Alignment;
pub use command::{Command, ExportOptions, SelectMode};
pub use command_table::{COMMANDS, CommandEntry, Needs, command_entry, shortcuts_as_markdown};
pub use deliver::{PROJECT_FORMAT, PictureRequest, PictureSize, export_file, is_arranged};
pub use export_job::save_project;
pub use graph_layout::{ArrangedGraph, GraphTask, arrange_graph_file};
pub use headless::{
    Progress, ReadOptions, arrange, arrange_for, only_project, read_all, read_streaming,
};
pub use jobs::JobView;
pub use lists::read_lists;
pub use measures::GraphMeasures;
pub use notices::{Notice, Severity};
pub use reading::{FileState, ReadSource, ReadingEvent};
pub use run::sample;
pub use settings::{Settings, ThemeChoice};
pub use state::{ReaderView, Session, SessionOptions};
