//! Sessions without a window.

#![allow(dead_code)] // Not every test needs all of it.

use redstring::session::{Command, Session};
use std::path::Path;
use std::sync::Arc;

/// A session that keeps its settings in a folder.
pub fn session_in(folder: &Path) -> Session {
    Session::new(Some(folder.to_owned()), Arc::new(|| {}))
}

/// The same with the sample read.
pub fn with_sample(folder: &Path) -> Session {
    let mut session = session_in(folder);
    session.run(Command::OpenSample);
    session.wait();
    session
}

/// All notices in words, for messages of failed assertions and for looking for one.
pub fn told(session: &Session) -> String {
    let texts: Vec<&str> = session.notices().iter().map(|n| n.text.as_str()).collect();
    texts.join("\n")
}
