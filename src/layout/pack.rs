//! Rectangles side by side: components of a graph in one picture.
//!
//! A skyline of columns (bottom-left rule, as in Chazelle 1983): each rectangle, the largest first,
//! goes where its upper edge comes out highest. Several widths of the picture are tried; the one
//! counts whose outcome can be shown largest on a page of the aspect that is aimed at.

/// Columns of the skyline.
const COLUMNS: usize = 240;
/// Widths of the picture that are tried, as shares of the narrowest.
const WIDTHS: [f32; 10] = [1.0, 1.08, 1.16, 1.25, 1.35, 1.5, 1.7, 1.9, 2.2, 2.6];
/// With more rectangles than this only the width that their area asks for is tried.
const MANY: usize = 150;
/// How many columns a block of cells has that stands among the rectangles: so many times as many from
/// one try to the next.
const MORE_COLUMNS: f32 = 1.4;
/// Such a block has to make the whole so much smaller than rows below all.
const WORTH_A_BLOCK: f32 = 0.97;
/// Room of a cell of the rows may grow by this factor, so that rows fill the width.
const LOOSEST: f32 = 1.3;

/// Where rectangles and the cells below them go.
#[derive(Clone, Debug, Default)]
pub(super) struct Packing {
    /// Upper left corner of each rectangle, in the order given.
    pub corners: Vec<(f32, f32)>,
    /// Upper left corner of each cell, row by row.
    pub cells: Vec<(f32, f32)>,
    /// Width and height of all.
    pub size: (f32, f32),
}

impl Packing {
    /// Width of the page of that aspect that holds all.
    fn page_width(&self, aspect: f32) -> f32 {
        self.size.0.max(self.size.1 * aspect)
    }
}

/// Places rectangles of these widths and heights, none over another, and as many cells of one size:
/// below them, in rows that share their width, or as a block among them where that leaves less of a page
/// empty. All coordinates are at least 0; the whole is about `aspect` times as wide as high.
pub(super) fn pack(
    sizes: &[(f32, f32)],
    cell_count: usize,
    cell: (f32, f32),
    aspect: f32,
) -> Packing {
    let mut best = pack_above_rows(sizes, cell_count, cell, aspect);
    if sizes.is_empty() || sizes.len() > MANY {
        return best;
    }
    let mut columns = 1;
    while columns < cell_count {
        let tried = pack_with_block(sizes, (cell_count, columns), cell, aspect);
        if tried.page_width(aspect) < WORTH_A_BLOCK * best.page_width(aspect) {
            best = tried;
        }
        columns = (columns + 1).max((columns as f32 * MORE_COLUMNS) as usize);
    }
    best
}

/// [`pack`] with all cells in one block of so many columns.
fn pack_with_block(
    sizes: &[(f32, f32)],
    (cell_count, columns): (usize, usize),
    cell: (f32, f32),
    aspect: f32,
) -> Packing {
    let rows = cell_count.div_ceil(columns);
    let mut with_block = sizes.to_vec();
    with_block.push((columns as f32 * cell.0, rows as f32 * cell.1));
    let mut packing = pack_above_rows(&with_block, 0, cell, aspect);
    let (left, top) = packing.corners.pop().unwrap_or_default();
    packing.cells = (0..cell_count)
        .map(|index| {
            let (row, column) = (index / columns, index % columns);
            (left + column as f32 * cell.0, top + row as f32 * cell.1)
        })
        .collect();
    packing
}

/// [`pack`] with all cells in rows below.
fn pack_above_rows(
    sizes: &[(f32, f32)],
    cell_count: usize,
    cell: (f32, f32),
    aspect: f32,
) -> Packing {
    let area: f32 = sizes.iter().map(|(width, height)| width * height).sum();
    let area = area + cell_count as f32 * cell.0 * cell.1;
    let widest = sizes.iter().fold(0.0_f32, |most, size| most.max(size.0));
    let by_area = widest.max((area * aspect).sqrt()).max(1.0);
    let mut best = pack_in(sizes, cell_count, cell, by_area);
    if sizes.len() <= MANY {
        for share in WIDTHS {
            let tried = pack_in(sizes, cell_count, cell, (widest * share).max(1.0));
            if tried.page_width(aspect) < best.page_width(aspect) {
                best = tried;
            }
        }
    }
    best
}

