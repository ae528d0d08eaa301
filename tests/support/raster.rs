//! A small rasterizer on the CPU for what egui draws: edge functions, bilinear textures, premultiplied
//! blending, scissors. The same bytes on every run, so pictures can be compared.

use egui::epaint::{ImageData, Mesh, Primitive, Vertex};
use egui::{Color32, Context, FullOutput, TextureId, TexturesDelta};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

struct Texture {
    size: [usize; 2],
    pixels: Vec<Color32>,
}

/// The textures that egui has handed out so far.
#[derive(Clone, Default)]
pub struct Textures(Rc<RefCell<HashMap<TextureId, Texture>>>);

impl egui_kittest::TestRenderer for Textures {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        self.take_in(delta);
    }
}

impl Textures {
    /// Takes in what changed, and leaves nothing of it.
    pub fn take_in(&self, delta: &mut TexturesDelta) {
        let mut textures = self.0.borrow_mut();
        for (id, changes) in delta.set.drain() {
            for change in changes {
                let ImageData::Color(image) = &change.image;
                let Some([x, y]) = change.pos else {
                    let (size, pixels) = (image.size, image.pixels.clone());
                    textures.insert(id, Texture { size, pixels });
                    continue;
                };
                let texture = textures.get_mut(&id).expect("patched after it was made");
                let [width, height] = image.size;
                for row in 0..height {
                    let to = (y + row) * texture.size[0] + x;
                    texture.pixels[to..to + width]
                        .copy_from_slice(&image.pixels[row * width..(row + 1) * width]);
                }
            }
        }
        for id in delta.free.drain() {
            textures.remove(&id);
        }
    }
}

/// A picture, four bytes a pixel, red first, opaque.
pub struct Picture {
    pub width: usize,
    pub height: usize,
    pub rgba: Vec<u8>,
}

impl Picture {
    /// The color of a pixel.
    pub fn pixel(&self, x: usize, y: usize) -> [u8; 3] {
        let at = 4 * (y * self.width + x);
        [self.rgba[at], self.rgba[at + 1], self.rgba[at + 2]]
    }

    /// Writes it as a PNG file.
    pub fn save(&self, path: &std::path::Path) {
        let size = resvg::tiny_skia::IntSize::from_wh(self.width as u32, self.height as u32)
            .expect("not empty");
        resvg::tiny_skia::Pixmap::from_vec(self.rgba.clone(), size)
            .expect("four bytes a pixel")
            .save_png(path)
            .expect("can be written");
    }

    /// Averages over a grid of cells, as text: a picture that can be compared by eye and survives the
    /// rounding of other processors.
    pub fn summary(&self, columns: usize, rows: usize) -> String {
        let mut text = String::new();
        for row in 0..rows {
            for column in 0..columns {
                let (x0, x1) = (
                    column * self.width / columns,
                    (column + 1) * self.width / columns,
                );
                let (y0, y1) = (row * self.height / rows, (row + 1) * self.height / rows);
                let mut sums = [0_usize; 3];
                for y in y0..y1 {
                    for x in x0..x1 {
                        for (sum, value) in sums.iter_mut().zip(self.pixel(x, y)) {
                            *sum += usize::from(value);
                        }
                    }
                }
                let count = (x1 - x0) * (y1 - y0);
                let levels = sums.map(|sum| (sum / count + 8) / 16);
                let cell: String = levels.iter().map(|level| format!("{level:x}")).collect();
                text.push_str(&cell.replace("10", "f"));
                text.push(' ');
            }
            text.truncate(text.trim_end().len());
            text.push('\n');
        }
        text
    }
}

/// Draws what a frame put out.
pub fn rasterize(ctx: &Context, output: &FullOutput, textures: &Textures) -> Picture {
    let scale = output.pixels_per_point;
    let screen = ctx.content_rect();
    let width = (screen.width() * scale).round() as usize;
    let height = (screen.height() * scale).round() as usize;
    let mut canvas = vec![[0.0_f32, 0.0, 0.0]; width * height];
    let textures = textures.0.borrow();
    for clipped in ctx.tessellate(output.shapes.clone(), scale) {
        let Primitive::Mesh(mesh) = &clipped.primitive else {
            continue;
        };
        let Some(texture) = textures.get(&mesh.texture_id) else {
            continue;
        };
        let clip = clipped.clip_rect;
        let bounds = [
            ((clip.min.x * scale).round().max(0.0) as usize).min(width),
            ((clip.min.y * scale).round().max(0.0) as usize).min(height),
            ((clip.max.x * scale).round().max(0.0) as usize).min(width),
            ((clip.max.y * scale).round().max(0.0) as usize).min(height),
        ];
        draw_mesh(&mut canvas, width, mesh, texture, bounds, scale);
    }
    let rgba = canvas
        .iter()
        .flat_map(|color| {
            let [r, g, b] = color.map(|value| value.clamp(0.0, 255.0).round() as u8);
            [r, g, b, 255]
        })
        .collect();
    Picture {
        width,
        height,
        rgba,
    }
}

