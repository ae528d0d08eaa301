//! The drawing as pixels, through resvg.

use super::picture::PictureOptions;
use super::svg::Drawing;
use crate::error::{Error, ErrorKind, Result};
use crate::scene::font::{FAMILY, database_for, fallback};
use resvg::tiny_skia::{Pixmap, Transform};
use usvg::{FontResolver, Options, Tree};

/// The drawing as usvg reads it, with the fonts that its letters need.
///
/// # Errors
/// When usvg does not take it.
pub(super) fn tree(drawing: &Drawing) -> Result<Tree> {
    let options = Options {
        font_family: FAMILY.to_owned(),
        fontdb: database_for(&drawing.letters),
        font_resolver: FontResolver {
            select_font: FontResolver::default_font_selector(),
            select_fallback: Box::new(|letter, tried, fonts| fallback(letter, tried, fonts)),
        },
        ..Options::default()
    };
    Tree::from_str(&drawing.text, &options).map_err(|cause| {
        Error::new(ErrorKind::Format, "the drawing could not be made").caused_by(cause)
    })
}

/// The drawing as pixels of the size that `options` ask for.
///
/// # Errors
/// When there is not enough memory for so many pixels.
pub(super) fn pixmap(drawing: &Drawing, options: &PictureOptions) -> Result<Pixmap> {
    let tree = tree(drawing)?;
    let [width, height] = options.pixels();
    let mut pixmap = Pixmap::new(width, height).ok_or_else(|| {
        let message = format!("a picture of {width} × {height} pixels is too large");
        Error::new(ErrorKind::Usage, message)
    })?;
    let scale = |pixels: u32, size: f32| pixels as f32 / size.max(f32::MIN_POSITIVE);
    let transform = Transform::from_scale(
        scale(width, tree.size().width()),
        scale(height, tree.size().height()),
    );
    resvg::render(&tree, transform, &mut pixmap.as_mut());
    Ok(pixmap)
}

/// The pixels as a PNG file; pixels per inch are noted where the picture is meant for paper.
///
/// # Errors
/// When the file cannot be made.
pub(super) fn png(drawing: &Drawing, options: &PictureOptions) -> Result<Vec<u8>> {
    let pixmap = pixmap(drawing, options)?;
    let mut file = pixmap.encode_png().map_err(|cause| {
        Error::new(ErrorKind::Io, "the picture could not be packed").caused_by(cause)
    })?;
    if let Some(dots_per_inch) = options.dots_per_inch {
        note_resolution(&mut file, dots_per_inch);
    }
    Ok(file)
}

/// Signature and header of a PNG file, in bytes.
const HEADER: usize = 8 + 25;

/// Adds the chunk `pHYs` (PNG specification, 11.3.4.3) after the header.
fn note_resolution(file: &mut Vec<u8>, dots_per_inch: f32) {
    let per_meter = (dots_per_inch / 0.0254).round() as u32;
    let mut chunk = b"pHYs".to_vec();
    chunk.extend(per_meter.to_be_bytes());
    chunk.extend(per_meter.to_be_bytes());
    chunk.push(1);
    let check = crc(&chunk);
    let mut block = 9_u32.to_be_bytes().to_vec();
    block.extend(chunk);
    block.extend(check.to_be_bytes());
    if file.len() >= HEADER {
        file.splice(HEADER..HEADER, block);
    }
}

/// CRC-32 as PNG uses it.
fn crc(bytes: &[u8]) -> u32 {
    let remainder = bytes.iter().fold(u32::MAX, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| {
            let low = crc & 1;
            (crc >> 1) ^ (0xEDB8_8320 * low)
        })
    });
    !remainder
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_that_of_png() {
        // The chunk that ends every PNG file.
        assert_eq!(crc(b"IEND"), 0xAE42_6082);
    }
}
