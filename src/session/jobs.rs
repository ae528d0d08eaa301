//! Long work on threads of its own. The only file that starts threads.
//!
//! A job gets a [`JobContext`]: it sends reports through one bounded channel, says how far it is and
//! looks whether it was stopped. Each report wakes the window, which takes it in with
//! [`super::Session::poll`].

use super::reports::Report;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, OnceLock};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Called from job threads when something arrived.
pub(super) type Wake = Arc<dyn Fn() + Send + Sync>;

/// What a job is doing, for the status line.
#[derive(Clone, Debug, PartialEq)]
pub struct JobView {
    /// Its number, for [`super::Command::CancelJob`].
    pub id: u64,
    /// "Reading documents", "Arranging", "Writing chart.pdf".
    pub title: String,
    /// Done and total, where they are known.
    pub progress: Option<(usize, usize)>,
    /// Seconds left, once there is a fair guess.
    pub seconds_left: Option<f32>,
    /// It can be stopped.
    pub can_cancel: bool,
}

/// What a job is like, before it starts.
pub(super) struct JobPlan {
    pub(super) title: String,
    pub(super) can_cancel: bool,
    pub(super) sort: JobSort,
}

/// Who cares for a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum JobSort {
    /// The user: it is shown in the status line.
    Shown,
    /// The session: it works unseen.
    Quiet,
    /// Nobody: it only waits, for a moment to come or for the user to answer a dialog.
    Timer,
}

/// What a job sees of the session that started it.
#[derive(Clone)]
pub(super) struct JobContext {
    id: u64,
    sender: SyncSender<(u64, Report)>,
    cancel: Arc<AtomicBool>,
    progress: Arc<Progress>,
    wake: Wake,
}

#[derive(Debug)]
struct Progress {
    done: AtomicUsize,
    total: AtomicUsize,
    started: Instant,
    last_wake_ms: AtomicU64,
}

struct Running {
    id: u64,
    plan: JobPlan,
    cancel: Arc<AtomicBool>,
    progress: Arc<Progress>,
    thread: Option<JoinHandle<()>>,
}

/// All running jobs, and the channel that they report through.
pub(super) struct Jobs {
    sender: SyncSender<(u64, Report)>,
    receiver: Receiver<(u64, Report)>,
    running: Vec<Running>,
    views: Vec<JobView>,
    next_id: u64,
    wake: Wake,
    threads: Option<usize>,
    interactive: bool,
    pool: OnceLock<Arc<ThreadPool>>,
}

impl JobContext {
    /// Somebody stopped it: it ends as soon as it can.
    pub(super) fn is_cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }

    /// The flag that stops it.
    pub(super) fn cancel_flag(&self) -> &Arc<AtomicBool> {
        &self.cancel
    }

    /// Sends a report; waits while the channel is full. A session that is gone hears nothing.
    pub(super) fn report(&self, report: Report) {
        if self.sender.send((self.id, report)).is_err() {
            self.cancel.store(true, Ordering::Relaxed);
        }
        (self.wake)();
    }

    /// Waits so long, or until it was stopped.
    pub(super) fn sleep(&self, duration: Duration) {
        let until = Instant::now() + duration;
        while !self.is_cancelled() {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return;
            }
            std::thread::park_timeout(left);
        }
    }

    /// Says how far the job is; wakes the window ten times a second at most.
    pub(super) fn progress(&self, done: usize, total: usize) {
        self.progress.total.store(total, Ordering::Relaxed);
        self.progress.done.store(done, Ordering::Relaxed);
        self.wake_gently(100);
    }

    /// Wakes the window unless that was done within the last `pause_ms`.
    pub(super) fn wake_gently(&self, pause_ms: u64) {
        let now_ms = self.progress.started.elapsed().as_millis() as u64;
        if now_ms >= self.progress.last_wake_ms.load(Ordering::Relaxed) + pause_ms {
            self.progress.last_wake_ms.store(now_ms, Ordering::Relaxed);
            (self.wake)();
        }
    }
}

impl Running {
    fn stop(&self) {
        self.cancel.store(true, Ordering::Relaxed);
        if let Some(thread) = &self.thread {
            thread.thread().unpark();
        }
    }

