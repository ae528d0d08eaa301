//! Scene and camera to the display list: styles, level of detail, what is in view.

use super::build::{Link, Node, Scene};
use super::icon::Icon;
use super::labels::{Labeled, PlacedLabel, PlacedLabels};
use super::overlay::Overlay;
use super::shape::{Arrow, DisplayList, Label, Line, Mark, Pattern, Shape, Weight};
use super::style::DetailLevel;
use super::theme::Measures;
use crate::geometry::{Camera, Color, Point, Rect, Vector};

/// From where and how a scene is seen.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// Where the view is.
    pub camera: Camera,
    /// Its size in screen points.
    pub size: Vector,
    /// The places of the labels.
    pub labels: &'a PlacedLabels,
    /// What is followed, and the places of its labels.
    pub overlay: Option<(&'a Overlay, &'a PlacedLabels)>,
    /// How far everything else has stepped back, 0 (not) to 1 (all the way).
    pub stepped_back: f32,
    /// Leave out labels that the edge of the view would cut: for files.
    pub whole_labels_only: bool,
}

impl Scene {
    /// Everything to draw, in screen points, from the bottom to the top.
    pub fn display(&self, view: &View) -> DisplayList {
        let artist = Artist {
            scene: self,
            view,
            level: DetailLevel::at(view.camera.zoom),
            frame: Rect::from_corners(Point::default(), Point::default() + view.size),
            crowding: crowding(self.links.len(), view.camera.zoom),
            patterns: view.camera.zoom >= Measures::get().line.arrow_from_zoom
                || self.links.len() <= FEW_LINES,
        };
        let mut list = DisplayList::default();
        let back = view.stepped_back;
        let stated_from = self.links.partition_point(|link| !link.stated);
        for index in 0..self.links.len() {
            let list = if index < stated_from {
                &mut list.co_mentions
            } else {
                &mut list.lines
            };
            artist.link(index, false, back, list);
        }
        for &index in &self.draw_order {
            artist.mark(&self.nodes[index as usize], false, back, &mut list.marks);
        }
        let front = view.overlay.map_or(&[][..], |(_, placed)| &placed.labels);
        for label in &view.labels.labels {
            if !front.iter().any(|other| other.rect.intersects(&label.rect)) {
                artist.label(label, back, false, &mut list.labels);
            }
        }
        if let Some((overlay, placed)) = view.overlay {
            artist.overlay(overlay, placed, &mut list);
        }
        list
    }
}

struct Artist<'a> {
    scene: &'a Scene,
    view: &'a View<'a>,
    level: DetailLevel,
    frame: Rect,
    crowding: f32,
    patterns: bool,
}

/// So many lines keep their patterns at any zoom. Where more cross each other, seen from so far that
/// arrow heads are left out, dashes and dots only make the picture grainy (and cost most of its time).
const FEW_LINES: usize = 1_500;

/// How much of their color lines give up, 0 to a half, where thousands cover each other: seen from
/// afar the marks must stay in front.
fn crowding(links: usize, zoom: f32) -> f32 {
    let far = ((1.0 - zoom) / 0.8).clamp(0.0, 1.0);
    let many = (links.max(1) as f32 / 300.0).log10() * 0.33;
    many.clamp(0.0, 0.5) * far
}

