//! Where a place lies, as a gazetteer has it.

use serde::{Deserialize, Serialize};

/// What sort of place a record of a gazetteer tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// A settlement.
    City,
    /// A first-level division, territory, island or historic region within today's states.
    Region,
    /// A state or dependency with a code of its own.
    Country,
    /// A sea, strait, gulf or canal.
    Sea,
    /// A river.
    River,
    /// A continent or a region wider than a state.
    Continent,
    /// A state of the past, or one that few recognize.
    Historic,
}

/// A place of the gazetteer that an entity is taken for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Location {
    /// The gazetteer's name for it.
    pub name: String,
    /// What sort of place.
    pub kind: PlaceKind,
    /// Its country, where it lies in or is one.
    pub country: Option<String>,
    /// ISO 3166-1 alpha-2 code of that country.
    pub country_code: Option<String>,
    /// The first-level division that it lies in, where known.
    pub region: Option<String>,
    /// Latitude in degrees, north positive.
    pub latitude: f32,
    /// Longitude in degrees, east positive.
    pub longitude: f32,
    /// How sure, 0 to 1, against the other places of its name; 1 where the user chose.
    pub score: f32,
}

impl PlaceKind {
    /// As the window calls it.
    pub fn title(self) -> &'static str {
        match self {
            Self::City => "City or town",
            Self::Region => "Region",
            Self::Country => "Country",
            Self::Sea => "Sea",
            Self::River => "River",
            Self::Continent => "Part of the world",
            Self::Historic => "Former or disputed state",
        }
    }
}

impl Location {
    /// The same place of the gazetteer, however sure.
    pub fn is_same_place(&self, other: &Self) -> bool {
        let place = |l: &Self| (l.latitude.to_bits(), l.longitude.to_bits());
        self.name == other.name && self.kind == other.kind && place(self) == place(other)
    }

    /// What it lies in, from the inside out: "Rostov Oblast, Russia". Empty where nothing is known.
    pub fn within(&self) -> String {
        [&self.region, &self.country]
            .into_iter()
            .flatten()
            .filter(|part| **part != self.name)
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// Latitude and longitude as maps write them: "48.02\u{b0} N, 37.80\u{b0} E".
    pub fn degrees(&self) -> String {
        let side = |value: f32, positive, negative| if value < 0.0 { negative } else { positive };
        format!(
            "{:.2}\u{b0} {}, {:.2}\u{b0} {}",
            self.latitude.abs(),
            side(self.latitude, 'N', 'S'),
            self.longitude.abs(),
            side(self.longitude, 'E', 'W'),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_told_in_words_and_degrees() {
        let mut place = Location {
            name: "Newcastle".into(),
            kind: PlaceKind::City,
            country: Some("Australia".into()),
            country_code: Some("AU".into()),
            region: Some("New South Wales".into()),
            latitude: -32.94,
            longitude: 151.78,
            score: 1.0,
        };
        assert_eq!(place.within(), "New South Wales, Australia");
        assert_eq!(place.degrees(), "32.94\u{b0} S, 151.78\u{b0} E");
        place.name = "Australia".into();
        place.region = None;
        assert_eq!(place.within(), "");
    }
}
