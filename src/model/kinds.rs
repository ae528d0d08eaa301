//! The closed lists: kinds of entities and relations, and how sure a text is of what it says.

use serde::{Deserialize, Serialize};

/// What sort of thing an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntityKind {
    /// A human being.
    Person,
    /// A named or numbered military formation or fighting group.
    Unit,
    /// A ministry, service, company, party, medium, international body.
    Organization,
    /// A country, region, city, street, facility, sea.
    Place,
    /// A weapon, vehicle, ship or system.
    Equipment,
    /// A named happening.
    Event,
    /// A nationality or an ethnic, religious or political group.
    Group,
    /// A point or stretch of time.
    Date,
}

impl EntityKind {
    /// All kinds, in the order of legends and lists.
    pub const ALL: [Self; 8] = [
        Self::Person,
        Self::Unit,
        Self::Organization,
        Self::Place,
        Self::Equipment,
        Self::Event,
        Self::Group,
        Self::Date,
    ];

    /// The kinds that the picture shows until a user asks for more.
    pub const SHOWN_AT_FIRST: [Self; 4] =
        [Self::Person, Self::Unit, Self::Organization, Self::Place];

    /// The word in files: `person`, `unit`…
    pub const fn key(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Unit => "unit",
            Self::Organization => "organization",
            Self::Place => "place",
            Self::Equipment => "equipment",
            Self::Event => "event",
            Self::Group => "group",
            Self::Date => "date",
        }
    }

    /// The word for one on screen: "Person".
    pub const fn title(self) -> &'static str {
        match self {
            Self::Person => "Person",
            Self::Unit => "Unit",
            Self::Organization => "Organization",
            Self::Place => "Place",
            Self::Equipment => "Equipment",
            Self::Event => "Event",
            Self::Group => "Group",
            Self::Date => "Date",
        }
    }

    /// The word for many on screen: "People".
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Person => "People",
            Self::Unit => "Units",
            Self::Organization => "Organizations",
            Self::Place => "Places",
            Self::Equipment => "Equipment",
            Self::Event => "Events",
            Self::Group => "Groups",
            Self::Date => "Dates",
        }
    }

    /// The kind of that [`EntityKind::key`].
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

macro_rules! relation_kinds {
    ($($variant:ident $key:literal $phrase:literal $mutual:literal;)*) => {
        /// How two entities are related. Directed from source to target unless [`RelationKind::is_mutual`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum RelationKind {
            $(#[doc = concat!("Source \"", $phrase, "\" target.")] $variant,)*
        }

        impl RelationKind {
            /// All kinds, in the order of lists.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word in files: `member_of`…
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)* }
            }

            /// The words on screen, read from source to target: "member of".
            pub const fn phrase(self) -> &'static str {
                match self { $(Self::$variant => $phrase,)* }
            }

            /// It holds both ways; the smaller id is the source.
            pub const fn is_mutual(self) -> bool {
                match self { $(Self::$variant => $mutual,)* }
            }
        }
    };
}

relation_kinds! {
    Leads "leads" "leads" false;
    MemberOf "member_of" "member of" false;
    PartOf "part_of" "part of" false;
    LocatedIn "located_in" "located in" false;
    BornIn "born_in" "born in" false;
    DiedIn "died_in" "died in" false;
    DeployedTo "deployed_to" "deployed to" false;
    FoughtIn "fought_in" "fought in" false;
    Fights "fights" "fights" true;
    AlliedWith "allied_with" "allied with" true;
    Supports "supports" "supports" false;
    Supplies "supplies" "supplies" false;
    Killed "killed" "killed" false;
    Captured "captured" "captured" false;
    MetWith "met_with" "met with" true;
    Contacted "contacted" "contacted" true;
    FamilyOf "family_of" "family of" true;
    AssociateOf "associate_of" "associate of" true;
    Accuses "accuses" "accuses" false;
    Sentenced "sentenced" "sentenced" false;
    MentionedWith "mentioned_with" "mentioned with" true;
}

impl RelationKind {
    /// The kind of that [`RelationKind::key`].
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.key() == key)
    }

    /// A text says more than that both occur in one sentence.
    pub fn is_stated(self) -> bool {
        self != Self::MentionedWith
    }
}

/// How a text puts what it says; the order is from weakest to strongest.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Someone denies it, or the text refutes it.
    Denied,
    /// "accused of", "reportedly", "has not confirmed".
    Alleged,
    /// Someone other than the author says so.
    Reported,
    /// The text says so itself.
    #[default]
    Asserted,
}

impl Status {
    /// All, strongest first.
    pub const ALL: [Self; 4] = [Self::Asserted, Self::Reported, Self::Alleged, Self::Denied];

    /// The word in files and on screen: `asserted`…
    pub const fn key(self) -> &'static str {
        match self {
            Self::Asserted => "asserted",
            Self::Reported => "reported",
            Self::Alleged => "alleged",
            Self::Denied => "denied",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_what_serde_writes() {
        for kind in EntityKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.key());
            assert_eq!(EntityKind::from_key(kind.key()), Some(kind));
        }
        for &kind in RelationKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.key());
            assert_eq!(RelationKind::from_key(kind.key()), Some(kind));
        }
        for status in Status::ALL {
            assert_eq!(serde_json::to_value(status).unwrap(), status.key());
        }
    }
}
