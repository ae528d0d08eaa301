//! The rules in their order.

use super::beside;
use super::called;
use super::candidate::{Candidate, NOT_A_MENTION, arbitrate};
use super::consistency::Memory;
use super::page::Page;
use super::{
    consistency, dates, events, features, fixed, joined, minor, nationality, organizations,
    persons, places, shapes, units, whole,
};
use crate::extract::gazetteer::Gazetteer;
use crate::extract::lexicon::Lexicon;
use crate::extract::{RawMention, Recognizer};
use crate::model::{Document, FilterRule, LeftOut};
use redstring_tagger::{Features, Vocabulary, Words, windows};
use std::collections::BTreeSet;

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

/// What the rules read in one document.
pub(super) struct Reading<'a> {
    /// The document's tokens and words.
    pub(super) page: Page<'a>,
    /// Mentions, and what only keeps them away, in order; boilerplate included.
    pub(super) kept: Vec<Candidate>,
    /// Candidates left out so far.
    pub(super) left_out: LeftOut,
}

impl RuleRecognizer {
    /// Everything that the rules say of the document.
    pub(super) fn read<'a>(&self, document: &'a Document, sentences: &[[usize; 2]]) -> Reading<'a> {
        let page = Page::new(&document.text, sentences, self.lexicon);
        let proposed = self.propose(&page);
        let seen = proposed.len();
        let mut kept = arbitrate(proposed, page.tokens.len());
        let mut taken = vec![false; page.tokens.len()];
        for candidate in &kept {
            taken[candidate.first..candidate.end].fill(true);
        }
        let mut left_out = LeftOut::default();
        left_out.add(FilterRule::Overlap, seen - kept.len());
        let memory = Memory::learn(&page, &kept);
        let unsupported = shapes::find(
            &page,
            self.lexicon,
            self.gazetteer,
            &memory,
            &taken,
            &mut kept,
        );
        left_out.add(FilterRule::Unsupported, unsupported);
        kept.sort_by_key(|c| c.first);
        consistency::apply(&page, self.lexicon, &mut kept);
        Reading {
            page,
            kept,
            left_out,
        }
    }

    /// The words of the document with all that the trained recognizer is told of them.
    pub fn tagger_input(
        &self,
        document: &Document,
        sentences: &[[usize; 2]],
        vocabulary: &Vocabulary,
    ) -> TaggerInput {
        let reading = self.read(document, sentences);
        self.input(&reading, document, sentences, vocabulary)
    }

    /// The same, of a document that the rules have read.
    pub(super) fn input(
        &self,
        reading: &Reading,
        document: &Document,
        sentences: &[[usize; 2]],
        vocabulary: &Vocabulary,
    ) -> TaggerInput {
        let words = Words::read(&document.text, sentences, vocabulary);
        let features = features::features(
            &reading.page,
            self.lexicon,
            self.gazetteer,
            &reading.kept,
            &words.words,
        );
        let mut windows = windows(&words, |sentence| {
            let [start, end] = sentences[sentence];
            let at = document.boilerplate.partition_point(|range| range[1] < end);
            let around = document.boilerplate.get(at);
            around.is_none_or(|range| range[0] > start)
        });
        windows.retain(|&[first, end]| {
            let range = words.words[first].start..words.words[end - 1].end;
            may_hold_name(&document.text[range])
        });
        TaggerInput {
            words,
            features,
            windows,
        }
    }

    /// The mentions of what was read outside boilerplate, joined with those of the tagger where
    /// there is one, and the candidates left out.
    pub(super) fn finish(
        &self,
        document: &Document,
        reading: Reading,
        tagged: Option<Vec<Candidate>>,
    ) -> (Vec<RawMention>, LeftOut) {
        let (page, mut left_out) = (reading.page, reading.left_out);
        let mut seen = spans(&reading.kept);
        left_out.add(FilterRule::NotAName, reading.kept.len() - seen.len());
        let kept = match tagged {
            Some(tagged) => {
                seen.extend(spans(&tagged));
                joined::join(&page, self.lexicon, self.gazetteer, reading.kept, tagged)
            }
            None => reading.kept,
        };
        let joined = spans(&kept);
        left_out.add(FilterRule::Network, seen.difference(&joined).count());
        let kept = whole::apply(&page, self.lexicon, called::apply(&page, kept));
        let kept = beside::apply(&page, self.gazetteer, kept);
        let named = spans(&kept);
        left_out.add(FilterRule::NotAName, joined.difference(&named).count());
        let kept = minor::apply(&page, kept);
        let lost = named.difference(&spans(&kept)).count();
        left_out.add(FilterRule::Overlap, lost);
        let mut mentions = Vec::with_capacity(kept.len());
        let mut boilerplate = document.boilerplate.iter().peekable();
        for candidate in kept.iter().filter(|kept| kept.rule != NOT_A_MENTION) {
            let mention = candidate.mention(&page);
            while boilerplate
                .next_if(|range| range[1] <= mention.start)
                .is_some()
            {}
            let outside = |range: &&[usize; 2]| range[0] >= mention.end;
            if boilerplate.peek().is_none_or(outside) {
                mentions.push(mention);
            } else {
                left_out.add(FilterRule::Boilerplate, 1);
            }
        }
        nationality::apply(&document.text, &mut mentions);
        (mentions, left_out)
    }
}

