//! Shapes to triangles: lines as strips of the atlas, small marks as its sprites, large marks and
//! icons as polygons with a soft edge.

use super::atlas::{Atlas, Profile};
use crate::geometry::{Color, Point, Vector};
use crate::scene::{Arrow, BoxShape, Dot, Form, Line, Mark, Pattern, Shape, Stroke};
use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{Color32, Pos2, Rect, TextureId, pos2};

/// A color as egui wants it.
pub fn color32(color: Color) -> Color32 {
    Color32::from_rgba_unmultiplied(color.r, color.g, color.b, color.a)
}

/// Gathers triangles in one mesh. Positions go in in the picture's points and are moved by `origin`.
pub(super) struct MeshBuilder<'a> {
    mesh: Mesh,
    atlas: Option<&'a Atlas>,
    white: Pos2,
    origin: Pos2,
    /// What is drawn of it, in the picture's points.
    frame: crate::geometry::Rect,
    pixels_per_point: f32,
}

impl<'a> MeshBuilder<'a> {
    /// A mesh over the atlas.
    ///
    /// `spare` is a mesh that is no longer drawn; its room is used again.
    pub(super) fn new(
        atlas: &'a Atlas,
        frame: egui::Rect,
        pixels_per_point: f32,
        spare: Mesh,
    ) -> Self {
        let size = Vector::new(frame.width(), frame.height());
        let mut mesh = spare;
        mesh.clear();
        mesh.texture_id = atlas.texture.id();
        Self {
            mesh,
            atlas: Some(atlas),
            white: atlas.white,
            origin: frame.min,
            frame: crate::geometry::Rect::from_corners(Point::default(), Point::default() + size)
                .expanded(8.0),
            pixels_per_point,
        }
    }

    /// A mesh over egui's own texture, for single marks in panels.
    pub(super) fn plain(pixels_per_point: f32) -> Self {
        Self {
            mesh: Mesh::with_texture(TextureId::default()),
            atlas: None,
            white: WHITE_UV,
            origin: Pos2::ZERO,
            frame: crate::geometry::Rect::from_center(Point::default(), Vector::new(1e9, 1e9)),
            pixels_per_point,
        }
    }

    /// The triangles gathered so far.
    pub(super) fn finish(self) -> Mesh {
        self.mesh
    }

    /// Any shapes but labels, which are text and no triangles.
    pub(super) fn shapes(&mut self, shapes: &[Shape]) {
        for shape in shapes {
            match shape {
                Shape::Line(line) => self.line(line),
                Shape::Arrow(arrow) => self.arrow(arrow),
                Shape::Mark(mark) => self.mark(mark),
                Shape::Box(rectangle) => self.rectangle(rectangle),
                Shape::Outline(outline) => outline.lines().for_each(|line| self.line(&line)),
                Shape::Label(_) => {}
            }
        }
    }

    /// Straight lines by the thousand: not cut at the edge of the frame, which the screen does.
    pub(super) fn strokes(&mut self, strokes: &[Stroke]) {
        let Some(atlas) = self.atlas else { return };
        self.reserve(strokes.len());
        let mut known: Option<(Color, Color32)> = None;
        for stroke in strokes {
            let color = match known {
                Some((color, ink)) if color == stroke.color => ink,
                _ => color32(stroke.color),
            };
            known = Some((stroke.color, color));
            let (profile, half) = self.profile(atlas, stroke.width);
            let way = stroke.to - stroke.from;
            let share = half / way.dot(way).sqrt().max(1e-6);
            let across = way.perpendicular() * share;
            let (from, to) = (stroke.from, stroke.to);
            self.quad(
                [from + across, to + across, to - across, from - across],
                [profile.top, profile.top, profile.bottom, profile.bottom],
                color,
            );
        }
    }

    /// Small marks by the thousand.
    pub(super) fn dots(&mut self, dots: &[Dot]) {
        self.reserve(2 * dots.len());
        for dot in dots {
            if let Some((width, color)) = dot.outline {
                self.form(dot.form, dot.center, dot.radius + width, color);
            }
            self.form(dot.form, dot.center, dot.radius, dot.fill);
            if let (Form::Ring, Some((_, color))) = (dot.form, dot.outline) {
                self.form(Form::Disc, dot.center, dot.radius * 0.55, color);
            }
        }
    }

    /// The profile of a line, and half its height in points.
    fn profile(&self, atlas: &Atlas, width: f32) -> (Profile, f32) {
        let width_in_pixels = width * self.pixels_per_point;
        let profile = atlas.profile(width_in_pixels);
        let largest_step = 10.0;
        let stretch = (width_in_pixels / largest_step).max(1.0);
        (
            profile,
            profile.height * stretch * 0.5 / self.pixels_per_point,
        )
    }

    /// Makes room for so many shapes of four vertices.
    fn reserve(&mut self, shapes: usize) {
        self.mesh.reserve_vertices(4 * shapes);
        self.mesh.reserve_triangles(2 * shapes);
    }

