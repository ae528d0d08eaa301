//! What a picture shows and how large: the scene seen by a camera, with legend, title and note.

use super::footnotes::Footnotes;
use crate::error::{Error, ErrorKind, Result};
use crate::geometry::{Camera, Point, Rect, Vector};
use crate::model::{EntityId, Project, RelationId, Visible};
use crate::scene::{self, Overlay, Scene, SceneInput, Shape, Theme};
use std::collections::BTreeSet;

/// The longest side of a picture, in pixels (SVG and PDF: in units of the file).
pub const MAX_SIDE: u32 = 16_384;

/// The picture that is made unless another size is asked for has no more pixels than this, and takes the
/// shape of what is drawn ([`PictureOptions::shaped_for`]).
pub const DEFAULT_SIZE: [u32; 2] = [1600, 1200];

/// A sheet of paper, lying on its long side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// 297 mm × 210 mm.
    A4,
    /// 420 mm × 297 mm.
    A3,
    /// 11 in × 8.5 in.
    Letter,
}

impl Paper {
    /// Width and height in points of 1/72 inch.
    pub const fn size_in_points(self) -> Vector {
        match self {
            Self::A4 => Vector::new(841.89, 595.28),
            Self::A3 => Vector::new(1190.55, 841.89),
            Self::Letter => Vector::new(792.0, 612.0),
        }
    }

    /// Width and height in screen points of what is laid out to be printed on it.
    pub fn size_in_screen(self) -> Vector {
        self.size_in_points() * (1.0 / PAPER_SCALE)
    }
}

/// How a picture is made.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureOptions {
    /// The size that the picture is laid out for, in screen points; labels have the sizes of the screen.
    pub size: Vector,
    /// Pixels of a PNG, or units of an SVG or PDF, for each of these points.
    pub scale: f32,
    /// Pixels per inch, noted in a PNG, if the picture is meant for paper.
    pub dots_per_inch: Option<f32>,
    /// Light, dark or print.
    pub theme: &'static Theme,
    /// Where the view is; `None` shows all.
    pub camera: Option<Camera>,
    /// What is followed: the selection.
    pub followed: BTreeSet<EntityId>,
    /// The line that is followed.
    pub followed_relation: Option<RelationId>,
    /// Explain marks and lines in the lower left corner.
    pub legend: bool,
    /// Printed above the picture on the left; empty for none.
    pub title: String,
    /// Printed above the picture on the right, such as the date of making; empty for none.
    pub note: String,
    /// Numbers on the lines and the sources that they stand for at the foot, if asked for.
    pub footnotes: Option<Footnotes>,
}

/// Pictures of more pixels show the same at a higher resolution, so that labels stay readable.
const MOST_POINTS: f32 = 1600.0 * 1200.0;

/// How much smaller than on the screen things are on paper: labels of 12 points become 8.
const PAPER_SCALE: f32 = 2.0 / 3.0;

impl PictureOptions {
    /// A picture of so many pixels that shows all.
    ///
    /// # Errors
    /// When a side is 0 or longer than [`MAX_SIDE`].
    pub fn of_pixels(width: u32, height: u32, theme: &'static Theme) -> Result<Self> {
        let pixels = Vector::new(width as f32, height as f32);
        let scale = (pixels.x * pixels.y / MOST_POINTS).sqrt().max(1.0);
        Self::checked(pixels * (1.0 / scale), scale, theme)
    }

    /// A picture of what a window of `size` screen points shows with `camera`, drawn `scale` times
    /// larger.
    ///
    /// # Errors
    /// When a side is 0 or longer than [`MAX_SIDE`].
    pub fn of_screen(
        size: Vector,
        camera: Camera,
        scale: f32,
        theme: &'static Theme,
    ) -> Result<Self> {
        let options = Self::checked(size, scale, theme)?;
        Ok(Self {
            camera: Some(camera),
            ..options
        })
    }

    /// A sheet of paper that shows all: a PNG of `dots_per_inch`, a PDF of the sheet's size.
    ///
    /// # Errors
    /// When a side of the PNG would be 0 or longer than [`MAX_SIDE`].
    pub fn of_paper(
        paper: Paper,
        dots_per_inch: f32,
        as_png: bool,
        theme: &'static Theme,
    ) -> Result<Self> {
        let size = paper.size_in_screen();
        let per_point = if as_png { dots_per_inch / 72.0 } else { 1.0 };
        let options = Self::checked(size, PAPER_SCALE * per_point, theme)?;
        Ok(Self {
            dots_per_inch: Some(dots_per_inch),
            ..options
        })
    }

