//! One small texture that holds all that lines and marks are made of: a white spot, the profile of a
//! line for each width, and each form of mark at each small radius. So a line or a mark costs four
//! vertices, and its edges are smooth.

use crate::geometry::Point;
use crate::scene::Form;
use egui::{Color32, ColorImage, Pos2, Rect, TextureHandle, TextureOptions, pos2};
use std::collections::BTreeMap;

const WIDTH: usize = 512;
/// Profiles and marks come in steps of so many physical pixels.
const LINE_STEP: f32 = 0.25;
const LINE_STEPS: usize = 40;
const MARK_STEP: f32 = 0.5;
/// Marks up to this radius in physical pixels are sprites; larger ones are drawn as polygons.
const LARGEST_SPRITE: f32 = 12.0;
/// Samples for each pixel in each direction when a sprite is drawn.
const SAMPLES: usize = 4;

/// Where a mark's picture lies in the texture.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sprite {
    /// Texture coordinates.
    pub(super) uv: Rect,
    /// Length of its side in physical pixels.
    pub(super) side: f32,
    /// The radius that it was drawn for, in physical pixels.
    pub(super) radius: f32,
}

/// Where the profile of a line lies in the texture: across the line from `top` to `bottom`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Profile {
    /// Left end of the profile.
    pub(super) top: Pos2,
    /// Right end.
    pub(super) bottom: Pos2,
    /// Distance of the two in physical pixels; the stroke lies in its middle.
    pub(super) height: f32,
}

/// The picture before it is a texture.
pub(super) struct AtlasImage {
    image: ColorImage,
    profiles: Vec<Profile>,
    sprites: BTreeMap<(Form, usize), Sprite>,
    white: Pos2,
}

/// The texture and where things lie in it.
pub(super) struct Atlas {
    pub(super) texture: TextureHandle,
    profiles: Vec<Profile>,
    /// Pictures of marks by form, then by steps of radius.
    sprites: Vec<Vec<Sprite>>,
    /// A spot of full white.
    pub(super) white: Pos2,
}

impl Atlas {
    /// Draws the texture and hands it to egui.
    pub(super) fn new(ctx: &egui::Context) -> Self {
        let AtlasImage {
            image,
            profiles,
            sprites,
            white,
        } = AtlasImage::draw();
        Self {
            texture: ctx.load_texture("canvas", image, TextureOptions::LINEAR),
            profiles,
            sprites: by_form(&sprites),
            white,
        }
    }

    /// The profile for a line of `width` physical pixels (the nearest there is).
    pub(super) fn profile(&self, width: f32) -> Profile {
        let step = (width / LINE_STEP).round().clamp(1.0, LINE_STEPS as f32) as usize;
        self.profiles[step - 1]
    }

    /// The picture of a mark of `radius` physical pixels; `None` when it is too large for one.
    pub(super) fn sprite(&self, form: Form, radius: f32) -> Option<Sprite> {
        let step = (radius / MARK_STEP).round().max(2.0) as usize;
        self.sprites[form as usize].get(step - 2).copied()
    }
}

/// Steps of radius start with 2.
fn by_form(sprites: &BTreeMap<(Form, usize), Sprite>) -> Vec<Vec<Sprite>> {
    let of = |form| sprites.range((form, 0)..=(form, usize::MAX));
    Form::ALL
        .into_iter()
        .map(|form| of(form).map(|(_, sprite)| *sprite).collect())
        .collect()
}

impl AtlasImage {
    fn draw() -> Self {
        let mut sheet = Sheet::default();
        let white = sheet.place(4, 4, |_, _| 1.0);
        let profiles = (1..=LINE_STEPS)
            .map(|step| {
                let width = step as f32 * LINE_STEP;
                let height = width.ceil() as usize + 2;
                let middle = height as f32 * 0.5;
                let (x, y) = sheet.place(4, height, |_, row| {
                    let off = (row as f32 + 0.5 - middle).abs();
                    (width * 0.5 - off + 0.5).clamp(0.0, width.min(1.0))
                });
                (x, y, height)
            })
            .collect::<Vec<_>>();
        let steps = (LARGEST_SPRITE / MARK_STEP) as usize;
        let mut placed = Vec::new();
        for form in Form::ALL {
            for step in 2..=steps {
                let radius = step as f32 * MARK_STEP;
                let side = (2.0 * radius * form.extent()).ceil() as usize + 2;
                let (x, y) = draw_mark(&mut sheet, form, radius, side);
                placed.push(((form, step), (x, y, side, radius)));
            }
        }
        let image = sheet.into_image();
        let [width, height] = image.size.map(|length| length as f32);
        let uv = |x: f32, y: f32| pos2(x / width, y / height);
        Self {
            profiles: profiles
                .into_iter()
                .map(|(x, y, rows)| Profile {
                    top: uv(x as f32 + 2.0, y as f32),
                    bottom: uv(x as f32 + 2.0, (y + rows) as f32),
                    height: rows as f32,
                })
                .collect(),
            sprites: placed
                .into_iter()
                .map(|(key, (x, y, side, radius))| {
                    let min = uv(x as f32, y as f32);
                    let max = uv((x + side) as f32, (y + side) as f32);
                    let side = side as f32;
                    let uv = Rect::from_min_max(min, max);
                    (key, Sprite { uv, side, radius })
                })
                .collect(),
            white: uv(white.0 as f32 + 2.0, white.1 as f32 + 2.0),
            image,
        }
    }
}

