//! Work in progress, put aside every few seconds, so that a crash loses next to nothing.
//!
//! Each running window has a slot in the autosave folder: a project file, and beside it a lock file
//! on which the window holds the system's lock for as long as it lives. The system drops the lock
//! when the process ends, however it ends: a slot that can be locked was left behind.

use crate::error::{Error, Result};
use crate::model::{History, Project};
use crate::store;
use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// So many declined recoveries are kept; the oldest go.
const MOST_DECLINED: usize = 10;

/// What stands in the lock file of a slot whose window was closed by the user.
const CLOSED: &[u8] = b"closed";

/// A place for one window's work in progress, held against other windows.
#[derive(Debug)]
pub(super) struct Slot {
    /// Writes the slot's project file.
    pub(super) writer: SlotWriter,
    lock_file: PathBuf,
    /// Locked as long as it is open; holds a note if the window was closed by the user.
    lock: File,
    /// The window that had it before was closed by the user.
    was_closed: bool,
}

/// Writes a slot's file from any thread: never an older state over a newer one, and nothing once the
/// slot was given up.
#[derive(Clone, Debug)]
pub(super) struct SlotWriter {
    /// The project file.
    pub(super) file: PathBuf,
    /// The count of changes that the file holds.
    newest: Arc<Mutex<u64>>,
}

impl SlotWriter {
    /// Writes the state after so many `changes`.
    pub(super) fn write(
        &self,
        changes: u64,
        project: &Project,
        history: &History,
        origin: Option<&Path>,
    ) -> Result<()> {
        let mut newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        if *newest < changes {
            store::save(&self.file, project, history, origin)?;
            *newest = changes;
        }
        Ok(())
    }

    /// Nothing is written any more, and nothing is being written.
    fn give_up(&self) {
        *self.newest.lock().unwrap_or_else(PoisonError::into_inner) = u64::MAX;
    }
}

/// Work that nobody is at any more, and a sentence that tells what it is.
#[derive(Debug)]
pub(super) struct Leftover {
    pub(super) slot: Slot,
    pub(super) sentence: String,
}

/// The autosave of one session.
#[derive(Debug, Default)]
pub(super) struct Autosave {
    pub(super) folder: Option<PathBuf>,
    pub(super) slot: Option<Slot>,
    /// What the slot's file holds, as a count of changes.
    pub(super) saved_changes: Option<u64>,
    /// The timer or the writing that runs.
    pub(super) job: Option<u64>,
    /// How long the last writing took.
    pub(super) last_ms: u64,
    /// A failure was told once.
    pub(super) failed: bool,
    /// What was left behind, the newest last.
    pub(super) leftovers: Vec<Leftover>,
}

impl Autosave {
    /// How long to wait after a change: a few seconds, more if writing takes long.
    pub(super) fn pause(&self) -> Duration {
        Duration::from_millis((self.last_ms * 10).clamp(2_000, 60_000))
    }

    /// Finds what was left behind in the folder.
    pub(super) fn find_leftovers(&mut self) {
        let Some(entries) = self.folder.as_ref().and_then(|f| std::fs::read_dir(f).ok()) else {
            return;
        };
        let mut found: Vec<(Option<std::time::SystemTime>, PathBuf)> = entries
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|e| e == "redstring"))
            .map(|path| {
                let modified = path.metadata().and_then(|about| about.modified()).ok();
                (modified, path)
            })
            .collect();
        found.sort();
        for (_, file) in found {
            if let Some(slot) = Slot::hold(&file)
                && let Ok(sentence) = describe(&file)
            {
                self.leftovers.push(Leftover { slot, sentence });
            }
        }
    }

    /// The slot of this session, made when it is first needed.
    pub(super) fn slot(&mut self) -> Result<&Slot> {
        if self.slot.is_none() {
            self.slot = Some(self.new_slot()?);
        }
        self.slot
            .as_ref()
            .ok_or_else(|| no_place(std::io::ErrorKind::NotFound.into()))
    }

    fn new_slot(&self) -> Result<Slot> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let folder = self
            .folder
            .as_ref()
            .ok_or_else(|| no_place(std::io::ErrorKind::NotFound.into()))?;
        std::fs::create_dir_all(folder).map_err(|error| no_place(error).at(folder))?;
        let name = format!(
            "{}-{}-{}.redstring",
            jiff::Timestamp::now().as_millisecond(),
            std::process::id(),
            COUNT.fetch_add(1, Ordering::Relaxed)
        );
        Slot::hold(&folder.join(name))
            .ok_or_else(|| no_place(std::io::ErrorKind::PermissionDenied.into()).at(folder))
    }

    /// The work in the slot is kept elsewhere by now, or not wanted.
    pub(super) fn clear(&mut self) {
        self.saved_changes = None;
        if let Some(slot) = self.slot.take() {
            slot.remove();
        }
    }

    /// Leaves the work to the next window, which shall know that this one was closed by the user.
    pub(super) fn let_go(&mut self) {
        if let Some(slot) = self.slot.take() {
            // Without the note the next window speaks of a crash: no loss.
            let _ = (&slot.lock).write_all(CLOSED);
        }
    }

    /// Turns the slot into a leftover, to be offered again.
    pub(super) fn set_aside(&mut self) -> Option<&str> {
        self.saved_changes = None;
        let mut slot = self.slot.take()?;
        slot.was_closed = true;
        slot.writer.give_up();
        let sentence = describe(&slot.writer.file).ok()?;
        self.leftovers.push(Leftover { slot, sentence });
        self.leftovers.last().map(|left| left.sentence.as_str())
    }
}

