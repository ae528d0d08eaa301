//! The display list on the screen: one mesh for each layer, kept while nothing changes, and text.

use super::atlas::Atlas;
use super::mesh::{MeshBuilder, color32};
use super::wording::Wording;
use crate::geometry::{Color, Point, Vector};
use crate::model::EntityKind;
use crate::scene::{DisplayList, Form, Icon, Label, Mark, Measures, Pattern, Theme};
use crate::ui::bidi::visual_order;
use crate::ui::fonts::font_id;
use egui::epaint::{Mesh, TextShape};
use egui::{Align2, Pos2, Rect, Vec2, vec2};
use std::sync::Arc;

/// A display list as egui draws it. Cheap to draw again: the triangles are shared.
#[derive(Clone, Default)]
pub struct Painting {
    layers: Vec<Layer>,
    frame: Option<Rect>,
}

#[derive(Clone)]
enum Layer {
    Triangles(Arc<Mesh>),
    Labels(Arc<[Label]>),
}

/// Turns display lists into triangles.
#[derive(Default)]
pub struct CanvasPainter {
    atlas: Option<Arc<Atlas>>,
    /// Meshes that are no longer drawn: their room is used again.
    spare: Vec<Mesh>,
}

/// Turns display lists into triangles on another thread, over the texture of a [`CanvasPainter`].
pub struct AsidePainter {
    atlas: Arc<Atlas>,
    spare: Vec<Mesh>,
}

impl CanvasPainter {
    /// The triangles of a display list that fills `frame`.
    pub fn prepare(&mut self, ctx: &egui::Context, frame: Rect, list: &DisplayList) -> Painting {
        let atlas = self.atlas.get_or_insert_with(|| {
            keep_freed_memory();
            Arc::new(Atlas::new(ctx))
        });
        triangles(atlas, &mut self.spare, ctx.pixels_per_point(), frame, list)
    }

    /// A painter for another thread; it takes the room of paintings that are no longer drawn.
    pub fn aside(&mut self, ctx: &egui::Context) -> AsidePainter {
        let atlas = self.atlas.get_or_insert_with(|| Arc::new(Atlas::new(ctx)));
        AsidePainter {
            atlas: atlas.clone(),
            spare: std::mem::take(&mut self.spare),
        }
    }

    /// Takes back what a painting that is no longer drawn was made of.
    pub fn reuse(&mut self, painting: Painting) {
        let meshes = painting.layers.into_iter().filter_map(|layer| match layer {
            Layer::Triangles(mesh) => Arc::try_unwrap(mesh).ok(),
            Layer::Labels(_) => None,
        });
        self.spare.splice(.., meshes);
        self.spare.reverse();
    }
}

/// The toolkit copies all triangles in each frame and frees the copy. The allocator of GNU gives such large
/// pieces back to the system, to be had again page by page in the next frame, which takes as long as the
/// triangles; unless it has seen a larger piece freed before (mallopt(3), "dynamic adjustment").
fn keep_freed_memory() {
    const LARGER: usize = 24 << 20;
    // Never touched, so that it takes no memory.
    drop(std::hint::black_box(Vec::<u8>::with_capacity(LARGER)));
}

impl AsidePainter {
    /// The triangles of a display list that fills `frame`.
    pub fn prepare(&mut self, pixels_per_point: f32, frame: Rect, list: &DisplayList) -> Painting {
        triangles(&self.atlas, &mut self.spare, pixels_per_point, frame, list)
    }
}

fn triangles(
    atlas: &Atlas,
    spare: &mut Vec<Mesh>,
    pixels_per_point: f32,
    frame: Rect,
    list: &DisplayList,
) -> Painting {
    let mut spare = || spare.pop().unwrap_or_default();
    let mut below = MeshBuilder::new(atlas, frame, pixels_per_point, spare());
    below.shapes(&list.ground);
    below.strokes(&list.strokes);
    below.shapes(&list.lines);
    below.shapes(&list.marks);
    below.dots(&list.dots);
    below.shapes(&list.arrows);
    let mut above = MeshBuilder::new(atlas, frame, pixels_per_point, spare());
    above.shapes(&list.followed);
    let mut painting = Painting {
        layers: Vec::new(),
        frame: Some(frame),
    };
    painting.add(below, &list.labels);
    painting.add(above, &list.followed_labels);
    painting
}

