//! One entry for all formats.

use super::picture::PictureOptions;
use super::svg::{Reader, svg};
use super::write::{replace_file, saving_error};
use super::{Format, RelationChoice, evidence, gexf, json, pdf, png};
use crate::error::{Result, Warnings};
use crate::model::{Project, Visible};
use std::io::Write;
use std::path::Path;

/// What is exported and how.
#[derive(Clone, Copy, Debug)]
pub struct Export<'a> {
    /// The project; its placements are the positions.
    pub project: &'a Project,
    /// What of it pictures and graph files show.
    pub visible: &'a Visible,
    /// What went wrong while documents were read, for JSON.
    pub warnings: &'a Warnings,
    /// Which relations JSON holds.
    pub relations: RelationChoice,
    /// How pictures are made; graph files take its colors.
    pub picture: &'a PictureOptions,
    /// The day of making, for pages that tell it.
    pub made_on: &'a str,
}

impl Export<'_> {
    /// Writes the file `path`, as [`replace_file`] does.
    ///
    /// # Errors
    /// When the file cannot be written, or the picture cannot be made. The error names the file.
    pub fn write_file(&self, path: &Path, format: Format) -> Result<()> {
        replace_file(path, |out| self.write(out, format))
    }

    /// Writes the bytes of the file to `out`.
    ///
    /// # Errors
    /// When `out` fails, or the picture cannot be made.
    pub fn write(&self, out: &mut dyn Write, format: Format) -> Result<()> {
        let (project, visible) = (self.project, self.visible);
        let draw = |reader| svg(project, visible, self.picture, reader);
        let bytes = match format {
            Format::Json => return json(out, project, self.warnings, self.relations),
            Format::Gexf => return gexf(out, project, visible, self.picture.theme),
            Format::EvidenceTable => return evidence::csv(out, project, visible),
            Format::EvidencePage => return evidence::html(out, project, visible, self.made_on),
            Format::Svg => draw(Reader::Anyone).text.into_bytes(),
            Format::Png => png::png(&draw(Reader::Pixels), self.picture)?,
            Format::Pdf => pdf::pdf(&draw(Reader::Page), self.picture, project.title())?,
        };
        out.write_all(&bytes).map_err(saving_error)
    }

    /// The picture as pixels: width, height, and red, green, blue and opacity of each pixel, not
    /// premultiplied, row by row. For the clipboard.
    ///
    /// # Errors
    /// When the picture cannot be made.
    pub fn pixels(&self) -> Result<(usize, usize, Vec<u8>)> {
        let drawing = svg(self.project, self.visible, self.picture, Reader::Pixels);
        let pixmap = png::pixmap(&drawing, self.picture)?;
        let pixels = pixmap.pixels().iter().flat_map(|pixel| {
            let color = pixel.demultiply();
            [color.red(), color.green(), color.blue(), color.alpha()]
        });
        let size = (pixmap.width() as usize, pixmap.height() as usize);
        Ok((size.0, size.1, pixels.collect()))
    }
}
