//! The rules in their order.

use super::candidate::{Candidate, NOT_A_MENTION, arbitrate};
use super::consistency::Memory;
use super::page::Page;
use super::{consistency, dates, events, fixed, organizations, persons, places, shapes, units};
use crate::extract::gazetteer::Gazetteer;
use crate::extract::lexicon::Lexicon;
use crate::extract::{RawMention, Recognizer};
use crate::model::Document;

/// Finds mentions by rules alone.
pub struct RuleRecognizer {
    lexicon: &'static Lexicon,
    gazetteer: &'static Gazetteer,
}

impl Default for RuleRecognizer {
    fn default() -> Self {
        Self::new()
    }
}

impl RuleRecognizer {
    /// With the built-in lexicons and gazetteer.
    pub fn new() -> Self {
        Self {
            lexicon: Lexicon::shared(),
            gazetteer: Gazetteer::shared(),
        }
    }

    fn propose(&self, page: &Page) -> Vec<Candidate> {
        let mut out = Vec::new();
        for &sentence in &page.sentences {
            dates::find(page, sentence, &mut out);
            fixed::find(page, self.lexicon, sentence, &mut out);
            places::find(page, self.gazetteer, sentence, &mut out);
            events::find(page, sentence, &mut out);
            units::find(page, sentence, &mut out);
            organizations::find(page, self.lexicon, sentence, &mut out);
            persons::find(page, self.lexicon, self.gazetteer, sentence, &mut out);
        }
        out
    }
}

impl Recognizer for RuleRecognizer {
    fn mentions(&self, document: &Document, sentences: &[[usize; 2]]) -> (Vec<RawMention>, usize) {
        let page = Page::new(&document.text, sentences, self.lexicon);
        let proposed = self.propose(&page);
        let seen = proposed.len();
        let mut kept = arbitrate(proposed, page.tokens.len());
        let mut taken = vec![false; page.tokens.len()];
        for candidate in &kept {
            taken[candidate.first..candidate.end].fill(true);
        }
        let mut filtered = seen - kept.len();
        let memory = Memory::learn(&page, &kept);
        filtered += shapes::find(
            &page,
            self.lexicon,
            self.gazetteer,
            &memory,
            &taken,
            &mut kept,
        );
        kept.sort_by_key(|c| c.first);
        consistency::apply(&page, self.lexicon, &mut kept);
        let mut mentions = Vec::with_capacity(kept.len());
        let mut boilerplate = document.boilerplate.iter().peekable();
        for candidate in &kept {
            if candidate.rule == NOT_A_MENTION {
                filtered += 1;
                continue;
            }
            let mention = candidate.mention(&page);
            while boilerplate
                .next_if(|range| range[1] <= mention.start)
                .is_some()
            {}
            if boilerplate
                .peek()
                .is_some_and(|range| range[0] < mention.end)
            {
                filtered += 1;
            } else {
                mentions.push(mention);
            }
        }
        (mentions, filtered)
    }
}
