//! A layout on its own thread: positions of the moment in a latest-only slot, one step of undo at its end.

use super::arrange::{SEED, layout_graph, map_for, placed, with_rooms};
use super::geography::{anchors, has_places};
use super::jobs::{JobContext, JobPlan, JobSort};
use super::name_room::with_room_for_names;
use super::parts::along_with_groups;
use super::reports::Report;
use super::{Session, notices::Severity};
use crate::geometry::{Point, Vector};
use crate::layout::{self, ForceLayout, LayoutGraph, Stop};
use crate::model::{Edit, EntityId, LayoutChoice, MapFrame, Patch, Project, Rearranging};
use crate::scene::LivePositions;
use rayon::ThreadPool;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The newest positions of a running layout, until the window takes them.
type Slot = Arc<Mutex<Option<Vec<Point>>>>;

/// What a layout's thread is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Task {
    /// Arrange all that is shown.
    Whole(LayoutChoice),
    /// Arrange some nodes where they are, and leave the others alone.
    Part(LayoutChoice),
    /// Move nodes apart whose marks or labels overlap.
    Separate,
}

impl Task {
    /// The nodes can be seen moving to their places.
    fn shows_steps(self) -> bool {
        self == Self::Whole(LayoutChoice::Force)
    }
}

/// A layout that did not come to its end because something else changed the project.
pub(super) struct BrokenOff {
    task: Task,
    entities: Arc<Vec<EntityId>>,
}

impl BrokenOff {
    /// It was to arrange all that is shown.
    pub(super) fn is_of_all(&self) -> bool {
        matches!(self.task, Task::Whole(_))
    }
}

/// A layout that runs.
pub(super) struct LayoutRun {
    pub(super) job: u64,
    task: Task,
    /// The map that the layout uses.
    map: Option<MapFrame>,
    slot: Slot,
    /// The entities of the graph's nodes.
    entities: Arc<Vec<EntityId>>,
    /// It belongs to the step that added the documents: undo takes both back at once.
    belongs_to_step: Option<usize>,
}

impl Session {
    /// The shown entities that have a node of their own: what lies inside a group goes with it.
    fn nodes(&self) -> Vec<EntityId> {
        self.project.view.groups.drawn(self.visible())
    }

    /// Starts a layout of the shown nodes; pinned ones stay. `from_here` goes on from where they
    /// are, otherwise the layout finds its own start.
    pub(super) fn start_layout(&mut self, choice: LayoutChoice, from_here: bool) {
        self.settle_running_layout();
        let shown = self.nodes();
        self.launch_layout(Task::Whole(choice), shown, from_here, None);
    }

    /// Starts a layout of some of the shown nodes: they stay where they are as a whole, and no other
    /// node moves.
    pub(super) fn start_layout_of(&mut self, entities: &[EntityId], choice: LayoutChoice) {
        self.settle_running_layout();
        let chosen: BTreeSet<EntityId> = entities.iter().copied().collect();
        let mut part = self.nodes();
        part.retain(|id| chosen.contains(id));
        self.launch_layout(Task::Part(choice), part, true, None);
    }

    /// Starts moving the shown nodes apart, as far as they or their labels overlap.
    pub(super) fn start_separation(&mut self) {
        self.settle_running_layout();
        let shown = self.nodes();
        self.launch_layout(Task::Separate, shown, true, None);
    }

    /// Runs a layout again that an edit broke off, from where all is now.
    pub(super) fn resume_layout(&mut self, broken_off: &BrokenOff) {
        match broken_off.task {
            Task::Whole(choice) => self.start_layout(choice, true),
            Task::Part(choice) => self.start_layout_of(&broken_off.entities, choice),
            Task::Separate => self.start_separation(),
        }
    }

    /// Starts the layout of freshly read documents: part of the step that added them.
    pub(super) fn start_first_layout(&mut self) {
        let step = self.history.done().len();
        let task = Task::Whole(self.project.layout());
        let shown = self.nodes();
        self.launch_layout(task, shown, false, Some(step));
    }

    fn launch_layout(
        &mut self,
        task: Task,
        entities: Vec<EntityId>,
        from_here: bool,
        step: Option<usize>,
    ) {
        let entities = Arc::new(entities);
        if entities.is_empty() || self.is_reading() {
            return;
        }
        let map = match task {
            Task::Whole(LayoutChoice::Geographic) | Task::Part(LayoutChoice::Geographic)
                if !has_places(&self.project, &entities) =>
            {
                let text = "No place in the picture has coordinates to put it on a map";
                self.notices.push(Severity::Info, text, None);
                return;
            }
            Task::Part(_) if self.project.layout() == LayoutChoice::Geographic => {
                Some(self.project.map())
            }
            Task::Whole(choice) | Task::Part(choice) => map_for(&self.project, &entities, choice),
            Task::Separate => None,
        };
        let Some(pool) = self.jobs.pool() else {
            self.notices.push(
                Severity::Error,
                "The system gives no threads to arrange the picture with",
                None,
            );
            return;
        };
        let slot: Slot = Arc::default();
        let work = LayoutWork {
            project: self.project.clone(),
            entities: entities.clone(),
            task,
            map,
            from_here,
            size: free_size(self.viewport),
            slot: slot.clone(),
            pool,
        };
        let plan = JobPlan {
            title: "Arranging".to_owned(),
            can_cancel: true,
            sort: JobSort::Shown,
        };
        let started = self.jobs.start(plan, move |context| {
            if let Some(positions) = work.run(context) {
                let planned = planned(&work.project, task, map, positions);
                // The project is the session's alone again, so that it can be changed in place.
                drop(work);
                context.report(Report::LayoutDone(planned.map(Box::new)));
            }
        });
        self.layout = started.map(|job| LayoutRun {
            job,
            task,
            map,
            slot,
            entities,
            belongs_to_step: step,
        });
    }

