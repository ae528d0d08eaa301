//! What the program remembers between runs that belongs to no project.

use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::path::{Path, PathBuf};

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
    /// Nothing glides or flies; `None` is as the system says.
    pub reduce_motion: Option<bool>,
    /// The canvas's legend is unfolded or folded; `None` leaves it to the canvas's size.
    pub legend_open: Option<bool>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::System,
            recent: Vec::new(),
            left_open: true,
            right_open: true,
            drawer_open: false,
            reduce_motion: None,
            legend_open: None,
        }
    }
}

impl Settings {
    /// So many recent projects are remembered.
    const MOST_RECENT: usize = 10;

    /// Reads the settings at `path`. A file that is no JSON object is kept aside as `….broken`; an
    /// entry that cannot be read is as if it were missing.
    pub(super) fn load(path: &Path) -> Self {
        let Ok(bytes) = std::fs::read(path) else {
            return Self::default();
        };
        match serde_json::from_slice::<serde_json::Value>(&bytes) {
            Ok(serde_json::Value::Object(entries)) => Self::from_entries(entries),
            _ => {
                // If even that fails, the next save replaces the broken file.
                let _ = std::fs::rename(path, path.with_extension("json.broken"));
                Self::default()
            }
        }
    }

    /// The defaults, with each entry that fits in its place.
    fn from_entries(entries: serde_json::Map<String, serde_json::Value>) -> Self {
        let mut settings = Self::default();
        for (key, value) in entries {
            let Ok(serde_json::Value::Object(mut tried)) = serde_json::to_value(&settings) else {
                break;
            };
            tried.insert(key, value);
            if let Ok(fits) = serde_json::from_value(serde_json::Value::Object(tried)) {
                settings = fits;
            }
        }
        settings.recent.truncate(Self::MOST_RECENT);
        settings
    }

    /// Writes the settings to `path` in one go, making its folder if need be.
    ///
    /// # Errors
    /// When the folder or the file cannot be written.
    pub(super) fn save(&self, path: &Path) -> Result<()> {
        let io = |error| Error::io("saving the settings", error).at(path);
        let mut settings = self.clone();
        // A path that is no Unicode cannot be written as JSON.
        settings.recent.retain(|path| path.to_str().is_some());
        let text = serde_json::to_string_pretty(&settings)
            .map_err(|error| io(std::io::Error::other(error)))?;
        let folder = path.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder).map_err(io)?;
        let mut file = tempfile::NamedTempFile::new_in(folder).map_err(io)?;
        file.write_all(text.as_bytes()).map_err(io)?;
        file.persist(path).map_err(|error| io(error.error))?;
        Ok(())
    }

    /// Puts a project at the head of the recent ones.
    pub(super) fn remember(&mut self, project: &Path) {
        let path = std::path::absolute(project).unwrap_or_else(|_| project.to_owned());
        self.recent.retain(|other| *other != path);
        self.recent.insert(0, path);
        self.recent.truncate(Self::MOST_RECENT);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_come_back_and_broken_entries_are_defaults() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/settings.json");
        let mut settings = Settings {
            theme: ThemeChoice::Dark,
            drawer_open: true,
            ..Settings::default()
        };
        settings.remember(Path::new("/a/one.redstring"));
        settings.remember(Path::new("/a/two.redstring"));
        settings.remember(Path::new("/a/one.redstring"));
        assert_eq!(settings.recent.len(), 2);
        settings.save(&path).unwrap();
        assert_eq!(Settings::load(&path), settings);

        let text = r#"{"theme": "purple", "drawer_open": true, "from_the_future": 3}"#;
        std::fs::write(&path, text).unwrap();
        let read = Settings::load(&path);
        assert_eq!(read.theme, ThemeChoice::System);
        assert!(read.drawer_open);
    }

    #[test]
    fn a_broken_file_is_kept_aside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        std::fs::write(&path, b"{\"theme\": \"da").unwrap();
        assert_eq!(Settings::load(&path), Settings::default());
        let aside = folder.path().join("settings.json.broken");
        assert_eq!(std::fs::read(aside).unwrap(), b"{\"theme\": \"da");
        assert!(!path.exists());
    }
}
