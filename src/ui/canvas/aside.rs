//! Work that no frame waits for, done on the threads that layouts have.

use rayon::ThreadPool;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

type Slot<T> = Arc<Mutex<Option<Option<Box<T>>>>>;

/// One piece of work at a time; what it gives comes back through a slot and wakes the window.
pub(super) struct Aside<T> {
    slot: Option<(Slot<T>, Instant)>,
    /// It could not be done aside: a defect, but frames can do it themselves.
    has_failed: bool,
}

impl<T> Default for Aside<T> {
    fn default() -> Self {
        Self {
            slot: None,
            has_failed: false,
        }
    }
}

impl<T: Send + 'static> Aside<T> {
    /// So long a frame waits for threads that are busy with something else.
    pub(super) const PATIENCE: Duration = Duration::from_millis(400);

    /// Work can be given.
    pub(super) const fn is_free(&self) -> bool {
        self.slot.is_none() && !self.has_failed
    }

    /// Frames have to do all themselves.
    pub(super) const fn has_failed(&self) -> bool {
        self.has_failed
    }

    /// What was begun is not done, although there was time for it.
    pub(super) fn is_late(&self) -> bool {
        let slot = self.slot.as_ref();
        slot.is_some_and(|(_, since)| since.elapsed() > Self::PATIENCE)
    }

    /// What is being done is no longer wanted.
    pub(super) fn forget(&mut self) {
        self.slot = None;
    }

    /// Begins.
    pub(super) fn start(
        &mut self,
        pool: &ThreadPool,
        ctx: &egui::Context,
        work: impl FnOnce() -> T + Send + 'static,
    ) {
        let slot = Slot::default();
        self.slot = Some((slot.clone(), Instant::now()));
        let ctx = ctx.clone();
        pool.spawn(move || {
            let done = catch_unwind(AssertUnwindSafe(|| Box::new(work())));
            *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(done.ok());
            ctx.request_repaint();
        });
    }

    /// What was begun, once it is done.
    pub(super) fn take(&mut self) -> Option<Box<T>> {
        let (slot, _) = self.slot.as_ref()?;
        let done = slot.lock().unwrap_or_else(PoisonError::into_inner).take()?;
        self.slot = None;
        self.has_failed |= done.is_none();
        done
    }
}

/// Lets go of something large where no frame waits for it.
pub(super) fn discard(pool: &ThreadPool, large: impl Send + 'static) {
    pool.spawn(move || drop(large));
}
