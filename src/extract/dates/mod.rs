//! Dates: which words tell a point or stretch of time, and which one that is.
//!
//! In come a text and the date of its document; out go spans with values of the calendar, as precise
//! as the words are: "November 7th" is a day, "mid-October 2024" a month, "the 1990s" ten years. What
//! hangs on the document's date has no value where that is unknown. Mentions and the dates of
//! happenings come from the one reader; it knows nothing of entities.

mod annotate;
mod calendar;
mod expressions;
mod happening;
mod words;

pub use annotate::annotate;
pub use expressions::{FoundDate, find};
pub use happening::nearest;
