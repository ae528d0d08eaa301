//! Dialogs, one file each. At most one is open; what it decides becomes commands.

mod about;
mod account;
mod add_entity;
mod add_relation;
mod added;
mod close;
mod corrections;
mod duplicates;
mod export;
mod frame;
mod lists;
mod merge;
mod open;
mod paste;
mod pick_entity;
mod rename;
mod save;
mod shortcuts;
mod stack;

pub use close::CloseChoice;
pub use frame::backdrop;
pub use stack::Dialogs;
