//! Numbers that name records. An id never changes and is never used again within a project.

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($name:ident, $what:literal) => {
        #[doc = concat!("Names ", $what, " within a project.")]
        #[derive(
            Clone,
            Copy,
            Debug,
            Default,
            PartialEq,
            Eq,
            PartialOrd,
            Ord,
            Hash,
            Serialize,
            Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(pub u32);

        impl $name {
            /// The id as an index into arrays that hold one item for each.
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

id!(DocumentId, "a document");
id!(EntityId, "an entity");
id!(RelationId, "a relation");
id!(CorrectionId, "a correction that the user made");
