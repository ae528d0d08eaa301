//! Equipment and events, after persons, units, organizations and places are settled. What the
//! recognizers kept comes in; the same with weapons, vehicles, ships and happenings goes out, which
//! take the place of what lies inside them. It tells the tagger nothing, so that words can be added
//! to its lists without training anew.

mod apply;
mod equipment;
mod events;
mod ships;
mod words;

pub(super) use apply::apply;
