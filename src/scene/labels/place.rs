//! All labels of a view at once.

use super::placed::PlacedLabels;
use super::placer::{Named, Placer};
use super::placing::Placing;
use crate::geometry::{Camera, Vector};
use crate::scene::build::Scene;
use crate::scene::overlay::Overlay;
use crate::scene::region::Region;

/// Places labels for a view of `size` screen points: those of nodes that are large enough at this zoom.
pub fn place(scene: &Scene, camera: &Camera, size: Vector) -> PlacedLabels {
    let mut placing = Placing::start(scene, camera, size, None);
    placing.advance(scene, usize::MAX);
    placing.finish()
}

/// Places the labels of all nodes for which there is room, however small: for a picture that cannot
/// be zoomed into.
pub fn place_all(scene: &Scene, camera: &Camera, size: Vector) -> PlacedLabels {
    let mut placing = Placing::start(scene, camera, size, None);
    placing.label_all();
    placing.advance(scene, usize::MAX);
    placing.finish()
}

/// Places the labels of what `overlay` holds in front: followed nodes first, then their neighbors,
/// then the red lines.
pub fn place_overlay(
    scene: &Scene,
    overlay: &Overlay,
    camera: &Camera,
    size: Vector,
) -> PlacedLabels {
    let mut placer = Placer::new(scene, Region::around(camera, size));
    let mut by_rank: Vec<(bool, usize, u32)> = Vec::new();
    let followed = overlay.followed.iter().map(|&index| (false, index));
    let neighbors = overlay.neighbors.iter().map(|&index| (true, index));
    for (lesser, index) in followed.chain(neighbors) {
        let mentions = usize::MAX - scene.nodes[index as usize].mentions;
        by_rank.push((lesser, mentions, index));
    }
    by_rank.sort_unstable();
    for (rank, &(_, _, index)) in by_rank.iter().enumerate() {
        placer.enter_mark(scene, index, rank as u32);
    }
    for (rank, (lesser, _, index)) in by_rank.into_iter().enumerate() {
        let named = Named {
            index,
            rank: rank as u32,
            heavy: !lesser,
            before: None,
        };
        placer.place_node(scene, &named);
    }
    for &index in &overlay.red_links {
        placer.place_link(scene, index);
    }
    placer.finish()
}
