//! The small pictures inside marks: read from `assets/icons/icons.json`, drawn for this program.

use crate::geometry::Point;
use crate::model::EntityKind;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::f32::consts::TAU;
use std::sync::OnceLock;

/// The picture of a kind of entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Icon(pub EntityKind);

/// One convex piece of an icon; coordinates are shares of the mark's radius around its middle.
#[derive(Clone, Debug, PartialEq)]
pub struct IconPiece {
    /// Corners, clockwise on screen.
    pub corners: Vec<Point>,
    /// Drawn in the mark's own color, on top of the pieces before: a hole in the picture.
    pub hole: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum RawPiece {
    Disc([f32; 3]),
    Polygon(Vec<[f32; 2]>),
    HoleDisc([f32; 3]),
    Hole(Vec<[f32; 2]>),
}

impl Icon {
    /// Its pieces in the order of drawing; empty for kinds without a picture.
    pub fn pieces(self) -> &'static [IconPiece] {
        static ICONS: OnceLock<BTreeMap<EntityKind, Vec<IconPiece>>> = OnceLock::new();
        ICONS
            .get_or_init(read)
            .get(&self.0)
            .map_or(&[], Vec::as_slice)
    }
}

fn read() -> BTreeMap<EntityKind, Vec<IconPiece>> {
    let raw: BTreeMap<EntityKind, Vec<RawPiece>> =
        serde_json::from_str(include_str!("../../assets/icons/icons.json")).unwrap_or_default();
    raw.into_iter()
        .map(|(kind, pieces)| (kind, pieces.into_iter().map(IconPiece::from).collect()))
        .collect()
}

impl From<RawPiece> for IconPiece {
    fn from(raw: RawPiece) -> Self {
        let hole = matches!(raw, RawPiece::HoleDisc(_) | RawPiece::Hole(_));
        let mut corners: Vec<Point> = match raw {
            RawPiece::Disc([x, y, r]) | RawPiece::HoleDisc([x, y, r]) => (0..20)
                .map(|i| {
                    let angle = TAU * i as f32 / 20.0;
                    Point::new(x + r * angle.cos(), y + r * angle.sin())
                })
                .collect(),
            RawPiece::Polygon(points) | RawPiece::Hole(points) => {
                points.into_iter().map(|[x, y]| Point::new(x, y)).collect()
            }
        };
        if doubled_area(&corners) < 0.0 {
            corners.reverse();
        }
        Self { corners, hole }
    }
}

fn doubled_area(corners: &[Point]) -> f32 {
    corners
        .iter()
        .zip(corners.iter().cycle().skip(1))
        .map(|(a, b)| a.x * b.y - b.x * a.y)
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_kinds_shown_at_first_have_pictures_of_convex_pieces() {
        for kind in EntityKind::SHOWN_AT_FIRST {
            let pieces = Icon(kind).pieces();
            assert!(!pieces.is_empty(), "{kind:?}");
            for piece in pieces {
                let n = piece.corners.len();
                for i in 0..n {
                    let [a, b, c] = [0, 1, 2].map(|k| piece.corners[(i + k) % n]);
                    let turn = (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x);
                    assert!(turn > -1e-4, "{kind:?} is not convex at corner {i}");
                    assert!((a - Point::default()).length() < 0.95);
                }
            }
        }
    }
}