/// First token and token after the last of each that is not there to keep others away.
fn spans(candidates: &[Candidate]) -> BTreeSet<(usize, usize)> {
    let named = candidates.iter().filter(|c| c.rule != NOT_A_MENTION);
    named.map(|c| (c.first, c.end)).collect()
}

/// What the trained recognizer is told of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaggerInput {
    /// Its words and their pieces.
    pub words: Words,
    /// Their features, numbered as [`super::feature_names`] names them.
    pub features: Features,
    /// Ranges of words that are looked at together; boilerplate is in none.
    pub windows: Vec<[usize; 2]>,
}

impl Recognizer for RuleRecognizer {
    fn mentions(
        &self,
        document: &Document,
        sentences: &[[usize; 2]],
    ) -> (Vec<RawMention>, LeftOut) {
        self.finish(document, self.read(document, sentences), None)
    }
}

/// Whether there is a letter that is not small: nothing else begins a name in English, and endless
/// rows of marks or digits need not be looked at by the tagger.
fn may_hold_name(text: &str) -> bool {
    text.chars().any(|c| c.is_alphabetic() && !c.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::text::sentences;
    use crate::model::{DocumentId, EntityKind};
    use proptest::prelude::*;
    use std::time::{Duration, Instant};

    fn document(text: &str) -> Document {
        Document::of_text(DocumentId(0), text)
    }

    fn recognize(document: &Document) -> Vec<RawMention> {
        let ranges = sentences(&document.text);
        RuleRecognizer::new().mentions(document, &ranges).0
    }

    /// "kind name" of each mention.
    fn found(text: &str) -> Vec<String> {
        recognize(&document(text))
            .iter()
            .map(|m| format!("{} {}", m.kind.key(), &text[m.start..m.end]))
            .collect()
    }

    fn assert_found(text: &str, expected: &[&str]) {
        let found = found(text);
        for one in expected {
            assert!(found.iter().any(|f| f == one), "{one} not among {found:?}");
        }
    }

    #[test]
    fn names_without_titles_articles_and_endings() {
        assert_found(
            "Norway's Ministry of Defence said that General Ingrid Solheim met Sir Alan Mayhew in Bergen.",
            &[
                "place Norway",
                "organization Ministry of Defence",
                "person Ingrid Solheim",
                "person Alan Mayhew",
                "place Bergen",
            ],
        );
        assert_found(
            "Polish President Marek Zielony thanked the Taiwanese envoy.",
            &["group Polish", "person Marek Zielony", "group Taiwanese"],
        );
    }

    #[test]
    fn units_by_number_designation_and_head_noun() {
        assert_found(
            "The 93rd Separate Mechanized Brigade and the 7th Guards Airborne Division met.",
            &[
                "unit 93rd Separate Mechanized Brigade",
                "unit 7th Guards Airborne Division",
            ],
        );
        assert_found(
            "An officer of the Army Special Boat Squadron spoke.",
            &["unit Special Boat Squadron"],
        );
    }

    #[test]
    fn names_of_many_cultures() {
        assert_found(
            "Leader Pak Chol Min met Jan van der Berg, Khalid bin Salman, Robert D. Hale and Siobhan O'Brien.",
            &[
                "person Pak Chol Min",
                "person Jan van der Berg",
                "person Khalid bin Salman",
                "person Robert D. Hale",
                "person Siobhan O'Brien",
            ],
        );
    }

    #[test]
    fn names_with_of_apostrophes_and_hyphens() {
        for mark in ["'", "’"] {
            let text = format!("The General Staff of the Lao People{mark}s Army denied it.");
            let army = format!("organization Lao People{mark}s Army");
            assert_found(&text, &["organization General Staff", &army]);
        }
        assert_found(
            "The Daughters of Cambria Legion met Nguyen Van Thanh, Choe Kyong-hun and Tran Thi Mai.",
            &[
                "unit Daughters of Cambria Legion",
                "person Nguyen Van Thanh",
                "person Choe Kyong-hun",
                "person Tran Thi Mai",
            ],
        );
        assert_found(
            "Sons of Iberia Legion fighters came, KTV-Norway reported from the town of Erdene-Sum.",
            &[
                "unit Sons of Iberia Legion",
                "organization KTV-Norway",
                "place Erdene-Sum",
            ],
        );
    }

    #[test]
    fn organizations_by_what_they_are_for() {
        assert_found(
            "The Center for Andean Studies, the Centre for Combating Fraud, Lenta.info, openledger.io \
             and the Save the Rivers Coalition wrote to the G77 and the European Union.",
            &[
                "organization Center for Andean Studies",
                "organization Centre for Combating Fraud",
                "organization Lenta.info",
                "organization openledger.io",
                "organization Save the Rivers Coalition",
                "organization G77",
                "organization European Union",
            ],
        );
    }

    #[test]
    fn waters_streets_and_provinces() {
        assert_found(
            "Ships left the Strait of Bonifacio and the Gulf of Corinth. She lives on Downing Street, \
             off Garibaldi Boulevard near Lenin Prospekt. Laos's Xe Kong province was dry.",
            &[
                "place Strait of Bonifacio",
                "place Gulf of Corinth",
                "place Downing Street",
                "place Garibaldi Boulevard",
                "place Lenin Prospekt",
                "place Xe Kong province",
            ],
        );
    }

    #[test]
    fn headlines_codes_and_callings_are_no_names() {
        let lines = [
            "Marines Recaptured Sumy Station, Says Governor Before Winter Talks",
            "They bought the part KX-204417 there.",
            "A YouTuber went with a TikToker and a Blogger.",
        ];
        for line in lines {
            let found = found(line);
            assert!(
                found.iter().all(|f| f.starts_with("place Sumy")),
                "{found:?}"
            );
        }
        let found =
            found("Prince Andrew met guests. He was Duke of York. The Khakas 41st Brigade left.");
        assert!(!found.contains(&"person York".to_owned()), "{found:?}");
        assert!(
            !found.iter().any(|f| f == "organization Khakas"),
            "{found:?}"
        );
    }

    #[test]
    fn family_names_alone() {
        assert_found(
            "The Harrison administration did not answer. Tom Lindqvist, Moreau and the rest left.",
            &["person Harrison", "person Tom Lindqvist", "person Moreau"],
        );
        assert_found(
            "They met Sandra English and Reporter Kelsang Park, then hit Orvelno, Ukraine, after taking Brudnik.",
            &[
                "person Sandra English",
                "person Kelsang Park",
                "place Orvelno",
                "place Brudnik",
            ],
        );
    }

    #[test]
    fn a_region_is_not_its_city() {
        assert_found(
            "Shells fell in Sumy region. Later Sumy was quiet, and so was Tambov Oblast.",
            &["place Sumy region", "place Sumy", "place Tambov Oblast"],
        );
    }

    #[test]
    fn a_surname_is_the_person_named_in_full() {
        let found = found(
            "Olga Brandt arrived on Monday. Brandt left Jackson with Tom Jackson. She saw Jackson.",
        );
        assert!(found.contains(&"person Brandt".to_owned()), "{found:?}");
        assert!(
            found.contains(&"person Tom Jackson".to_owned()),
            "{found:?}"
        );
    }

    #[test]
    fn what_is_no_mention() {
        assert_eq!(
            found("He told them that the president and the general would resign."),
            [] as [&str; 0]
        );
        assert_eq!(
            found("Read the statement. Soldiers left. The soldiers slept."),
            [] as [&str; 0]
        );
    }

    #[test]
    fn boilerplate_gives_nothing() {
        let mut page = document("By Anna Keller in Berlin. Anna Keller met Paul Weiss in Paris.");
        page.boilerplate = vec![[0, 25]];
        let mentions = recognize(&page);
        assert!(!mentions.is_empty() && mentions.iter().all(|m| m.start >= 25));
    }

    #[test]
    fn the_country_of_a_unit() {
        let text = "The Ukrainian 61st Brigade and Russia's Ministry of Defense disagreed.";
        let mentions = recognize(&document(text));
        let of = |kind| {
            mentions
                .iter()
                .find(|m| m.kind == kind)
                .and_then(|m| m.country)
        };
        assert_eq!(of(EntityKind::Unit), Some(*b"UA"));
        assert_eq!(of(EntityKind::Organization), Some(*b"RU"));
    }

    #[test]
    fn windows_without_any_large_letter_are_left_out() {
        assert!(
            ["Kim said", "(平壤)", "(서울", "a U.S."]
                .map(may_hold_name)
                .iter()
                .all(|&b| b)
        );
        assert!(
            ["((((", "12,5 %", "and so on.", ""]
                .map(may_hold_name)
                .iter()
                .all(|&b| !b)
        );
    }

    /// Far above what they take, far below what a square would.
    #[test]
    fn hostile_texts_take_linear_time() {
        let texts = [
            "Kim ".repeat(50_000),
            "A".repeat(2_000_000),
            "KIM JONG U.S. ".repeat(20_000),
            "Ministry of ".repeat(20_000),
            "“(".repeat(100_000),
            "Аa\u{301}Ω平 😀\u{0}".repeat(30_000),
            "Van-".repeat(50_000),
            "1st ".repeat(50_000),
            "a.B.".repeat(50_000),
        ];
        for text in texts {
            let start = Instant::now();
            let page = document(&text);
            let mentions = recognize(&page);
            assert!(start.elapsed() < Duration::from_secs(20), "{}", &text[..8]);
            check(&text, &mentions).unwrap();
        }
    }

    fn check(text: &str, mentions: &[RawMention]) -> Result<(), TestCaseError> {
        let mut last = 0;
        for mention in mentions {
            prop_assert!(mention.start >= last && mention.end > mention.start);
            prop_assert!(text.get(mention.start..mention.end).is_some());
            prop_assert!((0.0..=1.0).contains(&mention.score));
            last = mention.end;
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn mentions_are_sorted_disjoint_and_whole_characters(text in "\\PC{0,120}") {
            check(&text, &recognize(&document(&text)))?;
        }

        #[test]
        fn so_are_those_of_name_like_text(words in prop::collection::vec(
            prop::sample::select(vec![
                "Kim", "Jong", "-", "un", "U.S.", "the", "of", "and", "5th", "Brigade", "(", "NIS", ")", "’s", "'",
                "Ministry", "Gen.", "President", "in", "New", "York", ",", ".", "\n\n", "van", "der", "Al", "J.", "“",
                "People’s", "Army", "region", "2024", "-", "10", "May", "UN", "Ōsaka", "平壤", "é", "$", "Su-30", "HMS",
            ]), 0..60), spaced in prop::collection::vec(any::<bool>(), 60)) {
            let mut text = String::new();
            for (word, space) in words.iter().zip(spaced) {
                text.push_str(word);
                if space { text.push(' '); }
            }
            check(&text, &recognize(&document(&text)))?;
        }
    }
}
