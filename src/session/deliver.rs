//! Files made without a window: what `redstring export` does once a project is read.

use super::{ThemeChoice, save_project};
use crate::error::{Error, ErrorKind, Result, Warnings};
use crate::export::{
    DEFAULT_SIZE, Export, Footnotes, Format, Paper, PictureOptions, RelationChoice,
};
use crate::geometry::Vector;
use crate::model::Project;
use crate::scene::Theme;
use std::path::Path;

/// How large a picture is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum PictureSize {
    /// At most as many pixels as [`DEFAULT_SIZE`] has, in the shape of what is drawn.
    #[default]
    Default,
    /// Pixels across and down.
    Pixels(u32, u32),
    /// A sheet of paper, lying, at so many pixels per inch.
    Sheet(Paper, u32),
}

/// A picture to be made without a window: it shows all that the project's filters show.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PictureRequest {
    /// How large.
    pub size: PictureSize,
    /// Light, dark or print; the system's choice counts as light.
    pub theme: ThemeChoice,
    /// Number the lines' sources and list them at the foot.
    pub sources: bool,
}

impl PictureSize {
    /// Width and height that layouts are to fill, in screen points.
    pub fn to_fill(self) -> Vector {
        let [width, height] = match self {
            Self::Default => DEFAULT_SIZE,
            Self::Pixels(width, height) => [width, height],
            Self::Sheet(paper, _) => return paper.size_in_screen(),
        };
        Vector::new(width as f32, height as f32)
    }
}

/// The name of project files among the formats.
pub const PROJECT_FORMAT: &str = "redstring";

/// Writes `project` to `path` in the named format: one of [`Format::ALL`] or [`PROJECT_FORMAT`].
/// The project's placements are the positions; see [`super::arrange`].
///
/// # Errors
/// When there is no such format, the picture cannot be made, or the file cannot be written.
pub fn export_file(
    path: &Path,
    format: &str,
    project: &Project,
    warnings: &Warnings,
    request: &PictureRequest,
) -> Result<()> {
    if format.eq_ignore_ascii_case(PROJECT_FORMAT) {
        return save_project(path, project);
    }
    let format = Format::from_key(format).ok_or_else(|| {
        let message = format!("there is no format {format}");
        Error::new(ErrorKind::Usage, message).at(path)
    })?;
    let mut picture = picture_options(project, format, request)?;
    let visible = project.view.filters.visible(project);
    if request.sources {
        picture.footnotes = Some(Footnotes::new(project, &visible));
    }
    if request.size == PictureSize::Default && format.is_picture() {
        picture = picture.shaped_for(project, &visible);
    }
    Export {
        project,
        visible: &visible,
        warnings,
        relations: RelationChoice::Stated,
        picture: &picture,
        made_on: &date_of_making(),
    }
    .write_file(path, format)
}

fn picture_options(
    project: &Project,
    format: Format,
    request: &PictureRequest,
) -> Result<PictureOptions> {
    let theme = match request.theme {
        ThemeChoice::Dark => Theme::dark(),
        ThemeChoice::Print => Theme::print(),
        ThemeChoice::Light | ThemeChoice::System => Theme::light(),
    };
    let mut options = match request.size {
        PictureSize::Default => PictureOptions::of_pixels(DEFAULT_SIZE[0], DEFAULT_SIZE[1], theme)?,
        PictureSize::Pixels(width, height) => PictureOptions::of_pixels(width, height, theme)?,
        PictureSize::Sheet(paper, dpi) => {
            PictureOptions::of_paper(paper, dpi as f32, format == Format::Png, theme)?
        }
    };
    if request.theme == ThemeChoice::Print {
        options.title = project.title().to_owned();
        options.note = date_of_making();
    }
    Ok(options)
}

/// Today, or the day that `SOURCE_DATE_EPOCH` says, so that a picture can be made again to the byte.
pub(super) fn date_of_making() -> String {
    let told = std::env::var("SOURCE_DATE_EPOCH")
        .ok()
        .and_then(|seconds| seconds.parse().ok())
        .and_then(|seconds| jiff::Timestamp::from_second(seconds).ok())
        .map(|instant| instant.to_zoned(jiff::tz::TimeZone::UTC));
    told.unwrap_or_else(jiff::Zoned::now).date().to_string()
}

/// Every entity that the project's filters show has a place.
pub fn is_arranged(project: &Project) -> bool {
    let visible = project.view.filters.visible(project);
    visible
        .entities
        .iter()
        .all(|&id| project.placement(id).position.is_some())
}
