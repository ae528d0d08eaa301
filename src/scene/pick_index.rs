//! A grid over what a [`Detail`] draws, so that what lies under the pointer is found without going
//! through all of it. Made in slices, for frames that must not wait.
//!
//! The grid covers the region that the detail was chosen for, in cells of some screen points. Each cell
//! is a linked list: entering something takes the same time whatever is there already, and nothing has
//! to be sorted.

use super::build::Scene;
use super::detail::Detail;
use super::path::curve_in_world;
use crate::geometry::{Point, Rect};

/// Side of a cell in screen points, unless lines are so many and long that theirs have to be larger.
const CELL: f32 = 16.0;
/// No finer grid than this in one direction.
const MOST_CELLS: f32 = 768.0;
/// About so many entries at most: cells grow until the lines have no more.
const MOST_ENTRIES: f32 = 2_000_000.0;
/// Points of a line are entered so often in the length of a cell.
const STEPS_IN_A_CELL: f32 = 2.0;

/// Where marks and lines of a [`Detail`] lie.
#[derive(Clone, Debug)]
pub(super) struct PickIndex {
    marks: Grid,
    lines: Grid,
    /// Loops by the middle of their node.
    loops: Grid,
    pub(super) largest_radius: f32,
    pub(super) largest_bend_of_loop: f32,
}

impl PickIndex {
    /// All of it at once.
    pub(super) fn new(scene: &Scene, detail: &Detail) -> Self {
        let mut indexing = Indexing::start(detail);
        indexing.advance(scene, detail, usize::MAX);
        indexing.index
    }

    /// Nodes whose middle may lie in the rectangle.
    pub(super) fn marks_within(&self, rect: Rect) -> impl Iterator<Item = u32> + '_ {
        self.marks.within(rect)
    }

    /// Places in [`Detail::links`] of those that may pass the rectangle; one may come several times.
    pub(super) fn lines_within(&self, rect: Rect) -> impl Iterator<Item = u32> + '_ {
        let between = self.lines.cell / STEPS_IN_A_CELL;
        self.lines.within(rect.expanded(between))
    }

    /// Places in [`Detail::links`] of those from a node to itself whose middle may lie in the rectangle.
    pub(super) fn loops_within(&self, rect: Rect) -> impl Iterator<Item = u32> + '_ {
        self.loops.within(rect)
    }
}

/// An index that is being made.
#[derive(Clone, Debug)]
pub(super) struct Indexing {
    index: PickIndex,
    /// The length of all lines within the region, in world units.
    length: f32,
    phase: Phase,
    next: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Marks,
    Lengths,
    Lines,
    Done,
}

impl Indexing {
    /// Starts for what `detail` draws.
    pub(super) fn start(detail: &Detail) -> Self {
        let grid = Grid::over(detail.region().rect_in_world(), CELL / detail.zoom());
        Self {
            index: PickIndex {
                marks: grid.clone(),
                lines: grid.clone(),
                loops: grid,
                largest_radius: 0.0,
                largest_bend_of_loop: 0.0,
            },
            length: 0.0,
            phase: Phase::Marks,
            next: 0,
        }
    }

    /// Enters about `steps` more marks or pieces of lines of the same detail, in a scene in which
    /// nothing has moved since the start; gives whether all is done.
    pub(super) fn advance(&mut self, scene: &Scene, detail: &Detail, steps: usize) -> bool {
        let mut left = steps;
        while left > 0 {
            let done = match self.phase {
                Phase::Marks => self.enter_mark(scene, detail),
                Phase::Lengths => self.measure_line(scene, detail),
                Phase::Lines => self.enter_line(scene, detail),
                Phase::Done => return true,
            };
            left = left.saturating_sub(done);
        }
        self.phase == Phase::Done
    }

    /// The index, made to the end.
    pub(super) fn finish(self) -> PickIndex {
        self.index
    }

    fn go_to(&mut self, phase: Phase) -> usize {
        self.phase = phase;
        self.next = 0;
        1
    }

    /// Gives how many steps that took; so do the next two.
    fn enter_mark(&mut self, scene: &Scene, detail: &Detail) -> usize {
        let Some(&node) = detail.marks.get(self.next) else {
            return self.go_to(Phase::Lengths);
        };
        self.next += 1;
        let radius = scene.nodes[node as usize].radius;
        self.index.largest_radius = self.index.largest_radius.max(radius);
        self.index.marks.enter(scene.centers[node as usize], node);
        1
    }

    fn measure_line(&mut self, scene: &Scene, detail: &Detail) -> usize {
        let Some(&link) = detail.links.get(self.next) else {
            let cell = STEPS_IN_A_CELL * self.length / MOST_ENTRIES;
            if cell > self.index.lines.cell {
                self.index.lines = Grid::over(self.index.lines.rect, cell);
            }
            return self.go_to(Phase::Lines);
        };
        self.next += 1;
        if let Some((from, to, length)) = self.part_within(scene, link) {
            self.length += (to - from) * length;
        }
        1
    }

