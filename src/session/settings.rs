//! What the program remembers between runs that belongs to no project.

use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Light, dark or as the system says; print is for pictures only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThemeChoice {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// White paper; pictures only.
    Print,
}

/// Settings, kept in one JSON file; unknown or broken entries fall back to defaults.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Light, dark or as the system says.
    pub theme: ThemeChoice,
    /// Projects opened before, newest first, at most ten.
    pub recent: Vec<PathBuf>,
    /// Left panel shown.
    pub left_open: bool,
    /// Right panel shown.
    pub right_open: bool,
    /// Drawer with the table shown.
    pub drawer_open: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::System,
            recent: Vec::new(),
            left_open: true,
            right_open: true,
            drawer_open: false,
        }
    }
}
