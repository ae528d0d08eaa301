//! Scene and camera to the display list: styles, level of detail, what is in view.

use super::build::{Node, Scene};
use super::detail::Detail;
use super::icon::Icon;
use super::labels::{Labeled, PlacedLabels};
use super::list::{DisplayList, Dot, Stroke};
use super::overlay::Overlay;
use super::path::{LEAST_LENGTH, Path, Projection};
use super::shape::{Arrow, Line, Mark, Pattern, Shape};
use super::sight::{Ink, LabelSight};
use super::strand::Strand;
use super::theme::Measures;
use super::tones::Tones;
use crate::geometry::{Camera, Color, Point, Rect, Vector};

/// From where and how a scene is seen.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// Where the view is.
    pub camera: Camera,
    /// Its size in screen points.
    pub size: Vector,
    /// Which marks and lines are drawn.
    pub detail: &'a Detail,
    /// The places of the labels.
    pub labels: &'a PlacedLabels,
    /// What is followed, and the places of its labels.
    pub overlay: Option<(&'a Overlay, &'a PlacedLabels)>,
    /// How far everything else has stepped back, 0 (not) to 1 (all the way).
    pub stepped_back: f32,
    /// What lies over the picture, in screen points: no label goes there.
    pub reserved: &'a [Rect],
}

impl Scene {
    /// Everything to draw, in screen points, from the bottom to the top.
    pub fn display(&self, view: &View) -> DisplayList {
        let mut list = DisplayList::default();
        self.display_into(view, &mut list);
        list
    }

    /// [`Scene::display`] into a list that was used before, so that its room is.
    pub fn display_into(&self, view: &View, list: &mut DisplayList) {
        list.clear();
        let (zoom, back) = (view.camera.zoom, view.stepped_back);
        let lines = view.detail.links.len();
        let together = view
            .detail
            .links
            .partition_point(|&i| !self.links[i as usize].stated);
        let artist = Artist {
            projection: Projection::new(self, &view.camera, view.size),
            back,
            frame: Rect::from_corners(Point::default(), Point::default() + view.size),
            tones: Tones::new(self.theme, [lines - together, together], zoom, back)
                .faint(self.layout == crate::model::LayoutChoice::Grid),
            patterns: if lines <= FEW_LINES {
                Patterns::All
            } else if zoom >= Measures::get().line.arrow_from_zoom {
                Patterns::OfWhatIsSeen
            } else {
                Patterns::None
            },
        };
        self.ground(&view.camera, view.size, back, &mut list.ground);
        self.circles(&view.camera, view.size, back, &mut list.ground);
        for (&index, strand) in view.detail.links.iter().zip(&view.detail.strands) {
            if strand.is_bent {
                artist.bent_link(index, list);
            } else {
                artist.straight_link(index, strand, list);
            }
        }
        artist.marks(&view.detail.marks, list);
        let mut sight = LabelSight::new(
            artist.projection,
            view.size,
            view.reserved,
            &view.detail.marks,
        );
        if let Some((overlay, placed)) = view.overlay {
            artist.overlay(overlay, list);
            let labels = placed.labels.iter();
            sight.take_all(labels, artist.ink(0.0), &mut list.followed_labels);
        }
        let behind = view
            .labels
            .labels
            .iter()
            .filter(|label| match label.labeled {
                Labeled::Node(index) => {
                    let overlay = view.overlay.map(|(overlay, _)| overlay);
                    overlay.is_none_or(|overlay| !overlay.has_node(index))
                }
                Labeled::Link(_) => true,
            });
        sight.take_all(behind, artist.ink(back), &mut list.labels);
    }
}

struct Artist<'a> {
    projection: Projection<'a>,
    back: f32,
    frame: Rect,
    tones: Tones,
    patterns: Patterns,
}

/// Which lines keep their patterns.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Patterns {
    All,
    /// Those with an end in view.
    OfWhatIsSeen,
    None,
}

/// In a crowd a line of more screen points is one of many that lead elsewhere.
const LONG: f32 = 500.0;

/// An arrow head reaches no farther beyond its target's mark, in screen points.
const HEAD: f32 = 24.0;

/// So many lines keep their patterns at any zoom. Where more cross each other, dashes and dots only make
/// the picture grainy (and cost most of its time): seen from so far that arrow heads are left out none
/// has them, seen from nearer those do that begin or end in view and are not very long.
const FEW_LINES: usize = 1_500;

