//! Where settings and work in progress are kept between runs.

use std::path::PathBuf;

/// The files and folders of the program itself; `None` where the system has no place for them.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    pub(super) settings: Option<PathBuf>,
    pub(super) autosave: Option<PathBuf>,
}

impl Places {
    /// Everything below `folder`, or where the system keeps such things.
    pub(super) fn new(folder: Option<PathBuf>) -> Self {
        match folder {
            Some(folder) => Self {
                settings: Some(folder.join("settings.json")),
                autosave: Some(folder.join("autosave")),
            },
            None => directories::ProjectDirs::from("", "", "redstring")
                .map(|places| Self {
                    settings: Some(places.config_dir().join("settings.json")),
                    autosave: Some(places.data_dir().join("autosave")),
                })
                .unwrap_or_default(),
        }
    }
}