    /// Stops the running layout. One that shows its steps stays where it is: its last positions come
    /// as its result. Any other has nothing to show yet, so nothing moves.
    pub(super) fn stop_layout(&mut self) {
        let Some(run) = &self.layout else { return };
        self.jobs.cancel(run.job);
        if !run.task.shows_steps() {
            self.layout = None;
            self.live = None;
        }
    }

    /// Ends the running layout at once and keeps where it is, before something else changes the
    /// project. Gives what ran, so that it can be started again.
    pub(super) fn settle_running_layout(&mut self) -> Option<BrokenOff> {
        self.take_live_positions();
        let run = self.layout.take()?;
        self.jobs.cancel(run.job);
        if let Some((live, _)) = self.live.take() {
            let planned = planned(&self.project, run.task, run.map, live.iter().collect());
            self.keep_positions(&run, planned);
        }
        Some(BrokenOff {
            task: run.task,
            entities: run.entities,
        })
    }

    /// Takes the newest positions out of the slot; gives whether there were any.
    pub(super) fn take_live_positions(&mut self) -> bool {
        let Some(run) = &self.layout else {
            return false;
        };
        let newest = run
            .slot
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let Some(positions) = newest else {
            return false;
        };
        let tick = self.live.as_ref().map_or(0, |(_, tick)| *tick) + 1;
        self.live = Some((LivePositions::new(run.entities.clone(), positions), tick));
        true
    }

    /// The layout has settled, or was stopped: this is the step that it makes. It was planned on the
    /// project as it still is, since whatever changes that ends the layout first.
    pub(super) fn finish_layout(&mut self, job: u64, planned: Option<(String, Patch)>) {
        if let Some(run) = self.layout.take_if(|run| run.job == job) {
            self.live = None;
            self.keep_positions(&run, planned);
        }
    }

    fn keep_positions(&mut self, run: &LayoutRun, planned: Option<(String, Patch)>) {
        let Some((title, patch)) = planned else {
            return;
        };
        if patch.is_empty() {
            // All lies where it lay; the last positions on the way there no longer count.
            self.revision += 1;
            self.view_revision += 1;
            return;
        }
        if run.belongs_to_step == Some(self.history.done().len()) {
            let project = Arc::make_mut(&mut self.project);
            if Arc::make_mut(&mut self.history).amend(project, patch.clone()) {
                self.after_change();
                return;
            }
        }
        self.perform_move(title, patch);
    }
}

/// The step that takes the positions of a layout over.
fn planned(
    project: &Project,
    task: Task,
    map: Option<MapFrame>,
    positions: Vec<(EntityId, Point)>,
) -> Option<(String, Patch)> {
    let position = |id: EntityId| project.placement(id).position;
    let positions = along_with_groups(project, &position, positions);
    let edit = match (task, map) {
        (Task::Whole(_), Some(map)) => Edit::SettleMap { map, positions },
        (Task::Whole(layout), None) => Edit::SettleLayout { layout, positions },
        (Task::Part(layout), _) => Edit::Rearrange {
            how: Rearranging::Part(layout),
            positions,
        },
        (Task::Separate, _) => Edit::Rearrange {
            how: Rearranging::Separated,
            positions,
        },
    };
    edit.plan(project, "").ok()
}

/// A canvas of that size without the strip that legend and map take at its foot.
fn free_size(size: Vector) -> Vector {
    const STRIP: f32 = 180.0;
    const LEAST_SHARE: f32 = 0.6;
    Vector::new(
        size.x.max(1.0),
        (size.y - STRIP).max(LEAST_SHARE * size.y).max(1.0),
    )
}

/// What the layout's thread works on.
struct LayoutWork {
    project: Arc<Project>,
    entities: Arc<Vec<EntityId>>,
    task: Task,
    map: Option<MapFrame>,
    from_here: bool,
    /// The free part of the canvas, in screen points.
    size: Vector,
    slot: Slot,
    pool: Arc<ThreadPool>,
}