    fn view(&self) -> JobView {
        /// Earlier guesses jump about too much to be worth showing.
        const FAIR_WHILE: Duration = Duration::from_secs(2);
        let done = self.progress.done.load(Ordering::Relaxed);
        let total = self.progress.total.load(Ordering::Relaxed);
        let elapsed = self.progress.started.elapsed();
        let fair = elapsed > FAIR_WHILE && done > 0 && done <= total;
        JobView {
            id: self.id,
            title: self.plan.title.clone(),
            progress: (total > 0).then_some((done.min(total), total)),
            seconds_left: fair.then(|| elapsed.as_secs_f32() / done as f32 * (total - done) as f32),
            can_cancel: self.plan.can_cancel && !self.cancel.load(Ordering::Relaxed),
        }
    }
}

impl Jobs {
    /// Reports that may wait to be taken in; more make their job wait.
    const CHANNEL: usize = 256;

    pub(super) fn new(wake: Wake, threads: Option<usize>, interactive: bool) -> Self {
        let (sender, receiver) = sync_channel(Self::CHANNEL);
        Self {
            sender,
            receiver,
            running: Vec::new(),
            views: Vec::new(),
            next_id: 1,
            wake,
            threads,
            interactive,
            pool: OnceLock::new(),
        }
    }

    /// The pool that reading and layout share.
    pub(super) fn pool(&self) -> Option<Arc<ThreadPool>> {
        if let Some(pool) = self.pool.get() {
            return Some(pool.clone());
        }
        let pool = build_pool(self.threads, self.interactive)?;
        Some(self.pool.get_or_init(|| pool).clone())
    }

    /// The pool, if somebody has needed it.
    pub(super) fn started_pool(&self) -> Option<&Arc<ThreadPool>> {
        self.pool.get()
    }

    /// Starts a job; gives its number, or `None` when the system gives no thread.
    pub(super) fn start(
        &mut self,
        plan: JobPlan,
        work: impl FnOnce(&JobContext) + Send + 'static,
    ) -> Option<u64> {
        let id = self.next_id;
        self.next_id += 1;
        let context = JobContext {
            id,
            sender: self.sender.clone(),
            cancel: Arc::new(AtomicBool::new(false)),
            progress: Arc::new(Progress {
                done: AtomicUsize::new(0),
                total: AtomicUsize::new(0),
                started: Instant::now(),
                last_wake_ms: AtomicU64::new(0),
            }),
            wake: self.wake.clone(),
        };
        let (cancel, progress) = (context.cancel.clone(), context.progress.clone());
        let thread = std::thread::Builder::new()
            .name(format!("job {id}"))
            .spawn(move || {
                // A defect in one job must not take the user's work with it.
                let ended = catch_unwind(AssertUnwindSafe(|| work(&context)));
                context.report(Report::Ended {
                    crashed: ended.is_err(),
                });
            })
            .ok()?;
        self.running.push(Running {
            id,
            plan,
            cancel,
            progress,
            thread: Some(thread),
        });
        self.refresh_views();
        Some(id)
    }

    /// The next report, if one is there.
    pub(super) fn take_report(&self) -> Option<(u64, Report)> {
        self.receiver.try_recv().ok()
    }

    /// The next report, waiting for it a little.
    pub(super) fn wait_for_report(&self, at_most: Duration) -> Option<(u64, Report)> {
        self.receiver.recv_timeout(at_most).ok()
    }

    /// Takes an ended job off the list; gives its title.
    pub(super) fn ended(&mut self, id: u64) -> Option<String> {
        let at = self.running.iter().position(|job| job.id == id)?;
        let mut job = self.running.remove(at);
        if let Some(thread) = job.thread.take() {
            // It has sent its last report, so this does not wait; a panic was caught within.
            let _ = thread.join();
        }
        Some(job.plan.title)
    }

    pub(super) fn cancel(&mut self, id: u64) {
        for job in self.running.iter().filter(|job| job.id == id) {
            job.stop();
        }
    }

    pub(super) fn cancel_all(&mut self) {
        for job in &self.running {
            job.stop();
        }
    }

