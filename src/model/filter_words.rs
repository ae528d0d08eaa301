//! The filters in force in words, for pictures and pages that must say what they leave out.

use super::{EntityKind, Filters, Project, Status};

impl Filters {
    /// What is left out or narrowed down, a phrase each; empty only if nothing is. Denied relations
    /// are told of, since they are hidden until asked for.
    pub fn in_words(&self, project: &Project) -> Vec<String> {
        let mut words = Vec::new();
        let kinds = |all: &mut dyn Iterator<Item = EntityKind>| -> String {
            all.map(|kind| kind.plural().to_lowercase())
                .collect::<Vec<_>>()
                .join(", ")
        };
        if self.kinds != Self::default().kinds {
            let shown = kinds(&mut self.kinds.iter().copied());
            words.push(format!("only these kinds: {shown}"));
        }
        if !self.hidden_relation_kinds.is_empty() {
            let hidden = self.hidden_relation_kinds.iter().map(|kind| kind.phrase());
            let hidden: Vec<_> = hidden.collect();
            words.push(format!("without relations: {}", hidden.join(", ")));
        }
        let left_out = Status::ALL.iter().filter(|s| !self.statuses.contains(s));
        let left_out: Vec<_> = left_out.map(|status| status.key()).collect();
        if !left_out.is_empty() {
            words.push(format!("without what is {}", left_out.join(", ")));
        }
        if self.min_score > 0.0 {
            words.push(format!("score at least {:.2}", self.min_score));
        }
        if self.min_sources > 1 {
            words.push(format!("at least {} independent sources", self.min_sources));
        }
        match (self.from, self.until) {
            (Some(from), Some(until)) => words.push(format!("dated {from} to {until}")),
            (Some(from), None) => words.push(format!("dated {from} or later")),
            (None, Some(until)) => words.push(format!("dated {until} or earlier")),
            (None, None) => {}
        }
        words.extend(self.narrowed(project));
        words
    }

    fn narrowed(&self, project: &Project) -> Vec<String> {
        let mut words = Vec::new();
        if self.min_mentions > 1 {
            words.push(format!("mentioned at least {} times", self.min_mentions));
        }
        if let Some(documents) = self.shown_documents(project) {
            let all = project.documents().len();
            words.push(format!("{} of {all} documents", documents.len()));
        }
        if let Some(area) = &self.within {
            words.push(format!("places within {}", area.title()));
        }
        if let Some(around) = self.around.as_ref().filter(|_| self.has_focus(project)) {
            let centers = around.centers.iter().filter_map(|&id| project.entity(id));
            let names: Vec<&str> = centers.map(|entity| entity.name.as_str()).collect();
            let steps = around.steps;
            words.push(format!("{} and {steps} steps around", names.join(", ")));
        }
        match project.placements().filter(|(_, p)| p.hidden).count() {
            0 => {}
            1 => words.push("1 node hidden by hand".to_owned()),
            hidden => words.push(format!("{hidden} nodes hidden by hand")),
        }
        words
    }
}
