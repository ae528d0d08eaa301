//! What the extractor looked at and left out, by the rule that said so: the half of an account that
//! otherwise nobody sees.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Why a candidate is no mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FilterRule {
    /// It lies in bylines, navigation, credits and the like.
    Boilerplate,
    /// A short name of a country before a sum: "US$2,000".
    Currency,
    /// In its language such words are no names.
    Language,
    /// The user's own lists say that it is none.
    List,
    /// The trained recognizer read it otherwise.
    Network,
    /// Known words that look like a name: "Black Friday".
    NotAName,
    /// It overlaps a longer or surer one.
    Overlap,
    /// Capitals, and nothing near that says that it is a name.
    Unsupported,
    /// Files of earlier versions do not tell.
    Unknown,
}

impl FilterRule {
    /// All of them, in the order of keys, what is not told last.
    pub const ALL: [Self; 9] = [
        Self::Boilerplate,
        Self::Currency,
        Self::Language,
        Self::List,
        Self::Network,
        Self::NotAName,
        Self::Overlap,
        Self::Unsupported,
        Self::Unknown,
    ];

    /// Its name in files and summaries.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Boilerplate => "boilerplate",
            Self::Currency => "currency",
            Self::Language => "language",
            Self::List => "list",
            Self::Network => "network",
            Self::NotAName => "not_a_name",
            Self::Overlap => "overlap",
            Self::Unsupported => "unsupported",
            Self::Unknown => "unknown",
        }
    }

    /// In words, for a list of reasons.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Boilerplate => "in bylines, navigation or credits",
            Self::Currency => "a currency, not a country",
            Self::Language => "no name in the document's language",
            Self::List => "on a list of names that are none",
            Self::Network => "read otherwise by the trained model",
            Self::NotAName => "known words that are no name",
            Self::Overlap => "inside a longer or surer name",
            Self::Unsupported => "capitals alone, nothing says it is a name",
            Self::Unknown => "left out by an earlier version",
        }
    }
}

/// What was looked at in a document and left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LeftOut {
    /// Candidate mentions by rule; none of the figures is 0.
    pub rules: BTreeMap<FilterRule, usize>,
    /// Pairs of mentions that no network was asked about, since their sentence is too long or has too
    /// many. Patterns were tried on them all the same.
    pub pairs_not_examined: usize,
}

impl LeftOut {
    /// Notes that a rule left out so many more.
    pub fn add(&mut self, rule: FilterRule, count: usize) {
        if count > 0 {
            let known = self.rules.entry(rule).or_default();
            *known = known.saturating_add(count);
        }
    }

    /// Takes in what was left out elsewhere.
    pub fn join(&mut self, other: &Self) {
        for (&rule, &count) in &other.rules {
            self.add(rule, count);
        }
        self.pairs_not_examined = self
            .pairs_not_examined
            .saturating_add(other.pairs_not_examined);
    }

    /// Candidate mentions, whatever the rule.
    pub fn mentions(&self) -> usize {
        self.rules
            .values()
            .fold(0, |sum, count| sum.saturating_add(*count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_add_up_and_keys_are_those_of_files() {
        let mut all = LeftOut::default();
        for (at, rule) in FilterRule::ALL.into_iter().enumerate() {
            all.add(rule, at);
            let written = serde_json::to_string(&rule).unwrap();
            assert_eq!(written, format!("\"{}\"", rule.key()));
        }
        assert_eq!(all.rules.len(), FilterRule::ALL.len() - 1);
        assert_eq!(all.mentions(), 36);
        let twice = all.clone();
        all.join(&twice);
        assert_eq!(all.mentions(), 72);
    }
}
