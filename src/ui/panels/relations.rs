//! The relations of one entity, by kind and direction, with the other end and what the text says.

use super::filters::sentence_case;
use crate::model::{Entity, EntityId, Relation, RelationId, RelationKind, Status};
use crate::session::Command;
use crate::ui::icons::paint_kind;
use crate::ui::look;
use crate::ui::turn::Turn;
use crate::ui::widgets;
use crate::ui::words::{count, number};
use egui::{Align, Rect, Sense, Ui, WidgetInfo, accesskit::Role, pos2, vec2};
use std::collections::BTreeMap;

/// How many relations of a group are listed until more are asked for.
const FIRST: usize = 12;

/// The list, made anew when the entity or the project changes.
#[derive(Default)]
pub struct RelationList {
    made_for: Option<(EntityId, u64)>,
    /// By kind; `true` where the entity is the source.
    groups: BTreeMap<(RelationKind, bool), Vec<RelationId>>,
    unfolded: Vec<(RelationKind, bool)>,
    stated: usize,
}

impl RelationList {
    /// Draws the list.
    pub fn show(&mut self, ui: &mut Ui, turn: &mut Turn<'_>, entity: &Entity) {
        self.refresh(turn, entity.id);
        let figure = number(self.stated);
        widgets::section(ui, turn.look, "Relations", Some(&figure));
        if self.groups.is_empty() {
            widgets::caption(ui, turn.look, "No sentence relates it to another entity.");
            return;
        }
        if self.stated == 0 {
            widgets::caption(
                ui,
                turn.look,
                "No relation stated. It is only mentioned together with others.",
            );
        }
        for (&(kind, outgoing), relations) in &self.groups {
            let all = self.unfolded.contains(&(kind, outgoing));
            let most = if all { relations.len() } else { FIRST };
            ui.add_space(6.0);
            widgets::caption(ui, turn.look, heading(kind, outgoing));
            ui.spacing_mut().item_spacing.y = 0.0;
            for relation in relations.iter().take(most) {
                let project = turn.project();
                if let Some(relation) = project.relation(*relation) {
                    relation_ui(ui, turn, relation, entity.id);
                }
            }
            if relations.len() > most {
                let label = count(relations.len() - most, "more", "more");
                if widgets::link(ui, turn.look, label).clicked() {
                    self.unfolded.push((kind, outgoing));
                }
            }
        }
    }

    fn refresh(&mut self, turn: &Turn<'_>, entity: EntityId) {
        let key = (entity, turn.session.revision());
        if self.made_for == Some(key) {
            return;
        }
        if self.made_for.map(|(id, _)| id) != Some(entity) {
            self.unfolded.clear();
        }
        self.made_for = Some(key);
        self.groups.clear();
        let mut found: Vec<&Relation> = turn
            .project()
            .relations_of(entity)
            .map(AsRef::as_ref)
            .collect();
        found.sort_by_key(|r| (std::cmp::Reverse(r.evidence.len()), r.id));
        self.stated = found.iter().filter(|r| r.is_stated()).count();
        for relation in found {
            let outgoing = relation.kind.is_mutual() || relation.source == entity;
            self.groups
                .entry((relation.kind, outgoing))
                .or_default()
                .push(relation.id);
        }
    }
}

fn relation_ui(ui: &mut Ui, turn: &mut Turn<'_>, relation: &Relation, entity: EntityId) {
    let project = turn.project();
    let Some(other) = project.entity(relation.other_end(entity)) else {
        return;
    };
    let says = says(relation);
    let height = if says.is_empty() { 26.0 } else { 42.0 };
    let (rect, response) = widgets::row(ui, turn.look, height, false, &other.name);
    let inner = rect.shrink2(vec2(8.0, 3.0));
    let mut top = inner;
    top.set_height(20.0);
    let mark = pos2(inner.left() + 6.0, top.center().y);
    paint_kind(
        ui.painter(),
        mark,
        5.0,
        other.kind,
        turn.look.kind(other.kind),
    );
    let sentences = count(relation.evidence.len(), "sentence", "sentences");
    let galley = widgets::one_line(ui, &sentences, look::caption(), turn.look.accent, 120.0);
    let link = Rect::from_min_max(pos2(inner.right() - galley.size().x, top.top()), top.max);
    let evidence = ui.interact(
        link.expand(4.0),
        response.id.with("evidence"),
        Sense::click(),
    );
    evidence.widget_info(|| {
        WidgetInfo::labeled(
            Role::Link,
            true,
            format!("{sentences} about {}", other.name),
        )
    });
    widgets::focus_ring(ui, turn.look, &evidence, link.expand(3.0));
    ui.painter().galley(
        pos2(link.left(), link.center().y - galley.size().y / 2.0),
        galley,
        turn.look.accent,
    );
    let text = Rect::from_min_max(
        pos2(inner.left() + 20.0, top.top()),
        pos2(link.left() - 8.0, top.bottom()),
    );
    widgets::paint_line(
        ui,
        text,
        &other.name,
        look::body(),
        turn.look.text,
        Align::Min,
    );
    if !says.is_empty() {
        let below = Rect::from_min_max(pos2(text.left(), top.bottom()), inner.max);
        widgets::paint_line(ui, below, &says, look::quoted(), turn.look.weak, Align::Min);
    }
    let evidence = evidence.on_hover_text("Show the sentences behind this line");
    if evidence.clicked() {
        turn.push(Command::SelectRelation(Some(relation.id)));
    } else if response.clicked() {
        turn.push(Command::FlyTo(other.id));
    }
}

/// "deputy chief of the General Staff of · reported · 2024-10".
fn says(relation: &Relation) -> String {
    let mut parts = Vec::new();
    if relation.is_stated()
        && !relation.label.is_empty()
        && relation.label != relation.kind.phrase()
    {
        parts.push(relation.label.clone());
    }
    if relation.is_stated() && relation.status != Status::Asserted {
        parts.push(relation.status.key().to_owned());
    }
    if relation.disputed {
        parts.push("disputed".to_owned());
    }
    if let Some(date) = &relation.date {
        parts.push(date.to_string());
    }
    parts.join(" · ")
}

/// The heading of a group, seen from the entity.
fn heading(kind: RelationKind, outgoing: bool) -> String {
    let from_the_other_end = match kind {
        RelationKind::MentionedWith => return "Mentioned together with".to_owned(),
        RelationKind::Leads => "Led by",
        RelationKind::MemberOf => "Its members",
        RelationKind::PartOf => "Its parts",
        RelationKind::LocatedIn => "Located here",
        RelationKind::BornIn => "Born here",
        RelationKind::DiedIn => "Died here",
        RelationKind::DeployedTo => "Deployed here",
        RelationKind::FoughtIn => "Fought here",
        RelationKind::Supports => "Supported by",
        RelationKind::Supplies => "Supplied by",
        RelationKind::Killed => "Killed by",
        RelationKind::Captured => "Captured by",
        RelationKind::Accuses => "Accused by",
        RelationKind::Sentenced => "Sentenced by",
        RelationKind::Fights
        | RelationKind::AlliedWith
        | RelationKind::MetWith
        | RelationKind::Contacted
        | RelationKind::FamilyOf
        | RelationKind::AssociateOf => kind.phrase(),
    };
    if outgoing {
        sentence_case(kind.phrase())
    } else {
        sentence_case(from_the_other_end)
    }
}
