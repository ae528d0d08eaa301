//! Selection, camera, filters and reader: what is changed without a step of undo.

use super::command::{Command, SelectMode};
use super::notices::Severity;
use super::{ReaderView, Session};
use crate::geometry::{Camera, Point, Rect, Vector};
use crate::model::{EntityId, Filters, SavedView};
use crate::scene::{self, Corners, SceneInput, Theme};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Screen points that a fit leaves free on each side, for labels.
const MARGIN: f32 = 56.0;
/// A fit of few nodes does not blow them up beyond this.
const MOST_ZOOM_OF_FIT: f32 = 1.6;
/// Flying to an entity zooms in at least to where its label and neighbours can be read.
const ZOOM_OF_FLIGHT: f32 = 1.0;

impl Session {
    /// Carries out a command that changes the view; gives it back if it is of another sort.
    pub(super) fn run_view(&mut self, command: Command) -> Option<Command> {
        match command {
            Command::Select(entities, mode) => self.select(&entities, mode),
            Command::SelectRelation(relation) => self.change_view(|view| {
                view.selected_relation = relation;
                if relation.is_some() {
                    view.selection.clear();
                }
            }),
            Command::SelectAll => {
                let all = self.project().view.groups.drawn(self.visible());
                self.select(&all, SelectMode::Replace);
            }
            Command::SelectNone => self.select(&[], SelectMode::Replace),
            Command::InvertSelection => {
                let all = self.project().view.groups.drawn(self.visible());
                self.select(&all, SelectMode::Toggle);
            }
            Command::GrowSelection => {
                let selection = &self.project().view.selection;
                let selection: Vec<EntityId> = selection.iter().copied().collect();
                let near = self.neighbors_of(&selection);
                self.select(&near, SelectMode::Add);
            }
            Command::SetCamera(camera) => self.set_camera(camera),
            Command::FitAll => self.fit_all(),
            Command::FitSelection => {
                let selection: Vec<EntityId> =
                    self.project().view.selection.iter().copied().collect();
                self.fit(&selection);
            }
            Command::FlyTo(entity) => self.fly_to(entity),
            Command::ZoomBy(factor) => {
                let middle = Point::default() + self.viewport * 0.5;
                let camera = self.camera().zoomed_at(middle, self.viewport, factor);
                self.set_camera(camera);
            }
            Command::SetFilters(filters) => self.change_view(|view| view.filters = filters),
            Command::FocusOn(entities, steps) => self.focus_on(&entities, steps),
            Command::LeaveFocus => self.leave_focus(),
            Command::Expand(entities) => self.expand(&entities),
            Command::Group(entities) => self.group(&entities),
            Command::Ungroup(entities) => self.ungroup(&entities),
            Command::ToggleKind(kind) => self.change_view(|view| {
                if !view.filters.kinds.remove(&kind) {
                    view.filters.kinds.insert(kind);
                }
            }),
            Command::OpenDocument(document, focus) => {
                if self.project().document(document).is_some() {
                    self.reader = Some(ReaderView { document, focus });
                    self.view_revision += 1;
                }
            }
            Command::CloseReader => {
                self.reader = None;
                self.view_revision += 1;
            }
            other => return Some(other),
        }
        None
    }

    fn select(&mut self, entities: &[EntityId], mode: SelectMode) {
        let known: BTreeSet<EntityId> = entities
            .iter()
            .copied()
            .filter(|&id| self.project().entity(id).is_some())
            .collect();
        self.change_view(|view| {
            view.selected_relation = None;
            match mode {
                SelectMode::Replace => view.selection = known,
                SelectMode::Add => view.selection.extend(known),
                SelectMode::Toggle => {
                    for id in known {
                        if !view.selection.remove(&id) {
                            view.selection.insert(id);
                        }
                    }
                }
            }
        });
    }

    /// Changes what is seen of the project without touching the project itself.
    pub(super) fn change_view(&mut self, change: impl FnOnce(&mut SavedView)) {
        let filters = self.project().view.filters.clone();
        let shown = self.preview.as_mut().unwrap_or(&mut self.project);
        change(&mut Arc::make_mut(shown).view);
        if self.project().view.filters != filters {
            self.forget_caches();
        }
        self.view_revision += 1;
    }

    fn set_camera(&mut self, camera: Camera) {
        if !camera.center_in_world.is_finite() || !camera.zoom.is_finite() {
            return;
        }
        let zoom = camera.zoom.clamp(Camera::MIN_ZOOM, Camera::MAX_ZOOM);
        let shown = self.preview.as_mut().unwrap_or(&mut self.project);
        Arc::make_mut(shown).view.camera = Some(Camera { zoom, ..camera });
    }