impl Artist<'_> {
    fn toned(&self, color: Color, back: f32) -> Color {
        if back <= 0.0 {
            return color;
        }
        color.mixed(self.projection.scene.theme.stepped_back(color), back)
    }

    fn ink(&self, back: f32) -> Ink {
        let theme = self.projection.scene.theme;
        Ink {
            node: self.toned(theme.text, back),
            link: self.toned(theme.line_label, back),
            halo: theme.background,
        }
    }

    /// A line as most are, which takes no look at its [`Link`](super::build::Link) unless it has more to
    /// it than color and width.
    fn straight_link(&self, index: u32, strand: &Strand, list: &mut DisplayList) {
        let [from, to] = strand.ends.map(|end| self.projection.center(end));
        let way = to - from;
        let squared = way.dot(way);
        if !self.sees_between(from, to) || squared < LEAST_LENGTH * LEAST_LENGTH {
            return;
        }
        let color = self
            .tones
            .of((strand.width, strand.is_stated), squared.sqrt());
        let width = strand.width * self.projection.level.width_share;
        let is_plain = strand.is_solid || !self.keeps_pattern([from, to]);
        let is_headless = !strand.is_directed || !self.sees_head(strand.ends[1]);
        if is_plain && is_headless {
            list.strokes.push(Stroke {
                from,
                to,
                width,
                color,
            });
        } else {
            let path = Path::straight(from, to);
            self.patterned(index, &path, (width, color), list);
        }
    }

    fn bent_link(&self, index: u32, list: &mut DisplayList) {
        let link = &self.projection.scene.links[index as usize];
        let Some(path) = self.projection.path(index) else {
            return;
        };
        let first = &path.pieces[0];
        if path.count == 1 && first.control.is_none() {
            // So far away that its bend is not seen.
            self.straight_link(index, &Strand::of(link), list);
            return;
        }
        let length = first.from.distance(first.to);
        let color = self.tones.of((link.width, link.stated), length);
        let width = link.width * self.projection.level.width_share;
        self.patterned(index, &path, (width, color), list);
    }

    fn patterned(
        &self,
        index: u32,
        path: &Path,
        (width, color): (f32, Color),
        list: &mut DisplayList,
    ) {
        let ends = [path.pieces[0].from, path.pieces[path.count - 1].to];
        let pattern = if self.keeps_pattern(ends) {
            self.projection.scene.links[index as usize].pattern
        } else {
            Pattern::Solid
        };
        let into = (&mut list.lines, &mut list.arrows);
        self.path(index, path, (width, color, pattern), into);
    }

    /// An arrow head at that node may be in view, and large enough to be drawn.
    fn sees_head(&self, target: u32) -> bool {
        let reach = || self.projection.radius(target) + HEAD;
        self.projection.level.arrows && self.sees_mark(self.projection.center(target), reach())
    }

    fn keeps_pattern(&self, ends: [Point; 2]) -> bool {
        match self.patterns {
            Patterns::All => true,
            Patterns::OfWhatIsSeen => {
                ends.iter().any(|end| self.frame.contains(*end))
                    && ends[0].distance(ends[1]) <= LONG
            }
            Patterns::None => false,
        }
    }

    /// Something of what lies between two points may be in view.
    fn sees_between(&self, from: Point, to: Point) -> bool {
        Rect::from_corners(from, to)
            .expanded(4.0)
            .intersects(&self.frame)
    }

    fn sees(&self, line: &Line) -> bool {
        let mut around = Rect::from_corners(line.from, line.to);
        if let Some(control) = line.control {
            around.include(control);
        }
        around.expanded(4.0).intersects(&self.frame)
    }

    fn path(
        &self,
        index: u32,
        path: &Path,
        (width, color, pattern): (f32, Color, Pattern),
        (lines, arrows): (&mut Vec<Shape>, &mut Vec<Shape>),
    ) {
        let link = &self.projection.scene.links[index as usize];
        let last = path.count - 1;
        for (piece, way) in path.pieces().iter().enumerate() {
            if !self.sees(way) {
                continue;
            }
            let mut line = Line {
                width,
                color,
                pattern,
                ..*way
            };
            let headed = piece == last && link.directed && self.sees_head(link.target);
            let arrow = headed.then(|| self.arrow(&line, link.target)).flatten();
            if let Some(arrow) = &arrow {
                // The line ends inside its arrow head, whose tip stays sharp.
                line = line.cut_before(line.to.distance(arrow.tip) + arrow.length * 0.8);
            }
            lines.push(Shape::Line(line));
            arrows.extend(arrow.map(Shape::Arrow));
        }
    }

    /// The head of an arrow along `line`: its tip lies where the line meets the edge of its target.
    fn arrow(&self, line: &Line, target: u32) -> Option<Arrow> {
        let node = &self.projection.scene.nodes[target as usize];
        let measures = &Measures::get().line;
        let size = measures.arrow_length * self.projection.level.width_share.max(0.55)
            + 1.6 * (line.width - measures.width_min).max(0.0);
        let (middle, radius) = (
            self.projection.center(target),
            self.projection.radius(target),
        );
        let tip = line
            .cut_where(|at| node.form.covers(at - middle, radius, 0.0))
            .to;
        let gap = tip.distance(line.to);
        (line.from.distance(line.to) > gap + 2.0 * size).then(|| Arrow {
            tip,
            direction: (tip - line.cut_before(gap + size).to).normalized(),
            length: size,
            color: line.color,
        })
    }

    fn marks(&self, indices: &[u32], list: &mut DisplayList) {
        let measures = &Measures::get().node;
        let scene = self.projection.scene;
        let theme = scene.theme;
        let fills = crate::model::EntityKind::ALL
            .map(|kind| (kind, self.toned(theme.kind(kind), self.back)));
        let fill = |node: &Node| {
            let found = fills.iter().find(|(kind, _)| *kind == node.kind);
            found.map_or(theme.line, |&(_, color)| color)
        };
        for &index in indices {
            let center = self.projection.center(index);
            let radius = self.projection.radius(index);
            if !self.sees_mark(center, radius) {
                continue;
            }
            let node = &scene.nodes[index as usize];
            if radius >= measures.icon_from_radius {
                let mark = self.mark(node, center, radius, self.back);
                list.marks.push(Shape::Mark(mark));
            } else {
                list.dots.push(Dot {
                    center,
                    radius,
                    form: node.form,
                    fill: fill(node),
                    outline: self.outline(radius),
                });
            }
        }
    }

    fn sees_mark(&self, center: Point, radius: f32) -> bool {
        let reach = 1.3 * radius + 2.0 * Measures::get().node.ring;
        center.x >= self.frame.min.x - reach
            && center.x <= self.frame.max.x + reach
            && center.y >= self.frame.min.y - reach
            && center.y <= self.frame.max.y + reach
    }

    fn outline(&self, radius: f32) -> Option<(f32, Color)> {
        let measures = &Measures::get().node;
        let background = self.projection.scene.theme.background;
        (radius >= measures.outline_from_radius).then_some((measures.outline, background))
    }

    fn mark(&self, node: &Node, center: Point, radius: f32, back: f32) -> Mark {
        let measures = &Measures::get().node;
        let theme = self.projection.scene.theme;
        let has_icon = radius >= measures.icon_from_radius && !Icon(node.kind).pieces().is_empty();
        Mark {
            center,
            radius,
            form: node.form,
            fill: self.toned(theme.kind(node.kind), back),
            outline: self.outline(radius),
            ring: None,
            icon: has_icon.then_some((Icon(node.kind), theme.mark_ink)),
            pinned: (node.pinned && radius >= measures.icon_from_radius)
                .then(|| self.toned(theme.text, back)),
        }
    }

    /// What is followed: lines that stay, red lines, neighbors, and what it all is about.
    fn overlay(&self, overlay: &Overlay, list: &mut DisplayList) {
        let scene = self.projection.scene;
        let mut arrows = Vec::new();
        let lines = overlay.kept_links.iter().map(|index| (index, false));
        for (&index, red) in lines.chain(overlay.red_links.iter().map(|index| (index, true))) {
            let link = &scene.links[index as usize];
            let Some(path) = self.projection.path(index) else {
                continue;
            };
            let strength = if red { 1.25 } else { 1.0 };
            let width = link.width * self.projection.level.width_share * strength;
            let color = match (red, link.stated) {
                (true, _) => scene.theme.highlight,
                (false, true) => scene.theme.line,
                (false, false) => scene.theme.co_mention(),
            };
            self.path(
                index,
                &path,
                (width, color, link.pattern),
                (&mut list.followed, &mut arrows),
            );
        }
        self.overlay_marks(&overlay.neighbors, false, list);
        self.overlay_marks(&overlay.followed, true, list);
        list.followed.append(&mut arrows);
    }

    fn overlay_marks(&self, indices: &[u32], followed: bool, list: &mut DisplayList) {
        let scene = self.projection.scene;
        let ring = (Measures::get().node.ring, scene.theme.highlight);
        let mut order = indices.to_vec();
        // Small marks over large ones, as everywhere.
        let radius = |index: u32| scene.nodes[index as usize].radius;
        order.sort_by(|&a, &b| radius(b).total_cmp(&radius(a)).then(a.cmp(&b)));
        for index in order {
            let (center, radius) = (self.projection.center(index), self.projection.radius(index));
            if self.sees_mark(center, radius) {
                let mark = self.mark(&scene.nodes[index as usize], center, radius, 0.0);
                list.followed.push(Shape::Mark(Mark {
                    ring: followed.then_some(ring),
                    ..mark
                }));
            }
        }
    }
}
