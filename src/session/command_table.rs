//! The one table of commands that a user can choose: menus, palette, shortcuts and
//! `docs/shortcuts.md` all come from it.

use super::{Alignment, Command, Session, ThemeChoice};
use crate::geometry::Vector;
use crate::model::{EntityId, LayoutChoice};

/// What must be there before a command can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nothing.
    Nothing,
    /// A project that is not empty.
    Content,
    /// At least one node selected.
    Selection,
    /// Exactly one node selected.
    OneNode,
    /// At least two nodes selected.
    SeveralNodes,
}

/// One command of the table.
#[derive(Clone, Copy, Debug)]
pub struct CommandEntry {
    /// Its name in code and settings.
    pub id: &'static str,
    /// Its name on screen, in sentence case; ends in "…" if it asks something first.
    pub title: &'static str,
    /// The heading it stands under.
    pub group: &'static str,
    /// Its keys as `Ctrl+Shift+P`; Ctrl is Cmd on macOS. The first is shown in menus.
    pub shortcuts: &'static [&'static str],
    /// What must be there.
    pub needs: Needs,
}

macro_rules! commands {
    ($($group:literal { $($id:ident $title:literal [$($key:literal),*] $needs:ident;)* })*) => {
        /// Every command that a user can choose, in the order of menus and lists.
        pub const COMMANDS: &[CommandEntry] = &[$($(CommandEntry {
            id: stringify!($id),
            title: $title,
            group: $group,
            shortcuts: &[$($key),*],
            needs: Needs::$needs,
        },)*)*];
    };
}

commands! {
    "Project" {
        new_project "New project" ["Ctrl+N"] Nothing;
        open "Open…" ["Ctrl+O"] Nothing;
        open_sample "Open the sample" [] Nothing;
        save "Save" ["Ctrl+S"] Content;
        save_as "Save as…" ["Ctrl+Shift+S"] Content;
        export "Export…" ["Ctrl+E"] Content;
        copy_picture "Copy picture" ["Ctrl+Shift+C"] Content;
    }
    "Edit" {
        undo "Undo" ["Ctrl+Z"] Nothing;
        redo "Redo" ["Ctrl+Shift+Z", "Ctrl+Y"] Nothing;
        rename "Rename…" ["F2"] OneNode;
        merge "Merge…" ["M"] Selection;
        add_entity "Add entity…" [] Nothing;
        add_relation "Add relation…" ["R"] Content;
        not_an_entity "Not an entity" [] Selection;
        never_an_entity "Never an entity: add to list" [] Selection;
        delete "Delete" ["Delete"] Selection;
        lists "Lists of names…" [] Nothing;
        duplicates "Possible duplicates…" ["Ctrl+D"] Content;
        account "Account of what was read…" [] Content;
        added "What the last documents added…" [] Content;
        corrections "Corrections…" [] Content;
        read_again "Read all documents again" [] Content;
    }
    "Select" {
        find "Find a name" ["Ctrl+F", "/"] Content;
        select_all "Select all" ["Ctrl+A"] Content;
        select_none "Select nothing" ["Escape"] Nothing;
        invert_selection "Invert the selection" ["Ctrl+I"] Content;
        grow_selection "Grow the selection to neighbors" ["Ctrl+ArrowRight"] Selection;
    }
    "View" {
        fit_all "Fit all" ["Ctrl+0"] Content;
        fit_selection "Fit the selection" ["F"] Selection;
        zoom_in "Zoom in" ["Ctrl+Plus", "Ctrl+Equals"] Content;
        zoom_out "Zoom out" ["Ctrl+Minus"] Content;
        hide "Hide" ["H"] Selection;
        hide_others "Hide others" ["Shift+H"] Selection;
        show_all "Show all hidden nodes" [] Content;
        expand "Show hidden neighbors" ["E"] Selection;
        collapse "Hide neighbors that hang on nothing else" ["Shift+E"] Selection;
        focus_1 "Focus on the selection and 1 step" ["Alt+1"] Selection;
        focus_2 "Focus on the selection and 2 steps" ["Alt+2"] Selection;
        focus_3 "Focus on the selection and 3 steps" ["Alt+3"] Selection;
        leave_focus "Leave the focus" ["Alt+0"] Content;
        toggle_left "Show or hide documents and filters" ["Ctrl+1"] Nothing;
        toggle_right "Show or hide the inspector" ["Ctrl+2"] Nothing;
        toggle_table "Show or hide the table" ["Ctrl+3"] Nothing;
        close_document "Close the document" ["Ctrl+W"] Nothing;
        theme_light "Light theme" [] Nothing;
        theme_dark "Dark theme" [] Nothing;
        theme_system "Theme of the system" [] Nothing;
        reduce_motion "Move nothing by itself" [] Nothing;
        allow_motion "Let the picture glide" [] Nothing;
        system_motion "Motion as the system says" [] Nothing;
    }
    "Arrange" {
        toggle_layout "Run or stop the layout" ["L"] Content;
        layout_force "Force layout (ForceAtlas2)" [] Content;
        layout_circular "Circular layout" [] Content;
        layout_radial "Radial layout around the selection" [] Content;
        layout_hierarchical "Hierarchical layout (order of battle)" [] Content;
        layout_grid "Grid layout" [] Content;
        layout_geographic "Geographic layout (map)" [] Content;
        remove_overlaps "Remove overlaps" ["O"] Content;
        part_force "Selection only: force layout" ["Shift+L"] SeveralNodes;
        part_circular "Selection only: circular layout" [] SeveralNodes;
        part_radial "Selection only: radial layout" [] SeveralNodes;
        part_hierarchical "Selection only: hierarchical layout" [] SeveralNodes;
        part_grid "Selection only: grid layout" [] SeveralNodes;
        part_geographic "Selection only: geographic layout" [] SeveralNodes;
        pin "Pin" ["P"] Selection;
        unpin "Unpin" ["Shift+P"] Selection;
        group "Draw as one node" ["G"] SeveralNodes;
        ungroup "Draw one by one again" ["Shift+G"] Selection;
        align_left "Align left" [] SeveralNodes;
        align_center "Align at the center" [] SeveralNodes;
        align_right "Align right" [] SeveralNodes;
        align_top "Align at the top" [] SeveralNodes;
        align_middle "Align in the middle" [] SeveralNodes;
        align_bottom "Align at the bottom" [] SeveralNodes;
        distribute_across "Distribute across" [] SeveralNodes;
        distribute_down "Distribute down" [] SeveralNodes;
        nudge_left "Nudge left" ["ArrowLeft"] Selection;
        nudge_right "Nudge right" ["ArrowRight"] Selection;
        nudge_up "Nudge up" ["ArrowUp"] Selection;
        nudge_down "Nudge down" ["ArrowDown"] Selection;
        nudge_left_far "Nudge left, far" ["Shift+ArrowLeft"] Selection;
        nudge_right_far "Nudge right, far" ["Shift+ArrowRight"] Selection;
        nudge_up_far "Nudge up, far" ["Shift+ArrowUp"] Selection;
        nudge_down_far "Nudge down, far" ["Shift+ArrowDown"] Selection;
    }
    "Help" {
        palette "All commands" ["Ctrl+Shift+P"] Nothing;
        shortcuts "Keyboard shortcuts" ["F1"] Nothing;
        about "About Redstring" [] Nothing;
    }
}