    /// From which share of its way to which a line may lie within the region, and a length that it does
    /// not exceed, in world units; `None` for loops and where it stays outside.
    fn part_within(&self, scene: &Scene, link_index: u32) -> Option<(f32, f32, f32)> {
        let link = &scene.links[link_index as usize];
        if link.source == link.target {
            return None;
        }
        let [from, to] = [link.source, link.target].map(|end| scene.centers[end as usize]);
        // The curve lies over its chord evenly, its middle `bend` away.
        let around = self.index.lines.rect.expanded(link.bend.abs());
        let (enter, leave) = around.part_inside(from, to)?;
        let length = from.distance(to) + 4.0 * link.bend.abs();
        length.is_finite().then_some((enter, leave, length))
    }

    fn enter_line(&mut self, scene: &Scene, detail: &Detail) -> usize {
        let Some(&link_index) = detail.links.get(self.next) else {
            return self.go_to(Phase::Done);
        };
        let place = self.next as u32;
        self.next += 1;
        let link = &scene.links[link_index as usize];
        if link.source == link.target {
            let bend = self.index.largest_bend_of_loop.max(link.bend);
            self.index.largest_bend_of_loop = bend;
            let at = scene.centers[link.source as usize];
            self.index.loops.enter(at, place);
            return 1;
        }
        let Some((enter, leave, length)) = self.part_within(scene, link_index) else {
            return 1;
        };
        let path = curve_in_world(scene, link_index);
        let lines = &mut self.index.lines;
        let steps = (STEPS_IN_A_CELL * (leave - enter) * length / lines.cell).ceil() as usize;
        let mut last = usize::MAX;
        for step in 0..=steps {
            let share = step as f32 / steps.max(1) as f32;
            let cell = lines.cell_at(path.at(enter + (leave - enter) * share));
            if cell != last {
                lines.enter_into(cell, place);
                last = cell;
            }
        }
        1 + steps / 4
    }
}

const NONE: u32 = u32::MAX;

/// Lists of indices for the cells of a grid. What lies beyond its edge is in the cell next to it.
#[derive(Clone, Debug)]
struct Grid {
    rect: Rect,
    cell: f32,
    columns: usize,
    rows: usize,
    /// The first entry of each cell.
    heads: Vec<u32>,
    /// What is there, and the next entry of the same cell.
    entries: Vec<(u32, u32)>,
}

impl Grid {
    fn over(rect: Rect, cell: f32) -> Self {
        let longest = rect.width().max(rect.height());
        let cell = cell.max(longest / MOST_CELLS).max(f32::MIN_POSITIVE);
        let count = |length: f32| (length / cell).ceil().clamp(1.0, MOST_CELLS) as usize;
        let (columns, rows) = (count(rect.width()), count(rect.height()));
        Self {
            rect,
            cell,
            columns,
            rows,
            heads: vec![NONE; columns * rows],
            entries: Vec::new(),
        }
    }

    fn place(&self, point: Point) -> (usize, usize) {
        let steps = (point - self.rect.min) * (1.0 / self.cell);
        // Saturates at both ends.
        let column = (steps.x as usize).min(self.columns - 1);
        let row = (steps.y as usize).min(self.rows - 1);
        (column, row)
    }

    fn cell_at(&self, point: Point) -> usize {
        let (column, row) = self.place(point);
        row * self.columns + column
    }

    fn enter(&mut self, point: Point, index: u32) {
        self.enter_into(self.cell_at(point), index);
    }

    fn enter_into(&mut self, cell: usize, index: u32) {
        self.entries.push((index, self.heads[cell]));
        self.heads[cell] = (self.entries.len() - 1) as u32;
    }

    /// What was entered into cells that the rectangle touches.
    fn within(&self, rect: Rect) -> impl Iterator<Item = u32> + '_ {
        let (low, high) = (self.place(rect.min), self.place(rect.max));
        let cells =
            (low.1..=high.1).flat_map(move |row| (low.0..=high.0).map(move |column| (row, column)));
        cells.flat_map(move |(row, column)| {
            let mut entry = self.heads[row * self.columns + column];
            std::iter::from_fn(move || {
                let (index, next) = *self.entries.get(entry as usize)?;
                entry = next;
                Some(index)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Vector;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_grid_gives_back_what_lies_in_a_rectangle(
            points in prop::collection::vec((-60.0_f32..60.0, -60.0_f32..60.0), 0..80),
            corner in (-60.0_f32..60.0, -60.0_f32..60.0),
        ) {
            let rect = Rect::from_corners(Point::new(-40.0, -40.0), Point::new(40.0, 30.0));
            let mut grid = Grid::over(rect, 7.0);
            for (index, &(x, y)) in points.iter().enumerate() {
                grid.enter(Point::new(x, y), index as u32);
            }
            let asked = Rect::from_center(Point::new(corner.0, corner.1), Vector::new(20.0, 12.0));
            let found: Vec<u32> = grid.within(asked).collect();
            for (index, &(x, y)) in points.iter().enumerate() {
                if asked.contains(Point::new(x, y)) {
                    prop_assert!(found.contains(&(index as u32)));
                }
            }
        }
    }
}