    pub(super) fn is_running(&self, id: u64) -> bool {
        self.running.iter().any(|job| job.id == id)
    }

    /// Nothing works; timers and open dialogs do not count.
    pub(super) fn is_idle(&self) -> bool {
        self.running
            .iter()
            .all(|job| job.plan.sort == JobSort::Timer)
    }

    /// Something is in the middle of what must be finished, or, if one is `patient`, of what was
    /// stopped and will end soon. Open dialogs do not count.
    pub(super) fn must_be_waited_for(&self, patient: bool) -> bool {
        self.running.iter().any(|job| {
            let is_dialog = job.plan.sort == JobSort::Timer && !job.plan.can_cancel;
            !is_dialog && (patient || !job.plan.can_cancel)
        })
    }

    /// A job waits for the user to answer a dialog.
    pub(super) fn has_open_dialogs(&self) -> bool {
        self.running
            .iter()
            .any(|job| job.plan.sort == JobSort::Timer && !job.plan.can_cancel)
    }

    /// Brings the views up to date; gives whether any changed.
    pub(super) fn refresh_views(&mut self) -> bool {
        let views: Vec<JobView> = self
            .running
            .iter()
            .filter(|job| job.plan.sort == JobSort::Shown)
            .map(Running::view)
            .collect();
        let changed = views != self.views;
        self.views = views;
        changed
    }

    pub(super) fn views(&self) -> &[JobView] {
        &self.views
    }
}

impl Drop for Jobs {
    fn drop(&mut self) {
        self.cancel_all();
    }
}

/// A pool of `threads`, or of all cores; while a window is open one core is left to it.
pub(super) fn build_pool(threads: Option<usize>, interactive: bool) -> Option<Arc<ThreadPool>> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let all = if interactive {
        cores.saturating_sub(1)
    } else {
        cores
    };
    let pool = ThreadPoolBuilder::new()
        .num_threads(threads.unwrap_or(all).clamp(1, 256))
        .build()
        .ok()?;
    Some(Arc::new(pool))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan() -> JobPlan {
        JobPlan {
            title: "Counting".into(),
            can_cancel: true,
            sort: JobSort::Shown,
        }
    }

    fn until_ended(jobs: &mut Jobs) -> bool {
        let mut crashed = false;
        while !jobs.is_idle() {
            if let Some((id, Report::Ended { crashed: c })) =
                jobs.wait_for_report(Duration::from_secs(5))
            {
                crashed |= c;
                jobs.ended(id);
            }
        }
        crashed
    }

    #[test]
    fn a_stopped_job_ends_and_wakes() {
        let woken = Arc::new(AtomicUsize::new(0));
        let seen = woken.clone();
        let mut jobs = Jobs::new(
            Arc::new(move || {
                seen.fetch_add(1, Ordering::Relaxed);
            }),
            None,
            true,
        );
        let id = jobs
            .start(plan(), |context| {
                context.progress(1, 10);
                while !context.is_cancelled() {
                    std::thread::yield_now();
                }
            })
            .unwrap();
        assert_eq!(jobs.views()[0].title, "Counting");
        jobs.cancel(id);
        assert!(!until_ended(&mut jobs));
        assert!(woken.load(Ordering::Relaxed) > 0);
    }

    #[test]
    fn a_stopped_job_is_waited_for_only_by_the_patient() {
        let mut jobs = Jobs::new(Arc::new(|| {}), None, true);
        let (let_go, held) = std::sync::mpsc::channel::<()>();
        jobs.start(plan(), move |_| {
            let _ = held.recv();
        });
        assert!(jobs.must_be_waited_for(true) && !jobs.must_be_waited_for(false));
        let saving = JobPlan {
            can_cancel: false,
            ..plan()
        };
        jobs.start(saving, |_| {});
        assert!(jobs.must_be_waited_for(false));
        drop(let_go);
        until_ended(&mut jobs);
        assert!(!jobs.must_be_waited_for(true));
    }

    #[test]
    fn a_job_that_panics_is_reported_and_gone() {
        let mut jobs = Jobs::new(Arc::new(|| {}), None, false);
        jobs.start(plan(), |_| panic!("on purpose"));
        assert!(until_ended(&mut jobs));
    }
}
