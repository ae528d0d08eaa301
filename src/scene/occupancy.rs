//! Which parts of the plane are taken: a grid of lists of rectangles.

use super::shape::Form;
use super::theme::Measures;
use crate::geometry::{Point, Rect, Vector};

const CELL: f32 = 32.0;
/// No entry: none has that number.
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
    /// The mark of the node at `index`.
    Mark {
        index: u32,
        /// So much is shown that it is a mere dot.
        is_dot: bool,
        /// So many are named before it.
        rank: u32,
    },
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
    pub(super) fn insert_mark(
        &mut self,
        (index, form, rank): (u32, Form, u32),
        center: Point,
        radius: f32,
    ) {
        let side = 2.0 * (radius * form.extent() + CLEAR);
        let is_dot = radius <= Measures::get().node.screen_radius_dot;
        let mark = Occupant::Mark {
            index,
            is_dot,
            rank,
        };
        self.insert(Rect::from_center(center, Vector::new(side, side)), mark);
    }

    /// Takes up room that may be larger than any label, and that all may ask for.
    pub(super) fn reserve(&mut self, rect: Rect) {
        self.reserved.push(rect);
    }

    /// Something that `blocks` touches the rectangle.
    pub(super) fn is_taken(&self, rect: &Rect, blocks: impl Fn(Occupant) -> bool) -> bool {
        self.is_reserved(rect) || self.touched(rect).any(|(_, occupant)| blocks(occupant))
    }

    /// The rectangle touches room that all may ask for.
    pub(super) fn is_reserved(&self, rect: &Rect) -> bool {
        self.reserved.iter().any(|taken| taken.intersects(rect))
    }

    /// What the rectangle touches, beside what is reserved; each as often as they share squares of the grid.
    pub(super) fn touched<'a>(
        &'a self,
        rect: &'a Rect,
    ) -> impl Iterator<Item = (&'a Rect, Occupant)> {
        let of_cell = move |cell: usize| {
            let mut entry = self.heads[cell];
            std::iter::from_fn(move || {
                let (id, next) = *self.entries.get(entry as usize)?;
                entry = next;
                Some(id)
            })
        };
        (self.cells(rect).flat_map(of_cell))
            .map(move |id| &self.rects[id as usize])
            .filter(move |(taken, _)| taken.intersects(rect))
            .map(|(taken, occupant)| (taken, *occupant))
    }
}