impl Slot {
    /// Takes hold of the slot of `file`, if no running window has it.
    fn hold(file: &Path) -> Option<Self> {
        let lock_file = file.with_extension("lock");
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&lock_file)
            .ok()?;
        lock.try_lock().ok()?;
        let mut note = Vec::new();
        let was_closed = (&lock)
            .take(CLOSED.len() as u64)
            .read_to_end(&mut note)
            .is_ok()
            && note == CLOSED;
        Some(Self {
            writer: SlotWriter {
                file: file.to_owned(),
                newest: Arc::default(),
            },
            lock_file,
            lock,
            was_closed,
        })
    }

    /// The window that left the work here was closed by the user.
    pub(super) const fn was_closed(&self) -> bool {
        self.was_closed
    }

    /// A window works on it again: what was noted of the last one holds no more.
    pub(super) fn take_up(mut self) -> Self {
        self.was_closed = false;
        // If the note stays, the offer after a crash is merely worded otherwise.
        let _ = self.lock.set_len(0).and_then(|()| (&self.lock).rewind());
        self
    }

    fn remove(self) {
        self.writer.give_up();
        // What cannot be removed now is offered at the next start: a nuisance, no loss.
        let _ = std::fs::remove_file(&self.writer.file);
        let _ = std::fs::remove_file(&self.lock_file);
    }

    /// Moves the work to the folder of declined ones, of which the last few are kept.
    pub(super) fn decline(self) {
        let file = &self.writer.file;
        let Some((folder, name)) = file.parent().zip(file.file_name()) else {
            return;
        };
        let aside = folder.join("declined");
        let moved =
            std::fs::create_dir_all(&aside).and_then(|()| std::fs::rename(file, aside.join(name)));
        if moved.is_ok() {
            let _ = std::fs::remove_file(&self.lock_file);
            forget_oldest(&aside);
        }
    }
}

fn forget_oldest(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    // Their names begin with the time they were made.
    files.sort();
    let surplus = files.len().saturating_sub(MOST_DECLINED);
    for file in files.into_iter().take(surplus) {
        let _ = std::fs::remove_file(file);
    }
}

fn no_place(error: std::io::Error) -> Error {
    Error::io("putting unsaved work aside", error)
}

/// "Untitled, 48 entities, 12:03".
fn describe(file: &Path) -> Result<String> {
    let summary = store::summary(file)?;
    let origin = summary.origin.as_deref().and_then(Path::file_stem);
    let name = if summary.title.is_empty() {
        origin.map_or("Untitled".to_owned(), |stem| {
            stem.to_string_lossy().into_owned()
        })
    } else {
        summary.title
    };
    let entities = match summary.entities {
        1 => "1 entity".to_owned(),
        several => format!("{several} entities"),
    };
    let when = summary
        .saved_at
        .parse::<jiff::Timestamp>()
        .map(|instant| {
            let zone = jiff::tz::TimeZone::system();
            let then = instant.to_zoned(zone.clone());
            let today = jiff::Timestamp::now().to_zoned(zone).date();
            let pattern = if then.date() == today {
                "%H:%M"
            } else {
                "%b %-d, %H:%M"
            };
            then.strftime(pattern).to_string()
        })
        .unwrap_or_default();
    Ok(format!("{name}, {entities}, {when}"))
}