impl Painting {
    fn add(&mut self, builder: MeshBuilder<'_>, labels: &[Label]) {
        let mesh = builder.finish();
        if !mesh.is_empty() {
            self.layers.push(Layer::Triangles(Arc::new(mesh)));
        }
        if !labels.is_empty() {
            self.layers.push(Layer::Labels(labels.into()));
        }
    }

    /// The same picture with every point put where `moved` says: what is drawn until one is made for
    /// another camera. Marks change their size with it, letters do not. `moved` takes and gives
    /// points of the window.
    pub fn moved(&self, frame: Rect, moved: impl Fn(Pos2) -> Pos2) -> Self {
        let origin = |painting: &Self| painting.frame.map_or(Pos2::ZERO, |frame| frame.min);
        let (from, to) = (origin(self).to_vec2(), frame.min.to_vec2());
        let layers = self.layers.iter().map(|layer| match layer {
            Layer::Triangles(mesh) => {
                let mut mesh = Mesh::clone(mesh);
                for vertex in &mut mesh.vertices {
                    vertex.pos = moved(vertex.pos);
                }
                Layer::Triangles(Arc::new(mesh))
            }
            Layer::Labels(labels) => {
                let labels = labels.iter().map(|label| {
                    let center = egui::pos2(label.center.x, label.center.y) + from;
                    let center = moved(center) - to;
                    Label {
                        center: Point::new(center.x, center.y),
                        ..label.clone()
                    }
                });
                Layer::Labels(labels.collect())
            }
        });
        Self {
            layers: layers.collect(),
            frame: Some(frame),
        }
    }

    /// Draws it. Of the words that were not drawn in the frame before only so many are drawn as one
    /// frame has time for, the most important first; gives whether that was all.
    pub fn draw(&self, painter: &egui::Painter, wording: &mut Wording) -> bool {
        wording.next_frame();
        let Some(frame) = self.frame else { return true };
        let painter = painter.with_clip_rect(frame.intersect(painter.clip_rect()));
        let mut is_complete = true;
        for layer in &self.layers {
            match layer {
                Layer::Triangles(mesh) => {
                    painter.add(egui::Shape::Mesh(mesh.clone()));
                }
                Layer::Labels(labels) => {
                    for label in labels.iter() {
                        if wording.takes(label) {
                            draw_label(&painter, frame.min, label, wording.is_moving);
                        } else {
                            is_complete = false;
                        }
                    }
                }
            }
        }
        is_complete
    }
}

/// The eight directions in which a halo's copies lie; every second one is a diagonal, which are enough
/// while a label moves.
const AROUND: [Vec2; 8] = [
    vec2(0.7, 0.7),
    vec2(0.0, 1.0),
    vec2(-0.7, 0.7),
    vec2(-1.0, 0.0),
    vec2(-0.7, -0.7),
    vec2(0.0, -1.0),
    vec2(0.7, -0.7),
    vec2(1.0, 0.0),
];