/// The packing in a picture of that width.
fn pack_in(sizes: &[(f32, f32)], cell_count: usize, cell: (f32, f32), width: f32) -> Packing {
    let column = width / COLUMNS as f32;
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by(|&a, &b| sizes[b].1.total_cmp(&sizes[a].1).then(a.cmp(&b)));
    let mut skyline = vec![0.0_f32; COLUMNS];
    let mut corners = vec![(0.0, 0.0); sizes.len()];
    let (mut right, mut bottom) = (0.0_f32, 0.0_f32);
    for index in order {
        let (across, down) = sizes[index];
        let needed = ((across / column).ceil() as usize).clamp(1, COLUMNS);
        let (top, first) = highest(&skyline, needed);
        corners[index] = (first as f32 * column, top);
        skyline[first..first + needed].fill(top + down);
        right = right.max(corners[index].0 + across);
        bottom = bottom.max(top + down);
    }
    let used = if sizes.is_empty() { width } else { right };
    let cells = rows(cell_count, cell, used, bottom);
    if let Some(&(_, last)) = cells.last() {
        bottom = last + cell.1;
    }
    for &(left, _) in &cells {
        right = right.max(left + cell.0);
    }
    Packing {
        corners,
        cells,
        size: (right, bottom),
    }
}

/// Cells in rows as even as can be, spread over the width, from `top` down.
fn rows(count: usize, cell: (f32, f32), width: f32, top: f32) -> Vec<(f32, f32)> {
    let most = ((width / cell.0) as usize).max(1);
    let rows = count.div_ceil(most).max(1);
    let columns = count.div_ceil(rows).max(1);
    let across = (width / columns as f32).clamp(cell.0, LOOSEST * cell.0);
    let left = (0.5 * (width - across * columns as f32)).max(0.0) + 0.5 * (across - cell.0);
    (0..count)
        .map(|index| {
            let (row, column) = (index / columns, index % columns);
            (left + column as f32 * across, top + row as f32 * cell.1)
        })
        .collect()
}

/// The highest place for a rectangle `needed` columns wide: its top, and its first column.
fn highest(skyline: &[f32], needed: usize) -> (f32, usize) {
    let mut best = (f32::INFINITY, 0);
    for first in 0..=skyline.len() - needed {
        let top = skyline[first..first + needed]
            .iter()
            .fold(0.0_f32, |most, &value| most.max(value));
        if top < best.0 {
            best = (top, first);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_rectangle_lies_over_another(
            sizes in prop::collection::vec((1.0f32..300.0, 1.0f32..300.0), 0..40),
            cells in 0usize..60,
        ) {
            let packing = pack(&sizes, cells, (40.0, 20.0), 1.4);
            let corners: Vec<_> = packing.corners.iter().chain(&packing.cells).collect();
            let size = |at: usize| sizes.get(at).copied().unwrap_or((40.0, 20.0));
            prop_assert_eq!(corners.len(), sizes.len() + cells);
            for a in 0..corners.len() {
                prop_assert!(corners[a].0 + size(a).0 <= packing.size.0 + 0.01);
                prop_assert!(corners[a].1 + size(a).1 <= packing.size.1 + 0.01);
                for b in 0..a {
                    let apart = corners[a].0 + size(a).0 <= corners[b].0 + 0.01
                        || corners[b].0 + size(b).0 <= corners[a].0 + 0.01
                        || corners[a].1 + size(a).1 <= corners[b].1 + 0.01
                        || corners[b].1 + size(b).1 <= corners[a].1 + 0.01;
                    prop_assert!(apart);
                }
            }
        }
    }

    #[test]
    fn cells_stand_where_the_page_has_room() {
        // Beside a square on a wide page, below it on a high one.
        let beside = pack(&[(400.0, 400.0)], 12, (90.0, 50.0), 1.8);
        assert!(
            beside
                .cells
                .iter()
                .all(|cell| cell.0 >= 400.0 && cell.1 < 400.0)
        );
        let below = pack(&[(400.0, 400.0)], 12, (90.0, 50.0), 0.7);
        assert!(below.cells.iter().all(|cell| cell.1 >= 400.0));
    }

    #[test]
    fn a_large_and_many_small_rectangles_fill_a_wide_page() {
        let mut sizes = vec![(80.0, 40.0); 20];
        sizes.push((800.0, 600.0));
        let packing = pack(&sizes, 30, (100.0, 40.0), 1.4);
        let (width, height) = packing.size;
        assert!(
            (1.0..1.8).contains(&(width / height)),
            "{width} by {height}"
        );
        assert!(width * height < 1.4 * (80.0 * 40.0 * 20.0 + 800.0 * 600.0 + 30.0 * 4000.0));
    }
}
