//! Pictures that are made aside, so that a frame only swaps in the newest one: of nodes that a running
//! layout moves, and of a large scene of which something has changed.
//!
//! An [`Order`] holds all that a picture is made from; the [`Made`] picture has all that a frame needs.

use super::change::Told;
use super::choice::{Choice, Pace};
use super::focus::{Focus, overlay_for};
use super::glide::{Glide, Places};
use super::minimap;
use crate::geometry::{Camera, Rect, Vector};
use crate::model::{Project, SavedView, Visible};
use crate::scene::{
    Corners, DisplayList, LivePositions, Overlay, Scene, SceneInput, Theme, View, build,
    fitting_camera,
};
use crate::ui::paint::{AsidePainter, Painting};
use egui::epaint::Mesh;
use std::sync::Arc;

/// What tells one picture of a scene from another.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Wish {
    /// The layout's tick, or the number of the change.
    pub(super) tick: u64,
    /// `None` shows all that there is.
    pub(super) camera: Option<Camera>,
    pub(super) corners: Corners,
    pub(super) frame: egui::Rect,
    /// Counts what was followed.
    pub(super) focus: u64,
    pub(super) stepped_back: f32,
    pub(super) pixels_per_point: f32,
    /// Where the map draws its dots, if there is one.
    pub(super) map: Option<egui::Rect>,
    /// The pointer is over the picture and may ask what lies under it.
    pub(super) is_pointed_at: bool,
}

/// What has changed.
pub(super) enum Source {
    /// A running layout moves the nodes.
    Live(LivePositions),
    /// The project has its nodes elsewhere.
    Places(Arc<Project>),
    /// The project, or what of it is shown.
    Content(Box<Content>),
}

/// All that a scene is made from.
pub(super) struct Content {
    pub(super) project: Arc<Project>,
    pub(super) visible: Visible,
    pub(super) live: Option<LivePositions>,
    pub(super) theme: &'static Theme,
    pub(super) saved: SavedView,
    pub(super) focus: Focus,
}

/// All that a picture is made from.
pub(super) struct Order {
    pub(super) wish: Wish,
    pub(super) source: Source,
    pub(super) scene: Scene,
    pub(super) overlay: Overlay,
    pub(super) choice: Choice,
    /// As [`Choice::update`] wants it.
    pub(super) moves: u64,
    pub(super) pace: Pace,
    pub(super) painter: AsidePainter,
    pub(super) list: DisplayList,
    /// Nodes are to glide to their new places.
    pub(super) glides: bool,
}

/// A picture, with what picking and the map need to know of it.
pub(super) struct Made {
    pub(super) wish: Wish,
    pub(super) scene: Scene,
    pub(super) choice: Choice,
    pub(super) moves: u64,
    /// The camera that shows all.
    pub(super) fitting: Camera,
    /// The camera of the painting.
    pub(super) camera: Camera,
    pub(super) painting: Painting,
    pub(super) bounds_in_world: Rect,
    pub(super) map: Option<(egui::Rect, Arc<Mesh>)>,
    pub(super) list: DisplayList,
    /// What is new beside places.
    pub(super) content: Option<(Focus, Overlay, Told)>,
    pub(super) glide: Option<Glide>,
}

impl Order {
    pub(super) fn make(mut self) -> Made {
        let before = self.glides.then(|| Places::of(&self.scene));
        let content = self.take_in();
        let glide = before.and_then(|before| Glide::new(&before, &self.scene));
        let Self {
            wish,
            scene,
            mut overlay,
            mut choice,
            moves,
            pace,
            mut painter,
            mut list,
            ..
        } = self;
        if let Some((_, made, _)) = &content {
            overlay = made.clone();
        }
        let size = Vector::new(wish.frame.width(), wish.frame.height());
        let fitting = fitting_camera(&scene, size, wish.corners);
        let camera = wish.camera.unwrap_or(fitting);
        choice.update(&scene, &overlay, moves, (&camera, size), pace);
        let mut painting = Painting::default();
        if let (Some(detail), Some(labels)) = (choice.detail(), choice.labels()) {
            let view = View {
                camera,
                size,
                detail,
                labels,
                overlay: choice.overlay_labels().map(|placed| (&overlay, placed)),
                stepped_back: wish.stepped_back,
                reserved: &wish.corners.rects(size),
            };
            scene.display_into(&view, &mut list);
            painting = painter.prepare(wish.pixels_per_point, wish.frame, &list);
            if wish.is_pointed_at {
                scene.prepare_to_pick(detail);
            }
        }
        let bounds_in_world = scene.bounds_in_world();
        let map = wish.map.map(|inner| {
            let dots = minimap::dots(inner, &scene, &bounds_in_world);
            (inner, Arc::new(dots))
        });
        Made {
            wish,
            scene,
            choice,
            moves,
            fitting,
            camera,
            painting,
            bounds_in_world,
            map,
            list,
            content,
            glide,
        }
    }

    /// Brings the scene up to date; gives what is new of it beside places.
    fn take_in(&mut self) -> Option<(Focus, Overlay, Told)> {
        match &self.source {
            Source::Live(live) => self.scene.follow_layout(live),
            Source::Places(project) => {
                self.scene.take_places(project);
                self.choice.forget_places();
            }
            Source::Content(content) => {
                let Content {
                    project,
                    visible,
                    live,
                    theme,
                    saved,
                    focus,
                } = &**content;
                let before = Places::of(&self.scene);
                self.scene = build(&SceneInput {
                    project,
                    visible,
                    live: live.as_ref(),
                    theme,
                });
                self.choice.start_again(before.are_of(&self.scene));
                let overlay = overlay_for(&self.scene, focus);
                let told = Told::of(project, saved, &self.scene);
                return Some((focus.clone(), overlay, told));
            }
        }
        None
    }
}