/// A label that moves has half as many copies for its halo: most of the triangles of a picture in which
/// many names are read are letters.
fn draw_label(painter: &egui::Painter, origin: Pos2, label: &Label, is_moving: bool) {
    let scale = painter.ctx().pixels_per_point();
    let font = font_id(label.size, label.weight, label.italic);
    let color = color32(label.color);
    // egui keeps galleys for as long as they are asked for, so this is a look-up in frames that repeat.
    let text = visual_order(&label.text).into_owned();
    let galley = painter.layout_no_wrap(text, font, egui::Color32::PLACEHOLDER);
    let middle = origin + vec2(label.center.x, label.center.y);
    let corner = Align2::CENTER_CENTER.anchor_size(middle, galley.size()).min;
    // egui puts text on whole pixels; the copies must keep their distance all the same.
    let snapped = (corner.to_vec2() * scale).round() / scale;
    let at = |offset: Vec2| {
        let position = snapped.to_pos2() + offset;
        TextShape::new(position, galley.clone(), color)
            .with_angle_and_anchor(label.angle, Align2::CENTER_CENTER)
    };
    if let Some((width, halo)) = label.halo {
        let every = if is_moving { 2 } else { 1 };
        for &direction in AROUND.iter().step_by(every) {
            let offset = (direction * width * scale).round() / scale;
            painter.add(at(offset).with_override_text_color(color32(halo)));
        }
    }
    painter.add(at(Vec2::ZERO).with_override_text_color(color));
}

/// Draws a bare form, for lists and panels.
pub fn paint_form(
    painter: &egui::Painter,
    center: Pos2,
    radius: f32,
    form: Form,
    color: egui::Color32,
) {
    if form == Form::Ring {
        // What lies inside is not known here, so it is left open.
        let stroke = egui::Stroke::new(radius * 0.45, color);
        painter.circle_stroke(center, radius * 0.78, stroke);
        return;
    }
    let [r, g, b, a] = color.to_srgba_unmultiplied();
    let mut builder = MeshBuilder::plain(painter.ctx().pixels_per_point());
    builder.mark(&Mark {
        center: Point::new(center.x, center.y),
        radius,
        form,
        fill: Color { r, g, b, a },
        outline: None,
        ring: None,
        icon: None,
        pinned: None,
    });
    painter.add(egui::Shape::mesh(builder.finish()));
}

/// Draws the mark of a kind with its icon, for lists and panels.
pub fn paint_kind(
    painter: &egui::Painter,
    center: Pos2,
    radius: f32,
    kind: EntityKind,
    theme: &Theme,
) {
    let mut builder = MeshBuilder::plain(painter.ctx().pixels_per_point());
    let has_icon = radius >= Measures::get().node.icon_from_radius - 1.0;
    let outline = (kind == EntityKind::Group).then_some((0.0, theme.panel));
    builder.mark(&Mark {
        center: Point::default() + Vector::new(center.x, center.y),
        radius,
        form: Form::of(kind),
        fill: theme.kind(kind),
        outline,
        ring: None,
        icon: (has_icon && !Icon(kind).pieces().is_empty()).then_some((Icon(kind), theme.mark_ink)),
        pinned: None,
    });
    painter.add(egui::Shape::mesh(builder.finish()));
}

/// Draws a short piece of a line of some pattern, for legends and lists.
pub fn paint_sample(
    painter: &egui::Painter,
    center: Pos2,
    length: f32,
    pattern: Pattern,
    color: egui::Color32,
    width: f32,
) {
    let half = vec2(length * 0.5, 0.0);
    let stroke = egui::Stroke::new(width, color);
    let ends = [center - half, center + half];
    let line = &Measures::get().line;
    match pattern {
        Pattern::Solid => {
            painter.line_segment(ends, stroke);
        }
        Pattern::Dashes => {
            // A sample holds two whole dashes.
            let dash = (length - line.dash[1]) * 0.5;
            painter.extend(egui::Shape::dashed_line(&ends, stroke, dash, line.dash[1]));
        }
        Pattern::Dots => {
            let [dot, gap] = line.dots;
            painter.extend(egui::Shape::dashed_line(&ends, stroke, dot.max(width), gap));
        }
        Pattern::Crossed => {
            painter.line_segment(ends, stroke);
            for (x, y) in [(1.0, 1.0), (1.0, -1.0)] {
                let arm = vec2(x, y) * (2.0 + width);
                painter.line_segment([center - arm, center + arm], stroke);
            }
        }
    }
}
