//! What the geographic layout is given: where the places of a project lie, and on which map.

use crate::layout::Anchor;
use crate::model::{EntityId, Location, MapFrame, PlaceKind, Project};

/// Distance between a place and the nearest other that is aimed at, in world units.
const NEAREST: f32 = 80.0;
/// The map is at least and at most so wide for the square root of the nodes that lie on it.
const WIDTH: (f32, f32) = (75.0, 260.0);
/// Scales that make sense, in world units for a degree.
const SCALES: (f32, f32) = (6.0, 4000.0);

fn location(project: &Project, id: EntityId) -> Option<&Location> {
    let location = project.entity(id)?.location.as_ref()?;
    let sound = location.latitude.abs() <= 90.0 && location.longitude.abs() <= 180.0;
    // The gazetteer has no coordinates for continents and lost states.
    let known = location.latitude != 0.0 || location.longitude != 0.0;
    (sound && known).then_some(location)
}

/// Some of `entities` has coordinates.
pub(super) fn has_places(project: &Project, entities: &[EntityId]) -> bool {
    entities.iter().any(|&id| location(project, id).is_some())
}

/// The map for the places among `entities`: their middle in its middle, as large as their distances
/// and the number of nodes ask for. A map on which the user has pinned nodes stays as it is.
pub(super) fn frame_for(project: &Project, entities: &[EntityId]) -> MapFrame {
    let is_map = project.layout() == crate::model::LayoutChoice::Geographic;
    if is_map && entities.iter().any(|&id| project.placement(id).pinned) {
        return project.map();
    }
    let places: Vec<(f32, f32)> = entities
        .iter()
        .filter_map(|&id| location(project, id))
        .map(|place| (place.latitude, place.longitude))
        .collect();
    let extent = |values: &mut dyn Iterator<Item = f32>| {
        values.fold((f32::INFINITY, f32::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        })
    };
    let (south, north) = extent(&mut places.iter().map(|place| place.0));
    let (west, east) = extent(&mut places.iter().map(|place| place.1));
    if places.is_empty() {
        return MapFrame::default();
    }
    let middle = MapFrame {
        latitude: 0.5 * (south + north),
        longitude: 0.5 * (west + east),
        units_per_degree: 1.0,
    };
    let corner = middle.point_of(south, east);
    let across = (2.0 * corner.x).max(2.0 * corner.y * 1.4).max(0.05);
    let root = (entities.len() as f32 + 15.0).sqrt();
    let scale = (NEAREST / median_nearest(&middle, &places).max(1e-3))
        .clamp(WIDTH.0 * root / across, WIDTH.1 * root / across);
    MapFrame {
        units_per_degree: scale.clamp(SCALES.0, SCALES.1),
        ..middle
    }
}

/// The median over places of the distance to the nearest other one, in degrees of latitude.
fn median_nearest(frame: &MapFrame, places: &[(f32, f32)]) -> f32 {
    /// A sample is enough, and costs no more than this squared.
    const MOST: usize = 600;
    let step = places.len().div_ceil(MOST).max(1);
    let mut points: Vec<_> = places
        .iter()
        .step_by(step)
        .map(|&(latitude, longitude)| frame.point_of(latitude, longitude))
        .collect();
    points.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
    points.dedup();
    let mut nearest: Vec<f32> = points
        .iter()
        .map(|&point| {
            let others = points.iter().filter(|&&other| other != point);
            others
                .map(|&other| point.distance(other))
                .fold(f32::INFINITY, f32::min)
        })
        .filter(|distance| distance.is_finite())
        .collect();
    nearest.sort_by(f32::total_cmp);
    nearest.get(nearest.len() / 2).copied().unwrap_or(1.0)
}

/// For each of `entities` where it lies on the map: towns exactly, countries and regions about there.
/// The more mentioned of two on one spot stays.
pub(super) fn anchors(
    project: &Project,
    entities: &[EntityId],
    frame: &MapFrame,
) -> Vec<Option<Anchor>> {
    let anchor = |&id: &EntityId| {
        let place = location(project, id)?;
        let mentions = project.entity(id).map_or(0, |entity| entity.mentions.len());
        Some(Anchor {
            point: frame.point_of(place.latitude, place.longitude),
            is_firm: place.kind == PlaceKind::City,
            rank: u32::MAX - mentions.min(u32::MAX as usize) as u32,
        })
    };
    entities.iter().map(anchor).collect()
}