    /// The same picture on a page, no larger, that takes the shape of what is drawn, with room for title
    /// and foot.
    #[must_use]
    pub fn shaped_for(mut self, project: &Project, visible: &Visible) -> Self {
        let scene = build(project, visible, &self);
        let page = scene::page_of_all(&scene, self.size.x * self.size.y, self.legend);
        self.size = page;
        // The foot may be higher on a higher page.
        for _ in 0..2 {
            self.size.y = (page.y + self.size.y - self.scene_frame().height()).round();
        }
        self
    }

    fn checked(size: Vector, scale: f32, theme: &'static Theme) -> Result<Self> {
        let [width, height] = [size.x * scale, size.y * scale].map(f32::round);
        let fits = |side: f32| (1.0..=MAX_SIDE as f32).contains(&side);
        if !fits(width) || !fits(height) {
            let message = format!(
                "a picture of {width} × {height} cannot be made; each side must be 1 to {MAX_SIDE} pixels"
            );
            return Err(Error::new(ErrorKind::Usage, message));
        }
        Ok(Self {
            size,
            scale,
            dots_per_inch: None,
            theme,
            camera: None,
            followed: BTreeSet::new(),
            followed_relation: None,
            legend: true,
            title: String::new(),
            note: String::new(),
            footnotes: None,
        })
    }

    /// Width and height of the file, in whole pixels.
    pub fn pixels(&self) -> [u32; 2] {
        [self.size.x, self.size.y].map(|side| (side * self.scale).round().max(1.0) as u32)
    }

    /// The part of the picture that shows the scene: below title and note and above the foot, if
    /// there are any.
    pub fn scene_frame(&self) -> Rect {
        let has_header = !self.title.is_empty() || !self.note.is_empty();
        let top = if has_header { header_height() } else { 0.0 };
        let top = top.min(self.size.y * 0.5);
        let foot = self.footnotes.as_ref().map_or(0.0, |f| f.height(self.size));
        let bottom = Point::new(self.size.x, self.size.y - foot);
        Rect::from_corners(Point::new(0.0, top), bottom)
    }
}

fn header_height() -> f32 {
    scene::Measures::get().grid * 11.0
}

/// The shapes of the scene within [`PictureOptions::scene_frame`], from the bottom to the top; the
/// upper left corner of the frame is (0, 0).
pub(super) fn shapes(project: &Project, visible: &Visible, options: &PictureOptions) -> Vec<Shape> {
    let mut built = build(project, visible, options);
    if let Some(footnotes) = &options.footnotes {
        footnotes.number(&mut built, options.camera, options.scene_frame().size());
    }
    let overlay = Overlay::following(&built, &options.followed, options.followed_relation);
    scene::picture(
        &built,
        options.camera,
        options.scene_frame().size(),
        Some(&overlay),
        options.legend,
    )
}

fn build(project: &Project, visible: &Visible, options: &PictureOptions) -> Scene {
    scene::build(&SceneInput {
        project,
        visible,
        live: None,
        theme: options.theme,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_those_asked_for() {
        let theme = Theme::print();
        for [width, height] in [
            [1600, 1200],
            [40, 30],
            [6000, 4500],
            [16_384, 16_384],
            [1, 9000],
        ] {
            let options = PictureOptions::of_pixels(width, height, theme).unwrap();
            assert_eq!(options.pixels(), [width, height]);
        }
        for [width, height] in [[0, 10], [16_385, 10], [10, u32::MAX]] {
            assert!(PictureOptions::of_pixels(width, height, theme).is_err());
        }
        let page = PictureOptions::of_paper(Paper::A4, 300.0, true, theme).unwrap();
        assert_eq!(page.pixels(), [3508, 2480]);
        assert!(PictureOptions::of_paper(Paper::A3, 5000.0, true, theme).is_err());
        assert!(PictureOptions::of_paper(Paper::A4, f32::NAN, true, theme).is_err());
    }
}
