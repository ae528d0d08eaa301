//! What is wrong with a file of weights.

/// A file of weights that is cut off, or not one of ours.
#[derive(Debug, thiserror::Error)]
#[error("the file of a trained network is broken: {0}")]
pub struct Broken(String);

/// `Result` with [`Broken`].
pub type Result<T> = std::result::Result<T, Broken>;

/// The error of a file that is not as it should be.
pub fn broken(what: &str) -> Broken {
    Broken(what.to_owned())
}