    fn vertex(&mut self, at: Point, uv: Pos2, color: Color32) {
        let pos = pos2(at.x + self.origin.x, at.y + self.origin.y);
        self.mesh.vertices.push(Vertex { pos, uv, color });
    }

    fn quad(&mut self, corners: [Point; 4], uvs: [Pos2; 4], color: Color32) {
        let first = self.mesh.vertices.len() as u32;
        let origin = self.origin;
        self.mesh.vertices.extend([0, 1, 2, 3].map(|i| Vertex {
            pos: pos2(corners[i].x + origin.x, corners[i].y + origin.y),
            uv: uvs[i],
            color,
        }));
        self.mesh
            .indices
            .extend([0, 1, 2, 0, 2, 3].map(|corner| first + corner));
    }

    /// A stroke with its pattern.
    pub(super) fn line(&mut self, line: &Line) {
        let pieces = line.pieces();
        let mut walked = 0.0;
        let mut from = line.from;
        for piece in 1..=pieces {
            let to = line.at(piece as f32 / pieces as f32);
            self.piece(line, from, to, walked);
            walked += from.distance(to);
            from = to;
        }
    }

    /// A straight piece of a line; `walked` is the length of the pieces before.
    fn piece(&mut self, line: &Line, from: Point, to: Point, walked: f32) {
        let length = from.distance(to);
        let Some((enter, leave)) = self.frame.part_inside(from, to) else {
            return;
        };
        let along = (to - from).normalized();
        let at = |distance: f32| from + along * distance;
        let (enter, leave) = (enter * length, leave * length);
        let measures = &crate::scene::Measures::get().line;
        let [dash, gap] = match line.pattern {
            Pattern::Solid | Pattern::Crossed => {
                self.stroke(at(enter), at(leave), line.width, line.color);
                if line.pattern == Pattern::Crossed {
                    self.crosses(line, from, along, [enter, leave], walked);
                }
                return;
            }
            Pattern::Dashes => measures.dash,
            Pattern::Dots => [measures.dots[0].max(line.width), measures.dots[1]],
        };
        let period = dash + gap;
        let mut start = ((walked + enter) / period).floor() * period - walked;
        while start < leave {
            let (a, b) = (start.max(enter), (start + dash).min(leave));
            if b > a {
                self.stroke(at(a), at(b), line.width, line.color);
            }
            start += period;
        }
    }

    fn crosses(
        &mut self,
        line: &Line,
        from: Point,
        along: Vector,
        [enter, leave]: [f32; 2],
        walked: f32,
    ) {
        let period = crate::scene::Measures::get().line.cross_every;
        let arm = 2.0 + line.width;
        let mut place = ((walked + enter) / period).floor() * period + period * 0.5 - walked;
        while place < leave {
            if place >= enter {
                let middle = from + along * place;
                for turn in [
                    along + along.perpendicular(),
                    along + along.perpendicular() * -1.0,
                ] {
                    let reach = turn.normalized() * arm;
                    self.stroke(
                        middle - reach,
                        middle + reach,
                        line.width.min(1.5),
                        line.color,
                    );
                }
            }
            place += period;
        }
    }

    fn stroke(&mut self, from: Point, to: Point, width: f32, color: Color) {
        let Some(atlas) = self.atlas else { return };
        let (profile, half) = self.profile(atlas, width);
        let across = (to - from).normalized().perpendicular() * half;
        self.quad(
            [from + across, to + across, to - across, from - across],
            [profile.top, profile.top, profile.bottom, profile.bottom],
            color32(color),
        );
    }

    /// The head of an arrow.
    pub(super) fn arrow(&mut self, arrow: &Arrow) {
        let [tip, a, b] = arrow.corners();
        let middle = tip - arrow.direction * (arrow.length * 0.66);
        self.polygon(&[tip, a, b], middle, arrow.color);
    }

    /// A node with its outline, ring, icon and pin.
    pub(super) fn mark(&mut self, mark: &Mark) {
        let (outline, outline_color) = mark.outline.unwrap_or((0.0, mark.fill));
        if let Some((width, color)) = mark.ring {
            let inner = mark.radius + outline + width * 0.5;
            self.form(mark.form, mark.center, inner + width, color);
            self.form(mark.form, mark.center, inner, outline_color);
        } else if outline > 0.0 {
            self.form(mark.form, mark.center, mark.radius + outline, outline_color);
        }
        self.form(mark.form, mark.center, mark.radius, mark.fill);
        if mark.form == Form::Ring && mark.outline.is_some() {
            self.form(Form::Disc, mark.center, mark.radius * 0.55, outline_color);
        }
        if let Some((icon, ink)) = mark.icon {
            for piece in icon.pieces() {
                let corners: Vec<Point> = piece
                    .corners
                    .iter()
                    .map(|corner| mark.center + (*corner - Point::default()) * mark.radius)
                    .collect();
                let color = if piece.hole { mark.fill } else { ink };
                self.polygon(&corners, centroid(&corners), color);
            }
        }
        if let Some(color) = mark.pinned {
            let at = mark.center + Vector::new(0.72, -0.72) * (mark.radius + outline);
            self.form(Form::Disc, at, 3.6, outline_color);
            self.form(Form::Disc, at, 2.4, color);
        }
    }

