//! How places of the earth lie in the picture.

use crate::geometry::Point;
use serde::{Deserialize, Serialize};

/// An equirectangular map: degrees of longitude and latitude become units of the world, shapes are
/// right around the latitude of the middle.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct MapFrame {
    /// Latitude of the middle, in degrees, north positive; it lies at the world's origin.
    pub latitude: f32,
    /// Longitude of the middle, in degrees, east positive.
    pub longitude: f32,
    /// World units for a degree of latitude; positive.
    pub units_per_degree: f32,
}

impl Default for MapFrame {
    /// The whole world around the equator.
    fn default() -> Self {
        Self {
            latitude: 0.0,
            longitude: 0.0,
            units_per_degree: 20.0,
        }
    }
}

impl MapFrame {
    /// Farther from the equator shapes are not kept: the map would have no width.
    const FARTHEST: f32 = 70.0;

    /// Where a place lies, from its latitude and longitude in degrees.
    pub fn point_of(&self, latitude: f32, longitude: f32) -> Point {
        let shrink = self
            .latitude
            .clamp(-Self::FARTHEST, Self::FARTHEST)
            .to_radians()
            .cos();
        Point::new(
            (longitude - self.longitude) * shrink * self.units_per_degree,
            (self.latitude - latitude) * self.units_per_degree,
        )
    }

    /// All its numbers are such as a map can have.
    pub fn is_sound(&self) -> bool {
        self.latitude.abs() <= 90.0
            && self.longitude.abs() <= 360.0
            && (1e-3..=1e6).contains(&self.units_per_degree)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn north_is_up_and_shapes_are_right_in_the_middle() {
        let frame = MapFrame {
            latitude: 60.0,
            longitude: 30.0,
            units_per_degree: 10.0,
        };
        assert_eq!(frame.point_of(60.0, 30.0), Point::default());
        let north = frame.point_of(61.0, 30.0);
        assert!(north.y < 0.0 && north.x == 0.0);
        // At 60 degrees a degree of longitude is half as long as one of latitude.
        assert!((frame.point_of(60.0, 32.0).x - 10.0).abs() < 1e-3);
        assert!(frame.is_sound() && MapFrame::default().is_sound());
    }
}