    /// The camera in use: the one set, or the one that shows everything, as the window has it.
    pub fn camera(&self) -> Camera {
        let camera = self.project().view.camera.or(self.shown_camera);
        camera.unwrap_or_else(|| self.fitting_all())
    }

    fn fitting_all(&self) -> Camera {
        let scene = scene::build(&SceneInput {
            project: self.project(),
            visible: self.visible(),
            live: self.live_positions().map(|(live, _)| live),
            theme: Theme::light(),
        });
        scene::fitting_camera(&scene, self.viewport, Corners::default())
    }

    /// The camera of the window's last frame.
    pub fn set_shown_camera(&mut self, camera: Option<Camera>) {
        self.shown_camera = camera;
    }

    /// Without a camera everything is shown, whatever it is and wherever it moves.
    fn fit_all(&mut self) {
        let shown = self.preview.as_mut().unwrap_or(&mut self.project);
        Arc::make_mut(shown).view.camera = None;
    }

    fn fit(&mut self, entities: &[EntityId]) {
        let camera = self.fitting(entities);
        self.set_camera(camera);
    }

    fn fitting(&self, entities: &[EntityId]) -> Camera {
        let mut bounds = Rect::EMPTY;
        for &id in entities {
            if let Some(position) = self.position(self.node_of(id)) {
                bounds.include(position);
            }
        }
        if !bounds.is_empty() {
            bounds = bounds.expanded(30.0);
        }
        let camera = Camera::fitting(bounds, self.viewport, MARGIN);
        Camera {
            zoom: camera.zoom.min(MOST_ZOOM_OF_FIT),
            ..camera
        }
    }

    fn fly_to(&mut self, entity: EntityId) {
        if self.project().entity(entity).is_none() {
            return;
        }
        self.select(&[entity], SelectMode::Replace);
        self.tell_if_left_out(entity);
        if let Some(position) = self.position(self.node_of(entity)) {
            let zoom = self.camera().zoom.max(ZOOM_OF_FLIGHT);
            self.set_camera(Camera {
                center_in_world: position,
                zoom,
            });
        }
    }

    /// Says why an entity that was asked for is not in the picture, and offers the way to see it.
    fn tell_if_left_out(&mut self, entity: EntityId) {
        let project = self.project();
        let Some(wanted) = project.entity(entity) else {
            return;
        };
        if self.visible().entities.binary_search(&entity).is_ok() {
            return;
        }
        let name = &wanted.name;
        let filters = &project.view.filters;
        let (text, label, command) = if project.placement(entity).hidden {
            let text = format!("{name} is hidden");
            (text, "Show hidden nodes".to_owned(), Command::ShowAll)
        } else if filters.kinds.contains(&wanted.kind) {
            let text = format!("The filters leave {name} out of the picture");
            let all = Command::SetFilters(Filters::default());
            (text, "Reset filters".to_owned(), all)
        } else {
            let kinds = wanted.kind.plural().to_lowercase();
            let text = format!("{name} is not in the picture: {kinds} are left out");
            (
                text,
                format!("Show {kinds}"),
                Command::ToggleKind(wanted.kind),
            )
        };
        self.notices
            .push(Severity::Info, text, Some((&label, command)));
    }

    /// Where an entity lies now: as the running layout has it, or where it was put.
    pub fn position(&self, entity: EntityId) -> Option<Point> {
        self.live_positions()
            .and_then(|(live, _)| live.of(entity))
            .or_else(|| self.project().placement(entity).position)
    }

    /// The canvas's size in screen points, told by the window each frame.
    pub fn set_viewport(&mut self, size: Vector) {
        if size.x >= 1.0 && size.y >= 1.0 && size.x.is_finite() && size.y.is_finite() {
            self.viewport = size;
        }
    }

    /// After records went, what was selected or open of them goes too. Filters keep what is gone: it
    /// counts for nothing, and is there again when the step is undone.
    pub(super) fn drop_dead_selection(&mut self) {
        let project = Arc::make_mut(&mut self.project);
        let mut selection = std::mem::take(&mut project.view.selection);
        selection.retain(|&id| project.entity(id).is_some());
        project.view.selection = selection;
        project.view.selected_relation = project
            .view
            .selected_relation
            .filter(|&id| project.relation(id).is_some());
        self.reader = self
            .reader
            .filter(|reader| self.project().document(reader.document).is_some());
    }
}
