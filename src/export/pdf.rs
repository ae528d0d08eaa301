//! The drawing as a page of a PDF, through krilla: text stays text, fonts are embedded.

use super::picture::PictureOptions;
use super::png::tree;
use super::svg::Drawing;
use super::unseen::draw_unseen;
use crate::error::{Error, ErrorKind, Result};
use krilla::Document;
use krilla::geom::Size;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla_svg::{SurfaceExt, SvgSettings};

/// The drawing as a PDF file of one page. No date is written: the same drawing gives the same bytes.
///
/// # Errors
/// When the page is too large or a font cannot be embedded.
pub(super) fn pdf(drawing: &Drawing, options: &PictureOptions, title: &str) -> Result<Vec<u8>> {
    let tree = tree(drawing)?;
    let [width, height] = [options.size.x, options.size.y].map(|side| side * options.scale);
    let (page, size) = PageSettings::from_wh(width, height)
        .zip(Size::from_wh(width, height))
        .ok_or_else(|| Error::new(ErrorKind::Usage, "the page has no size"))?;
    let mut document = Document::new();
    let metadata = Metadata::new()
        .creator(format!("Redstring {}", env!("CARGO_PKG_VERSION")))
        .language("en".to_owned());
    document.set_metadata(if title.is_empty() {
        metadata
    } else {
        metadata.title(title.to_owned())
    });
    let mut page = document.start_page_with(page);
    let mut surface = page.surface();
    let drawn = surface.draw_svg(&tree, size, SvgSettings::default());
    draw_unseen(&mut surface, &drawing.unseen, options.scale);
    surface.finish();
    page.finish();
    let failed = || Error::new(ErrorKind::Format, "the page could not be made");
    drawn.ok_or_else(failed)?;
    document.finish().map_err(|cause| {
        let message = format!("the page could not be made: {cause:?}");
        Error::new(ErrorKind::Format, message)
    })
}
