//! Jobs that go through all documents of the project and end as one step of undo.

use super::Session;
use super::jobs::{JobContext, JobPlan, JobSort};
use crate::model::Project;
use rayon::ThreadPool;

impl Session {
    /// Starts a job on the documents as they are. Until it ends nothing else changes the project: a
    /// running layout settles first, and goes on afterwards if it was of all nodes.
    pub(super) fn start_on_all_documents(
        &mut self,
        title: &str,
        work: impl FnOnce(&Project, &ThreadPool, &JobContext) + Send + 'static,
    ) {
        let arranging = self.settle_running_layout();
        self.layout_after_reading |= arranging.is_some_and(|layout| layout.is_of_all());
        let Some(pool) = self.jobs.pool() else {
            return;
        };
        let project = self.project.clone();
        let plan = JobPlan {
            title: title.to_owned(),
            can_cancel: true,
            sort: JobSort::Shown,
        };
        self.reading = self
            .jobs
            .start(plan, move |context| work(&project, &pool, context));
    }
}
