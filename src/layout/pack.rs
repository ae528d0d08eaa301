//! Rectangles side by side: components of a graph in one picture.
//!
//! A skyline of columns (bottom-left rule, as in Chazelle 1983): each rectangle, the largest first,
//! goes where its upper edge comes out highest.

/// Columns of the skyline.
const COLUMNS: usize = 240;
/// Width of the picture by its height.
const ASPECT: f32 = 1.5;

/// Upper left corners for rectangles of these widths and heights, none over another. The first
/// rectangle of the largest height comes to (0, 0); all coordinates are at least 0.
pub(super) fn pack(sizes: &[(f32, f32)]) -> Vec<(f32, f32)> {
    let area: f32 = sizes.iter().map(|(width, height)| width * height).sum();
    let widest = sizes.iter().fold(0.0_f32, |most, size| most.max(size.0));
    let width = widest.max((area * ASPECT).sqrt()).max(1.0);
    let column = width / COLUMNS as f32;
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by(|&a, &b| sizes[b].1.total_cmp(&sizes[a].1).then(a.cmp(&b)));
    let mut skyline = vec![0.0_f32; COLUMNS];
    let mut corners = vec![(0.0, 0.0); sizes.len()];
    for index in order {
        let (width, height) = sizes[index];
        let needed = ((width / column).ceil() as usize).clamp(1, COLUMNS);
        let (top, first) = highest(&skyline, needed);
        corners[index] = (first as f32 * column, top);
        skyline[first..first + needed].fill(top + height);
    }
    corners
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
        fn no_rectangle_lies_over_another(sizes in prop::collection::vec((1.0f32..300.0, 1.0f32..300.0), 0..40)) {
            let corners = pack(&sizes);
            for a in 0..sizes.len() {
                for b in 0..a {
                    let apart = corners[a].0 + sizes[a].0 <= corners[b].0 + 0.01
                        || corners[b].0 + sizes[b].0 <= corners[a].0 + 0.01
                        || corners[a].1 + sizes[a].1 <= corners[b].1 + 0.01
                        || corners[b].1 + sizes[b].1 <= corners[a].1 + 0.01;
                    prop_assert!(apart);
                }
            }
        }
    }
}