    fn form(&mut self, form: Form, center: Point, radius: f32, color: Color) {
        let in_pixels = radius * self.pixels_per_point;
        if let Some(sprite) = self.atlas.and_then(|atlas| atlas.sprite(form, in_pixels)) {
            let half = sprite.side * 0.5 * (in_pixels / sprite.radius) / self.pixels_per_point;
            let rect = crate::geometry::Rect::from_corners(center, center).expanded(half);
            let Rect { min, max } = sprite.uv;
            self.quad(
                [
                    rect.min,
                    Point::new(rect.max.x, rect.min.y),
                    rect.max,
                    Point::new(rect.min.x, rect.max.y),
                ],
                [min, pos2(max.x, min.y), max, pos2(min.x, max.y)],
                color32(color),
            );
            return;
        }
        let round = (8.0 + in_pixels).clamp(12.0, 96.0) as usize;
        let corners: Vec<Point> = form
            .outline(round)
            .into_iter()
            .map(|corner| center + (corner - Point::default()) * radius)
            .collect();
        self.polygon(&corners, center, color);
    }

    /// A filled polygon, clockwise, all of it seen from `middle`; its edge fades over one pixel.
    fn polygon(&mut self, corners: &[Point], middle: Point, color: Color) {
        let n = corners.len();
        let (solid, clear) = (color32(color), Color32::TRANSPARENT);
        let half = 0.5 / self.pixels_per_point;
        let first = self.mesh.vertices.len() as u32;
        let white = self.white;
        self.vertex(middle, white, solid);
        for i in 0..n {
            let [before, here, after] =
                [corners[(i + n - 1) % n], corners[i], corners[(i + 1) % n]];
            let normal = outward(before, here, after) * half;
            self.vertex(here - normal, white, solid);
            self.vertex(here + normal, white, clear);
        }
        for i in 0..n as u32 {
            let (a, b) = (first + 1 + 2 * i, first + 1 + 2 * ((i + 1) % n as u32));
            self.mesh.add_triangle(first, a, b);
            self.mesh.add_triangle(a, a + 1, b + 1);
            self.mesh.add_triangle(a, b + 1, b);
        }
    }

    /// A rectangle.
    pub(super) fn rectangle(&mut self, shape: &BoxShape) {
        if let Some((width, color)) = shape.stroke {
            self.round_box(shape.rect, shape.rounding, color);
            self.round_box(
                shape.rect.expanded(-width),
                shape.rounding - width,
                shape.fill,
            );
        } else {
            self.round_box(shape.rect, shape.rounding, shape.fill);
        }
    }

    fn round_box(&mut self, rect: crate::geometry::Rect, rounding: f32, color: Color) {
        let rounding = rounding.clamp(0.0, 0.5 * rect.width().min(rect.height()).max(0.0));
        let corners_of_box = [
            (rect.max.x - rounding, rect.min.y + rounding),
            (rect.max.x - rounding, rect.max.y - rounding),
            (rect.min.x + rounding, rect.max.y - rounding),
            (rect.min.x + rounding, rect.min.y + rounding),
        ];
        let steps = if rounding > 0.0 { 5 } else { 0 };
        let mut corners = Vec::with_capacity(4 * (steps + 1));
        for (index, (x, y)) in corners_of_box.into_iter().enumerate() {
            for step in 0..=steps {
                let turn = index as f32 - 1.0 + step as f32 / steps.max(1) as f32;
                let angle = turn * std::f32::consts::FRAC_PI_2;
                corners.push(Point::new(
                    x + rounding * angle.cos(),
                    y + rounding * angle.sin(),
                ));
            }
        }
        self.polygon(&corners, rect.center(), color);
    }
}

/// The direction away from a clockwise polygon at a corner, long enough to move both edges by 1.
fn outward(before: Point, here: Point, after: Point) -> Vector {
    let a = (here - before).normalized().perpendicular() * -1.0;
    let b = (after - here).normalized().perpendicular() * -1.0;
    let sum = a + b;
    let squared = sum.dot(sum);
    // Very sharp corners would throw the edge far out.
    sum * (2.0 / squared.max(0.6))
}

fn centroid(corners: &[Point]) -> Point {
    let sum = corners.iter().fold(Vector::default(), |sum, corner| {
        sum + (*corner - Point::default())
    });
    Point::default() + sum * (1.0 / corners.len().max(1) as f32)
}
