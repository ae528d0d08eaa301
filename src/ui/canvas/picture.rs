//! The scene, its overlay, its labels and its triangles, each made anew only when something that it
//! depends on changed.

use super::view::CanvasView;
use crate::geometry::{Camera, Point, Vector};
use crate::model::{EntityId, EntityKind, Filters, RelationId};
use crate::scene::labels::{self, PlacedLabels};
use crate::scene::{
    Hit, LegendEntry, Overlay, Scene, SceneInput, Theme, View, build, legend_entries,
};
use crate::ui::paint::{CanvasPainter, Painting};
use std::collections::{BTreeMap, BTreeSet};

/// What the overlay follows.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Focus {
    pub(super) entities: BTreeSet<EntityId>,
    pub(super) relation: Option<RelationId>,
    /// The node or line under the pointer, which comes on top of the rest.
    pub(super) hovered: Option<Hit>,
}

impl Focus {
    /// The selection, and with it the node or line under the pointer.
    pub(super) fn of(view: &CanvasView, hovered: Option<Hit>) -> Self {
        Self {
            entities: view.saved.selection.clone(),
            relation: view.saved.selected_relation,
            hovered,
        }
    }
}

#[derive(Clone, PartialEq)]
struct SceneKey {
    revision: u64,
    filters: Filters,
    dark: bool,
}

#[derive(Clone, PartialEq)]
struct PaintKey {
    moves: u64,
    camera: Camera,
    frame: egui::Rect,
    stepped_back: f32,
    pixels_per_point: f32,
}

/// All that is drawn, with what it was made from.
pub(super) struct Picture {
    pub(super) scene: Scene,
    pub(super) overlay: Overlay,
    /// How many entities of each kind the legend tells: those shown, or all of a kind that is hidden.
    pub(super) kind_counts: BTreeMap<EntityKind, usize>,
    /// What of it the legend tells beside kinds.
    pub(super) line_entries: Vec<LegendEntry>,
    key: Option<SceneKey>,
    live_tick: Option<u64>,
    /// Grows whenever the scene or a position changes.
    moves: u64,
    focus: Focus,
    labels: Option<(u64, PlacedLabels)>,
    overlay_labels: Option<(u64, PlacedLabels)>,
    painting: Option<(PaintKey, Painting)>,
    painter: CanvasPainter,
}

impl Default for Picture {
    fn default() -> Self {
        Self {
            scene: Scene {
                nodes: Vec::new(),
                links: Vec::new(),
                theme: Theme::light(),
                draw_order: Vec::new(),
                label_order: Vec::new(),
            },
            overlay: Overlay::default(),
            kind_counts: BTreeMap::new(),
            line_entries: Vec::new(),
            key: None,
            live_tick: None,
            moves: 0,
            focus: Focus::default(),
            labels: None,
            overlay_labels: None,
            painting: None,
            painter: CanvasPainter::default(),
        }
    }
}

impl Picture {
    /// Takes in what changed since the last frame. `dragged` stands in for positions.
    pub(super) fn update(&mut self, view: &CanvasView, dragged: &[(EntityId, Point)]) {
        let key = SceneKey {
            revision: view.revision,
            filters: view.saved.filters.clone(),
            dark: view.theme.dark,
        };
        if self.key.as_ref() != Some(&key) {
            self.scene = build(&SceneInput {
                project: view.project,
                visible: view.visible,
                live: view.live.map(|(live, _)| live),
                theme: view.theme,
            });
            self.key = Some(key);
            self.live_tick = view.live.map(|(_, tick)| tick);
            self.count_kinds(view);
            self.moves += 1;
            self.overlay = self.overlay_for(&self.focus);
        }
        if let Some((live, tick)) = view.live
            && self.live_tick != Some(tick)
        {
            self.scene
                .move_nodes(live.iter().map(|(&id, &point)| (id, point)));
            self.live_tick = Some(tick);
            self.moves += 1;
        }
        self.move_nodes(dragged);
    }

    /// Draws nodes elsewhere than the project has them.
    pub(super) fn move_nodes(&mut self, moves: &[(EntityId, Point)]) {
        if !moves.is_empty() {
            self.scene.move_nodes(moves.iter().copied());
            self.moves += 1;
        }
    }

    /// A drag was broken off: positions are those of the project again with the next update.
    pub(super) fn forget_positions(&mut self) {
        self.key = None;
    }

    fn count_kinds(&mut self, view: &CanvasView) {
        self.kind_counts.clear();
        for entity in view.project.entities() {
            if !view.saved.filters.kinds.contains(&entity.kind) {
                *self.kind_counts.entry(entity.kind).or_default() += 1;
            }
        }
        for node in &self.scene.nodes {
            *self.kind_counts.entry(node.kind).or_default() += 1;
        }
        self.line_entries = legend_entries(&self.scene);
        self.line_entries
            .retain(|entry| !matches!(entry, LegendEntry::Kind(..)));
    }

    fn overlay_for(&self, focus: &Focus) -> Overlay {
        let scene = &self.scene;
        let selected = Overlay::following(scene, &focus.entities, focus.relation);
        match focus.hovered {
            Some(Hit::Entity(id)) if !focus.entities.contains(&id) => {
                selected.joined(&Overlay::following(scene, &[id].into(), None))
            }
            Some(Hit::Relation(id)) if focus.relation != Some(id) => {
                selected.joined(&Overlay::following(scene, &BTreeSet::new(), Some(id)))
            }
            _ => selected,
        }
    }

    /// Follows something else from now on.
    pub(super) fn follow(&mut self, focus: Focus) {
        if self.focus != focus {
            self.overlay = self.overlay_for(&focus);
            self.focus = focus;
            self.overlay_labels = None;
            self.painting = None;
        }
    }

    /// Draws all of it.
    pub(super) fn draw(
        &mut self,
        ui: &egui::Ui,
        frame: egui::Rect,
        camera: Camera,
        stepped_back: f32,
    ) {
        let key = PaintKey {
            moves: self.moves,
            camera,
            frame,
            stepped_back,
            pixels_per_point: ui.ctx().pixels_per_point(),
        };
        if self.painting.as_ref().map(|(key, _)| key) != Some(&key) {
            let painting = self.prepare(ui.ctx(), &key);
            self.painting = Some((key, painting));
        }
        if let Some((_, painting)) = &self.painting {
            painting.draw(ui.painter());
        }
    }

    fn prepare(&mut self, ctx: &egui::Context, key: &PaintKey) -> Painting {
        let size = Vector::new(key.frame.width(), key.frame.height());
        let (scene, camera, moves) = (&self.scene, &key.camera, self.moves);
        let holds = |cached: &Option<(u64, PlacedLabels)>| {
            cached
                .as_ref()
                .is_some_and(|(at, placed)| *at == moves && placed.holds_for(camera, size))
        };
        if !holds(&self.labels) {
            self.labels = Some((moves, labels::place(scene, camera, size)));
        }
        if !self.overlay.is_empty() && !holds(&self.overlay_labels) {
            let placed = labels::place_overlay(scene, &self.overlay, camera, size);
            self.overlay_labels = Some((moves, placed));
        }
        let overlay = match &self.overlay_labels {
            Some((_, placed)) if !self.overlay.is_empty() => Some((&self.overlay, placed)),
            _ => None,
        };
        let Some((_, placed)) = &self.labels else {
            return Painting::default();
        };
        let list = scene.display(&View {
            camera: key.camera,
            size,
            labels: placed,
            overlay,
            stepped_back: key.stepped_back,
            whole_labels_only: false,
        });
        self.painter.prepare(ctx, key.frame, &list)
    }
}