/// World units that a nudge moves, near and far.
const NUDGE: [f32; 2] = [4.0, 40.0];

/// The entry of that id.
pub fn command_entry(id: &str) -> Option<&'static CommandEntry> {
    COMMANDS.iter().find(|entry| entry.id == id)
}

/// The text of `docs/shortcuts.md`.
pub fn shortcuts_as_markdown() -> String {
    let mut out = String::from(
        "# Keyboard shortcuts\n\nMade from the table of commands. On macOS, Cmd stands for Ctrl.\n",
    );
    let mut group = "";
    for entry in COMMANDS {
        if entry.shortcuts.is_empty() {
            continue;
        }
        if entry.group != group {
            group = entry.group;
            out.push_str(&format!("\n## {group}\n\n| command | keys |\n|---|---|\n"));
        }
        let keys: Vec<String> = entry.shortcuts.iter().map(|k| format!("`{k}`")).collect();
        out.push_str(&format!("| {} | {} |\n", entry.title, keys.join(", ")));
    }
    out
}

fn alignment_of(id: &str) -> Option<Alignment> {
    Some(match id {
        "align_left" => Alignment::Left,
        "align_center" => Alignment::Center,
        "align_right" => Alignment::Right,
        "align_top" => Alignment::Top,
        "align_middle" => Alignment::Middle,
        "align_bottom" => Alignment::Bottom,
        "distribute_across" => Alignment::Across,
        "distribute_down" => Alignment::Down,
        _ => return None,
    })
}