impl Artist<'_> {
    fn on_screen(&self, point: Point) -> Point {
        self.view.camera.screen_from_world(point, self.view.size)
    }

    fn toned(&self, color: Color, back: f32) -> Color {
        if back <= 0.0 {
            return color;
        }
        color.mixed(self.scene.theme.stepped_back(color), back)
    }

    fn overlay(&self, overlay: &Overlay, placed: &PlacedLabels, list: &mut DisplayList) {
        for &index in &overlay.kept_links {
            self.link(index as usize, false, 0.0, &mut list.followed);
        }
        for &index in &overlay.red_links {
            self.link(index as usize, true, 0.0, &mut list.followed);
        }
        let in_order = |wanted: &[u32]| {
            let wanted = wanted.to_vec();
            self.scene
                .draw_order
                .iter()
                .filter(move |index| wanted.binary_search(index).is_ok())
        };
        for &index in in_order(&overlay.neighbors) {
            self.mark(
                &self.scene.nodes[index as usize],
                false,
                0.0,
                &mut list.followed,
            );
        }
        for &index in in_order(&overlay.followed) {
            self.mark(
                &self.scene.nodes[index as usize],
                true,
                0.0,
                &mut list.followed,
            );
        }
        for label in &placed.labels {
            let heavy = matches!(label.labeled, Labeled::Node(i) if overlay.followed.binary_search(&i).is_ok());
            self.label(label, 0.0, heavy, &mut list.followed_labels);
        }
    }

    fn link(&self, index: usize, red: bool, back: f32, list: &mut Vec<Shape>) {
        let link = &self.scene.links[index];
        let [source, target] = [link.source, link.target].map(|i| &self.scene.nodes[i as usize]);
        let (from, to) = (self.on_screen(source.center), self.on_screen(target.center));
        let control = self
            .scene
            .curve_in_world(index)
            .map(|point| self.on_screen(point));
        let mut around = Rect::from_corners(from, to);
        if let Some(control) = control {
            around.include(control);
        }
        let length = from.distance(to);
        if !around.expanded(4.0).intersects(&self.frame) || length < 1.0 {
            return;
        }
        let color = self.toned(self.link_color(link, red), back);
        let strength = if red { 1.25 } else { 1.0 };
        let mut line = Line {
            from,
            to,
            control,
            width: link.width * self.level.width_share * strength,
            color,
            pattern: if self.patterns || red {
                link.pattern
            } else {
                Pattern::Solid
            },
        };
        let arrow = (link.directed && self.level.arrows)
            .then(|| self.arrow(&line, target, length))
            .flatten();
        if let Some(arrow) = &arrow {
            // The line ends inside its arrow head, whose tip stays sharp.
            line = line.cut_before(to.distance(arrow.tip) + arrow.length * 0.8);
        }
        list.push(Shape::Line(line));
        list.extend(arrow.map(Shape::Arrow));
    }

    fn link_color(&self, link: &Link, red: bool) -> Color {
        let theme = self.scene.theme;
        match (red, link.stated) {
            (true, _) => theme.highlight,
            (false, true) => theme.line.mixed(theme.background, self.crowding),
            (false, false) => theme.co_mention(),
        }
    }

    fn arrow(&self, line: &Line, target: &Node, length: f32) -> Option<Arrow> {
        let measures = &Measures::get().line;
        let size = measures.arrow_length * self.level.width_share.max(0.55)
            + 1.6 * (line.width - measures.width_min).max(0.0);
        let radius = self.level.radius(target.radius);
        let inwards = line.direction_at(1.0);
        let gap = radius * target.form.reach(inwards * -1.0) + Measures::get().node.outline;
        (length > gap + 2.0 * size).then(|| {
            let tip = line.cut_before(gap).to;
            Arrow {
                tip,
                direction: (tip - line.cut_before(gap + size).to).normalized(),
                length: size,
                color: line.color,
            }
        })
    }

    fn mark(&self, node: &Node, followed: bool, back: f32, list: &mut Vec<Shape>) {
        let center = self.on_screen(node.center);
        let radius = self.level.radius(node.radius);
        let measures = &Measures::get().node;
        let around = Rect::from_corners(center, center)
            .expanded(radius * node.form.extent() + 2.0 * measures.ring);
        if !around.intersects(&self.frame) {
            return;
        }
        let theme = self.scene.theme;
        let has_icon = radius >= measures.icon_from_radius && !Icon(node.kind).pieces().is_empty();
        list.push(Shape::Mark(Mark {
            center,
            radius,
            form: node.form,
            fill: self.toned(theme.kind(node.kind), back),
            outline: (radius >= measures.outline_from_radius)
                .then_some((measures.outline, theme.background)),
            ring: followed.then_some((measures.ring, theme.highlight)),
            icon: has_icon.then(|| (Icon(node.kind), self.toned(theme.mark_ink, 0.0))),
            pinned: (node.pinned && radius >= measures.icon_from_radius)
                .then(|| self.toned(theme.text, back)),
        }));
    }

    fn label(&self, placed: &PlacedLabel, back: f32, heavy: bool, list: &mut Vec<Shape>) {
        let zoom = self.view.camera.zoom;
        let center = self.view.camera.center_in_world;
        let shift = self.view.size * 0.5 + Vector::new(-center.x * zoom, -center.y * zoom);
        let rect = Rect {
            min: placed.rect.min + shift,
            max: placed.rect.max + shift,
        };
        let whole = self.frame.contains(rect.min) && self.frame.contains(rect.max);
        if !rect.intersects(&self.frame) || (self.view.whole_labels_only && !whole) {
            return;
        }
        let theme = self.scene.theme;
        let is_link = matches!(placed.labeled, Labeled::Link(_));
        let color = if is_link {
            theme.line_label
        } else {
            theme.text
        };
        for line in &placed.lines {
            list.push(Shape::Label(Label {
                text: line.text.clone(),
                center: line.center + shift,
                width: line.width,
                size: placed.size,
                weight: if heavy {
                    Weight::SemiBold
                } else {
                    Weight::Regular
                },
                italic: is_link,
                angle: placed.angle,
                color: self.toned(color, back),
                halo: Some((Measures::get().label.halo, theme.background)),
            }));
        }
    }
}
