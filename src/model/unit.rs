//! What the name of a military unit says: number, designation, type, echelon, and whose it is.

use serde::{Deserialize, Serialize};

/// The fields of a unit, as its name and the words around it tell them; `None` where they do not.
///
/// ```
/// use redstring::model::UnitDetails;
/// let brigade = UnitDetails {
///     number: Some("5".into()),
///     designation: Some("Donetsk".into()),
///     unit_type: Some("motorized rifle".into()),
///     echelon: Some("brigade".into()),
///     ..UnitDetails::default()
/// };
/// assert_eq!(brigade.summary(), "5, Donetsk, motorized rifle, brigade");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct UnitDetails {
    /// Its number in figures, without ending: "5" of "Fifth" and "V". A letter of a company: "B".
    pub number: Option<String>,
    /// The part that is a name: "Donetsk", "Azov".
    pub designation: Option<String>,
    /// What it does and how it stands, in small letters: "motorized rifle", "guards tank".
    #[serde(rename = "type")]
    pub unit_type: Option<String>,
    /// Its size, in small letters: "brigade".
    pub echelon: Option<String>,
    /// The country whose unit it is, by its American English name.
    pub nationality: Option<String>,
    /// The name of the formation that it is part of.
    pub parent: Option<String>,
}

impl UnitDetails {
    /// No field is known.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Takes the fields of `other` where this has none.
    pub fn fill_from(&mut self, other: &Self) {
        let fields = [
            (&mut self.number, &other.number),
            (&mut self.designation, &other.designation),
            (&mut self.unit_type, &other.unit_type),
            (&mut self.echelon, &other.echelon),
            (&mut self.nationality, &other.nationality),
            (&mut self.parent, &other.parent),
        ];
        for (field, theirs) in fields {
            if field.is_none() {
                field.clone_from(theirs);
            }
        }
    }

    /// The fields' names on screen, in the order in which they are shown.
    pub const NAMES: [&str; 6] = [
        "Number",
        "Designation",
        "Type",
        "Echelon",
        "Nationality",
        "Part of",
    ];

    /// All fields in that order, empty where nothing is known.
    pub fn texts(&self) -> [String; 6] {
        [
            &self.number,
            &self.designation,
            &self.unit_type,
            &self.echelon,
            &self.nationality,
            &self.parent,
        ]
        .map(|field| field.clone().unwrap_or_default())
    }

    /// The fields of [`Self::texts`]; blanks around them do not count.
    pub fn from_texts(texts: [String; 6]) -> Self {
        let [number, designation, unit_type, echelon, nationality, parent] = texts.map(Some);
        Self {
            number,
            designation,
            unit_type,
            echelon,
            nationality,
            parent,
        }
        .trimmed()
    }

    /// Without blanks around the fields, and without fields of blanks.
    pub fn trimmed(&self) -> Self {
        let trimmed = |field: &Option<String>| {
            let text = field.as_deref().unwrap_or_default();
            let words: Vec<&str> = text.split_whitespace().collect();
            (!words.is_empty()).then(|| words.join(" "))
        };
        Self {
            number: trimmed(&self.number),
            designation: trimmed(&self.designation),
            unit_type: trimmed(&self.unit_type),
            echelon: trimmed(&self.echelon),
            nationality: trimmed(&self.nationality),
            parent: trimmed(&self.parent),
        }
    }

    /// The known fields in the order in which they are shown, each with its name on screen.
    pub fn rows(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let fields = [
            &self.number,
            &self.designation,
            &self.unit_type,
            &self.echelon,
            &self.nationality,
            &self.parent,
        ];
        Self::NAMES
            .into_iter()
            .zip(fields)
            .filter_map(|(name, field)| Some((name, field.as_deref()?)))
    }

    /// The known fields on one line.
    pub fn summary(&self) -> String {
        let fields: Vec<&str> = self.rows().map(|(_, field)| field).collect();
        fields.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_stays() {
        let some = |text: &str| Some(text.to_owned());
        let mut details = UnitDetails {
            number: some("5"),
            ..UnitDetails::default()
        };
        details.fill_from(&UnitDetails {
            number: some("6"),
            echelon: some("brigade"),
            ..UnitDetails::default()
        });
        assert_eq!(details.summary(), "5, brigade");
    }

    #[test]
    fn texts_and_back() {
        let details = UnitDetails::from_texts(
            [" 5 ", "Donetsk", "motorized  rifle", "brigade", " ", ""].map(str::to_owned),
        );
        assert_eq!(details.summary(), "5, Donetsk, motorized rifle, brigade");
        assert_eq!(UnitDetails::from_texts(details.texts()), details);
    }

    #[test]
    fn the_field_is_called_type_in_files() {
        let details: UnitDetails = serde_json::from_str(r#"{"type":"tank"}"#).unwrap();
        assert_eq!(details.unit_type.as_deref(), Some("tank"));
        let written = serde_json::to_string(&details).unwrap();
        assert!(written.starts_with(r#"{"number":null,"designation":null,"type":"tank""#));
    }
}