fn draw_mesh(
    canvas: &mut [[f32; 3]],
    width: usize,
    mesh: &Mesh,
    texture: &Texture,
    bounds: [usize; 4],
    scale: f32,
) {
    for triangle in mesh.triangles() {
        let corners = triangle.map(|index| mesh.vertices[index as usize]);
        draw_triangle(canvas, width, &corners, texture, bounds, scale);
    }
}

fn draw_triangle(
    canvas: &mut [[f32; 3]],
    width: usize,
    corners: &[Vertex; 3],
    texture: &Texture,
    [left, top, right, bottom]: [usize; 4],
    scale: f32,
) {
    let points = corners.map(|vertex| [vertex.pos.x * scale, vertex.pos.y * scale]);
    let edge = |a: [f32; 2], b: [f32; 2], p: [f32; 2]| {
        (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])
    };
    let area = edge(points[0], points[1], points[2]);
    if area.abs() < 1e-9 {
        return;
    }
    let low = |axis: usize| points.iter().map(|p| p[axis]).fold(f32::INFINITY, f32::min);
    let high = |axis: usize| {
        points
            .iter()
            .map(|p| p[axis])
            .fold(f32::NEG_INFINITY, f32::max)
    };
    let (x0, x1) = (
        low(0).floor().max(left as f32),
        high(0).ceil().min(right as f32),
    );
    let (y0, y1) = (
        low(1).floor().max(top as f32),
        high(1).ceil().min(bottom as f32),
    );
    for y in y0 as usize..y1.max(0.0) as usize {
        for x in x0 as usize..x1.max(0.0) as usize {
            let p = [x as f32 + 0.5, y as f32 + 0.5];
            let shares = [
                edge(points[1], points[2], p) / area,
                edge(points[2], points[0], p) / area,
                edge(points[0], points[1], p) / area,
            ];
            // A pixel on the edge of two triangles belongs to the one whose edge runs up or left.
            let inside = (0..3).all(|i| {
                let (a, b) = (points[(i + 1) % 3], points[(i + 2) % 3]);
                let (dx, dy) = ((b[0] - a[0]) * area.signum(), (b[1] - a[1]) * area.signum());
                let owns = dy < 0.0 || (dy == 0.0 && dx > 0.0);
                shares[i] > 0.0 || (shares[i] == 0.0 && owns)
            });
            if inside {
                shade(&mut canvas[y * width + x], corners, shares, texture);
            }
        }
    }
}

fn shade(pixel: &mut [f32; 3], corners: &[Vertex; 3], shares: [f32; 3], texture: &Texture) {
    let mixed = |value: fn(&Vertex) -> f32| {
        corners
            .iter()
            .zip(shares)
            .map(|(corner, share)| value(corner) * share)
            .sum::<f32>()
    };
    let texel = sample(texture, mixed(|v| v.uv.x), mixed(|v| v.uv.y));
    let color = [
        mixed(|v| f32::from(v.color.r())),
        mixed(|v| f32::from(v.color.g())),
        mixed(|v| f32::from(v.color.b())),
        mixed(|v| f32::from(v.color.a())),
    ];
    let alpha = color[3] * texel[3] / 255.0;
    for channel in 0..3 {
        pixel[channel] = color[channel] * texel[channel] + pixel[channel] * (1.0 - alpha);
    }
}

/// Bilinear, clamped to the edge; shares from 0 to 1.
fn sample(texture: &Texture, u: f32, v: f32) -> [f32; 4] {
    let [width, height] = texture.size;
    let (x, y) = (u * width as f32 - 0.5, v * height as f32 - 0.5);
    let (fx, fy) = (x - x.floor(), y - y.floor());
    let at = |dx: i64, dy: i64| {
        let column = (x.floor() as i64 + dx).clamp(0, width as i64 - 1) as usize;
        let row = (y.floor() as i64 + dy).clamp(0, height as i64 - 1) as usize;
        texture.pixels[row * width + column]
            .to_array()
            .map(f32::from)
    };
    let (a, b, c, d) = (at(0, 0), at(1, 0), at(0, 1), at(1, 1));
    std::array::from_fn(|i| {
        let top = a[i] + (b[i] - a[i]) * fx;
        let bottom = c[i] + (d[i] - c[i]) * fx;
        (top + (bottom - top) * fy) / 255.0
    })
}
