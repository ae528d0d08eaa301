//! Which parts of the plane are taken: a grid of lists of rectangles.

use super::shape::Form;
use super::theme::Measures;
use crate::geometry::{Point, Rect, Vector};

const CELL: f32 = 32.0;
const NONE: u32 = u32::MAX;
/// Names keep so far from marks that are not theirs, in screen points.
pub(super) const CLEAR: f32 = 2.0;
/// No rectangle is entered into more cells in one direction; none that a label or mark can have is so large.
const MOST_CELLS: usize = 64;

/// What takes up room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Occupant {
    /// A label.
    Label,
    /// The mark of the node at `index`; `is_dot` if so much is shown that it is a mere dot.
    Mark { index: u32, is_dot: bool },
    /// A line that is worth keeping clear of names.
    Line,
    /// Where the label of the node at `index` would be looked for first.
    Wish { index: u32 },
}

/// Rectangles found by place. Asking costs time in proportion to the rectangles nearby.
#[derive(Clone, Debug)]
pub(super) struct Occupancy {
    region: Rect,
    columns: usize,
    rows: usize,
    heads: Vec<u32>,
    entries: Vec<(u32, u32)>,
    rects: Vec<(Rect, Occupant)>,
    reserved: Vec<Rect>,
}

impl Occupancy {
    /// An empty plane; only what touches `region` is kept.
    pub(super) fn new(region: Rect) -> Self {
        let count = |length: f32| ((length / CELL).ceil().max(1.0) as usize).min(1024);
        let (columns, rows) = (count(region.width()), count(region.height()));
        Self {
            region,
            columns,
            rows,
            heads: vec![NONE; columns * rows],
            entries: Vec::new(),
            rects: Vec::new(),
            reserved: Vec::new(),
        }
    }

    fn cell_of(&self, point: Point) -> (usize, usize) {
        let share = |value: f32, min: f32, length: f32, count: usize| {
            let index = (value - min) / length.max(1.0) * count as f32;
            (index.max(0.0) as usize).min(count - 1)
        };
        (
            share(
                point.x,
                self.region.min.x,
                self.region.width(),
                self.columns,
            ),
            share(point.y, self.region.min.y, self.region.height(), self.rows),
        )
    }

    fn cells(&self, rect: &Rect) -> impl Iterator<Item = usize> + use<> {
        let (x0, y0) = self.cell_of(rect.min);
        let (x1, y1) = self.cell_of(rect.max);
        let columns = self.columns;
        (y0..=y1.min(y0 + MOST_CELLS))
            .flat_map(move |y| (x0..=x1.min(x0 + MOST_CELLS)).map(move |x| y * columns + x))
    }

    /// Takes up room.
    pub(super) fn insert(&mut self, rect: Rect, occupant: Occupant) {
        if !rect.intersects(&self.region) {
            return;
        }
        let id = self.rects.len() as u32;
        self.rects.push((rect, occupant));
        for cell in self.cells(&rect) {
            self.entries.push((id, self.heads[cell]));
            self.heads[cell] = (self.entries.len() - 1) as u32;
        }
    }

    /// Takes up the room of a mark with what names keep clear around it.
    pub(super) fn insert_mark(&mut self, (index, form): (u32, Form), center: Point, radius: f32) {
        let side = 2.0 * (radius * form.extent() + CLEAR);
        let is_dot = radius <= Measures::get().node.screen_radius_dot;
        self.insert(
            Rect::from_center(center, Vector::new(side, side)),
            Occupant::Mark { index, is_dot },
        );
    }

    /// Takes up room that may be larger than any label, and that all may ask for.
    pub(super) fn reserve(&mut self, rect: Rect) {
        self.reserved.push(rect);
    }

    /// Something that `blocks` touches the rectangle.
    pub(super) fn is_taken(&self, rect: &Rect, blocks: impl Fn(Occupant) -> bool) -> bool {
        if self.reserved.iter().any(|taken| taken.intersects(rect)) {
            return true;
        }
        self.cells(rect).any(|cell| {
            let mut entry = self.heads[cell];
            while entry != NONE {
                let (id, next) = self.entries[entry as usize];
                let (taken, occupant) = &self.rects[id as usize];
                if taken.intersects(rect) && blocks(*occupant) {
                    return true;
                }
                entry = next;
            }
            false
        })
    }
}
