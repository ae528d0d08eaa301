//! How a layout that is no longer wanted is told to end.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Asks a layout to end early, from another thread. What it gives then has a place for each node and is
/// of no further use. A copy asks the same layout; the default never asks.
#[derive(Clone, Debug, Default)]
pub struct Stop(Option<Arc<AtomicBool>>);

impl Stop {
    /// Asks once `flag` is set.
    pub fn by(flag: Arc<AtomicBool>) -> Self {
        Self(Some(flag))
    }

    /// The layout is to end.
    pub fn is_asked(&self) -> bool {
        let flag = self.0.as_ref();
        flag.is_some_and(|flag| flag.load(Ordering::Relaxed))
    }
}