impl LayoutWork {
    /// Where all comes to lie; `None` if it was stopped before there was anything to keep.
    fn run(&self, context: &JobContext) -> Option<Vec<(EntityId, Point)>> {
        if context.is_cancelled() {
            return None;
        }
        let start = |id: EntityId| {
            self.from_here
                .then(|| self.project.placement(id).position)
                .flatten()
        };
        let mut graph = layout_graph(&self.project, &self.entities, &start);
        graph.aspect = self.size.x / self.size.y;
        graph.stop = Stop::by(context.cancel_flag().clone());
        if context.is_cancelled() {
            return None;
        }
        let (project, entities) = (&self.project, &self.entities[..]);
        let positions = self.pool.install(|| match self.task {
            Task::Whole(LayoutChoice::Force) => self.run_forces(graph, context).unwrap_or_default(),
            Task::Whole(choice) => placed(project, entities, graph, (choice, self.map), SEED),
            Task::Part(choice) => {
                let before = graph.clone();
                let after = placed(project, entities, graph, (choice, self.map), SEED);
                let on_map = choice == LayoutChoice::Geographic
                    && project.layout() == LayoutChoice::Geographic;
                if on_map {
                    after
                } else {
                    layout::moved_onto(&before, after)
                }
            }
            Task::Separate => {
                let graph = with_rooms(graph, project, entities);
                let points: Vec<Point> = graph
                    .start
                    .iter()
                    .map(|start| start.unwrap_or_default())
                    .collect();
                layout::separate(&graph, &points)
            }
        });
        // One that shows its steps stays where it was seen last; any other is not done.
        let is_of_use = !context.is_cancelled() || self.task.shows_steps();
        if !is_of_use || positions.len() != entities.len() {
            return None;
        }
        let mut all: Vec<(EntityId, Point)> = entities.iter().copied().zip(positions).collect();
        if let Task::Whole(_) = self.task {
            let others = self.pool.install(|| settle_rest(project, &all));
            all.extend(others);
        } else {
            // What did not move is no part of the step.
            all.retain(|&(id, point)| project.placement(id).position != Some(point));
        }
        Some(all)
    }

    /// `None` if it was stopped before the first step, when there was nothing to see yet.
    fn run_forces(&self, graph: LayoutGraph, context: &JobContext) -> Option<Vec<Point>> {
        /// As often as a screen shows something new.
        const FRAME: Duration = Duration::from_millis(16);
        let mut forces = ForceLayout::new(graph.clone(), SEED);
        if context.is_cancelled() {
            return None;
        }
        let mut published = Instant::now();
        while forces.step() && !context.is_cancelled() {
            if published.elapsed() >= FRAME {
                published = Instant::now();
                let positions = forces.positions();
                *self.slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(positions);
                context.wake_gently(16);
            }
            // Pictures of these positions are made by the same threads, so that one core stays free.
            rayon::yield_now();
        }
        let settled = forces.positions();
        if context.is_cancelled() {
            return Some(settled);
        }
        let (project, entities) = (&self.project, &self.entities);
        let roomy = with_room_for_names(project, entities, &graph, settled.clone(), self.size);
        // One that is stopped stays where it was seen last.
        Some(if context.is_cancelled() {
            settled
        } else {
            roomy
        })
    }
}

/// Places for the entities that have none yet and are not shown either, next to their neighbours:
/// so they are somewhere sensible when they are asked for.
pub(super) fn settle_rest(
    project: &Project,
    placed: &[(EntityId, Point)],
) -> Vec<(EntityId, Point)> {
    let known: HashMap<EntityId, Point> = placed.iter().copied().collect();
    let place = |id: EntityId| {
        known
            .get(&id)
            .copied()
            .or_else(|| project.placement(id).position)
    };
    let all: Vec<EntityId> = project.entities().map(|entity| entity.id).collect();
    let unplaced: BTreeSet<EntityId> = all
        .iter()
        .copied()
        .filter(|&id| place(id).is_none())
        .collect();
    if unplaced.is_empty() {
        return Vec::new();
    }
    let mut graph = layout_graph(project, &all, &place);
    if project.layout() == LayoutChoice::Geographic {
        put_on_map(project, &all, &mut graph);
    }
    let positions = layout::settle_new(&graph, SEED);
    all.into_iter()
        .zip(positions)
        .filter(|(id, _)| unplaced.contains(id))
        .collect()
}

/// Starts new places where they lie on the map, unless something lies there.
fn put_on_map(project: &Project, entities: &[EntityId], graph: &mut layout::LayoutGraph) {
    let key = |point: Point| {
        (
            (point.x * 0.5).floor() as i32,
            (point.y * 0.5).floor() as i32,
        )
    };
    let mut taken: BTreeSet<(i32, i32)> = graph.start.iter().flatten().copied().map(key).collect();
    for (start, anchor) in graph
        .start
        .iter_mut()
        .zip(anchors(project, entities, &project.map()))
    {
        if let (None, Some(anchor)) = (&start, anchor)
            && taken.insert(key(anchor.point))
        {
            *start = Some(anchor.point);
        }
    }
}
