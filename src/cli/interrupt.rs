//! Ctrl+C: the first asks the running task to stop, so that it can clean up; the second ends at once.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

/// The exit code of an interrupted program.
pub(super) const INTERRUPTED: u8 = 130;

/// The flag that Ctrl+C sets, to be handed to what can be stopped.
pub(super) fn flag() -> Arc<AtomicBool> {
    static FLAG: OnceLock<Arc<AtomicBool>> = OnceLock::new();
    FLAG.get_or_init(Arc::default).clone()
}

/// The user has interrupted.
pub(super) fn requested() -> bool {
    flag().load(Ordering::Relaxed)
}

/// Watches for Ctrl+C and for the signals that end programs. Without a handler (the system gives
/// none) they end the program as ever.
pub(super) fn watch() {
    let flag = flag();
    let _ = ctrlc::set_handler(move || {
        if flag.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(INTERRUPTED));
        }
    });
}