fn draw_mark(sheet: &mut Sheet, form: Form, radius: f32, side: usize) -> (usize, usize) {
    let outline = form.outline(40);
    let hole = if form == Form::Ring { 0.55 } else { 0.0 };
    let middle = side as f32 * 0.5;
    sheet.place(side, side, |column, row| {
        let mut inside = 0;
        for sample in 0..SAMPLES * SAMPLES {
            let part = |i: usize| (i as f32 + 0.5) / SAMPLES as f32;
            let x = (column as f32 + part(sample % SAMPLES) - middle) / radius;
            let y = (row as f32 + part(sample / SAMPLES) - middle) / radius;
            inside += usize::from(x.hypot(y) >= hole && contains(&outline, x, y));
        }
        inside as f32 / (SAMPLES * SAMPLES) as f32
    })
}

/// Even-odd rule.
fn contains(outline: &[Point], x: f32, y: f32) -> bool {
    let mut inside = false;
    for (a, b) in outline.iter().zip(outline.iter().cycle().skip(1)) {
        if (a.y > y) != (b.y > y) && x < (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x {
            inside = !inside;
        }
    }
    inside
}

/// Rows of rectangles with an empty pixel between them.
#[derive(Default)]
struct Sheet {
    coverage: Vec<f32>,
    rows: usize,
    cursor: (usize, usize),
    row_height: usize,
}

impl Sheet {
    fn place(
        &mut self,
        width: usize,
        height: usize,
        coverage: impl Fn(usize, usize) -> f32,
    ) -> (usize, usize) {
        if self.cursor.0 + width + 1 > WIDTH {
            self.cursor = (0, self.cursor.1 + self.row_height + 1);
            self.row_height = 0;
        }
        let (x, y) = self.cursor;
        self.row_height = self.row_height.max(height);
        self.cursor.0 += width + 1;
        self.rows = self.rows.max(y + height + 1);
        self.coverage.resize(self.rows * WIDTH, 0.0);
        for row in 0..height {
            for column in 0..width {
                self.coverage[(y + row) * WIDTH + x + column] = coverage(column, row);
            }
        }
        (x, y)
    }

    fn into_image(self) -> ColorImage {
        let pixels = self
            .coverage
            .iter()
            .map(|share| {
                let value = (share * 255.0).round() as u8;
                Color32::from_rgba_premultiplied(value, value, value, value)
            })
            .collect();
        ColorImage::new([WIDTH, self.rows], pixels)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_carry_the_ink_of_their_width() {
        let atlas = AtlasImage::draw();
        let [width, height] = atlas.image.size;
        for (index, profile) in atlas.profiles.iter().enumerate() {
            let x = (profile.top.x * width as f32) as usize;
            let y0 = (profile.top.y * height as f32).round() as usize;
            let ink: f32 = (0..profile.height as usize)
                .map(|row| f32::from(atlas.image.pixels[(y0 + row) * width + x].a()) / 255.0)
                .sum();
            let wanted = (index + 1) as f32 * LINE_STEP;
            assert!((ink - wanted).abs() < 0.3, "width {wanted}: ink {ink}");
        }
    }

    #[test]
    fn sprites_have_the_area_of_their_form() {
        let atlas = AtlasImage::draw();
        let width = atlas.image.size[0];
        let sprite = atlas.sprites[&(Form::Disc, 20)];
        let x0 = (sprite.uv.min.x * width as f32).round() as usize;
        let y0 = (sprite.uv.min.y * atlas.image.size[1] as f32).round() as usize;
        let side = sprite.side as usize;
        let ink: f32 = (0..side * side)
            .map(|i| atlas.image.pixels[(y0 + i / side) * width + x0 + i % side])
            .map(|pixel| f32::from(pixel.a()) / 255.0)
            .sum();
        let area = std::f32::consts::PI * sprite.radius * sprite.radius;
        assert!((ink / area - 1.0).abs() < 0.02, "{ink} {area}");
    }
}