impl Session {
    /// The command that an entry stands for with the selection as it is; `None` for entries that the
    /// window itself answers: dialogs, panels, the search field.
    pub fn command_of(&self, id: &str) -> Option<Command> {
        let view = &self.project().view;
        let selection: Vec<EntityId> = view.selection.iter().copied().collect();
        Some(match id {
            "new_project" => Command::NewProject,
            "open_sample" => Command::OpenSample,
            "save" => Command::Save,
            "copy_picture" => Command::CopyPicture,
            "undo" => Command::Undo,
            "redo" => Command::Redo,
            "read_again" => Command::ReadAgain,
            "not_an_entity" => Command::NotAnEntity(selection),
            "never_an_entity" => Command::NeverAnEntity(selection),
            "delete" => match view.selected_relation {
                Some(relation) if selection.is_empty() => Command::RemoveRelation(relation),
                _ => Command::Delete(selection),
            },
            "select_all" => Command::SelectAll,
            "select_none" => Command::SelectNone,
            "invert_selection" => Command::InvertSelection,
            "grow_selection" => Command::GrowSelection,
            "fit_all" => Command::FitAll,
            "fit_selection" => Command::FitSelection,
            "zoom_in" => Command::ZoomBy(1.25),
            "zoom_out" => Command::ZoomBy(0.8),
            "hide" => Command::Hide(selection),
            "hide_others" => Command::HideOthers(selection),
            "show_all" => Command::ShowAll,
            "expand" => Command::Expand(selection),
            "collapse" => Command::Collapse(selection),
            "focus_1" => Command::FocusOn(selection, 1),
            "focus_2" => Command::FocusOn(selection, 2),
            "focus_3" => Command::FocusOn(selection, 3),
            "leave_focus" => Command::LeaveFocus,
            "group" => Command::Group(selection),
            "ungroup" => Command::Ungroup(selection),
            "reduce_motion" => Command::ReduceMotion(Some(true)),
            "allow_motion" => Command::ReduceMotion(Some(false)),
            "system_motion" => Command::ReduceMotion(None),
            "close_document" => Command::CloseReader,
            "theme_light" => Command::SetTheme(ThemeChoice::Light),
            "theme_dark" => Command::SetTheme(ThemeChoice::Dark),
            "theme_system" => Command::SetTheme(ThemeChoice::System),
            "toggle_layout" if self.is_arranging() => Command::StopLayout,
            "toggle_layout" => Command::StartLayout(self.project().layout()),
            "remove_overlaps" => Command::RemoveOverlaps,
            "pin" => Command::Pin(selection),
            "unpin" => Command::Unpin(selection),
            _ => return self.arranging(id, selection),
        })
    }

    /// The commands that give nodes other places: layouts, alignments, nudges.
    fn arranging(&self, id: &str, selection: Vec<EntityId>) -> Option<Command> {
        if let Some(name) = id.strip_prefix("layout_") {
            return Some(Command::StartLayout(LayoutChoice::from_key(name)?));
        }
        if let Some(name) = id.strip_prefix("part_") {
            return Some(Command::StartLayoutOf(
                selection,
                LayoutChoice::from_key(name)?,
            ));
        }
        match alignment_of(id) {
            Some(alignment) => Some(Command::Align(selection, alignment)),
            None => self.nudge(id.strip_prefix("nudge_")?, &selection),
        }
    }

    /// The entry can be chosen now (menus grey the others out).
    pub fn can_choose(&self, entry: &CommandEntry) -> bool {
        let view = &self.project().view;
        let selected = view.selection.len();
        let enough = match entry.needs {
            Needs::Nothing => true,
            Needs::Content => !self.project().is_empty(),
            Needs::Selection => {
                selected > 0 || (entry.id == "delete" && view.selected_relation.is_some())
            }
            Needs::OneNode => selected == 1,
            Needs::SeveralNodes => selected > 1,
        };
        let edits = matches!(
            entry.id,
            "rename" | "merge" | "add_entity" | "add_relation" | "save_as"
        );
        enough
            && !(edits && self.is_reading())
            && self
                .command_of(entry.id)
                .is_none_or(|command| self.can_run(&command))
    }

    fn nudge(&self, direction: &str, selection: &[EntityId]) -> Option<Command> {
        let (direction, reach) = match direction.strip_suffix("_far") {
            Some(direction) => (direction, NUDGE[1]),
            None => (direction, NUDGE[0]),
        };
        let step = match direction {
            "left" => Vector::new(-reach, 0.0),
            "right" => Vector::new(reach, 0.0),
            "up" => Vector::new(0.0, -reach),
            "down" => Vector::new(0.0, reach),
            _ => return None,
        };
        let moved = selection
            .iter()
            .filter_map(|&id| Some((id, self.position(id)? + step)))
            .collect();
        Some(Command::Move(moved))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn ids_and_keys_are_unique() {
        let ids: BTreeSet<_> = COMMANDS.iter().map(|entry| entry.id).collect();
        assert_eq!(ids.len(), COMMANDS.len());
        let keys: Vec<_> = COMMANDS.iter().flat_map(|entry| entry.shortcuts).collect();
        assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len());
    }

    #[test]
    fn the_page_of_shortcuts_equals_the_table() {
        let page = include_str!("../../docs/shortcuts.md");
        assert_eq!(page.replace("\r\n", "\n"), shortcuts_as_markdown());
    }
}
