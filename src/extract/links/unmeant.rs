//! Words that show that the network's kind of relation is not what is told: "arrested a suspect in the
//! murder of", "faculty member of".
//!
//! As in `crossed`, what is dropped is what the row of words shows; whatever it leaves open stands.

use super::elsewhere;
use super::kin;
use super::lists::Lists;
use super::matcher::Fit;
use super::posts;
use super::sentence::Sentence;
use crate::model::{EntityKind, RelationKind};
use std::ops::Range;

/// What the words of one kind of relation show besides.
pub(super) fn is_not_meant(
    sentence: &Sentence<'_>,
    lists: &Lists,
    fit: &Fit,
    kind: RelationKind,
) -> bool {
    match kind {
        RelationKind::Leads => {
            kin::is_kin_of_who_leads(sentence, fit)
                || posts::is_another_s_post(sentence, lists, fit)
                || is_at_its_seat(sentence, fit)
        }
        RelationKind::MemberOf => {
            kin::is_kin_of_who_leads(sentence, fit)
                || posts::is_another_s_post(sentence, lists, fit)
                || is_guest(sentence, fit)
                || is_at_its_seat(sentence, fit)
                || is_no_membership(sentence, fit)
                || is_in_its_team(sentence, fit)
        }
        RelationKind::PartOf => is_no_part(sentence, lists, fit),
        RelationKind::LocatedIn => elsewhere::is_elsewhere(sentence, lists, fit),
        RelationKind::Supports => {
            has_before_trigger(sentence, fit, &AGAINST)
                || is_of_its_rebels(sentence, fit)
                || is_only_the_setting(sentence, fit)
        }
        RelationKind::Supplies => is_only_the_setting(sentence, fit),
        RelationKind::Killed => {
            let pursues = matches!(
                sentence.kind(fit.source.head),
                Some(EntityKind::Place | EntityKind::Organization)
            );
            pursues && has_before_trigger(sentence, fit, &PURSUING)
                || is_only_dead(sentence, fit)
                // "Who shot Ada Byron's killer" did not shoot Ada Byron.
                || sentence.is_one_of(
                    fit.target.end + usize::from(sentence.word(fit.target.end) == "'s"),
                    &["assassin", "killer", "murderer"],
                ) && fit.source.head < fit.target.head
        }
        RelationKind::Fights => {
            is_only_beside(sentence, lists, fit)
                || is_its_own_war(sentence, fit)
                || is_of_its_rebels(sentence, fit)
        }
        RelationKind::FamilyOf => kin::is_another_s_kin(sentence, lists, fit),
        RelationKind::AssociateOf => kin::is_partner_of_another(sentence, lists, fit),
        RelationKind::BornIn => kin::is_born_elsewhere(sentence, fit),
        RelationKind::DiedIn => is_another_s_death(sentence, fit),
        RelationKind::DeployedTo => is_received(sentence, fit),
        _ => false,
    }
}

/// One is against helping.
const AGAINST: [&str; 14] = [
    "oppose",
    "opposes",
    "opposed",
    "opposing",
    "reject",
    "rejects",
    "rejected",
    "halt",
    "halted",
    "suspend",
    "suspended",
    "withhold",
    "withheld",
    "stopped",
];
/// What one does who looks for a killer.
const PURSUING: [&str; 12] = [
    "arrested",
    "arrests",
    "arrest",
    "detained",
    "charged",
    "suspect",
    "suspects",
    "investigating",
    "investigates",
    "investigated",
    "convicted",
    "jailed",
];

/// "The Norden resistance attacked" is not Norden; in "met Norden resistance" Norden resists.
fn is_of_its_rebels(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    let first = fit.source.end.min(fit.target.end);
    let last = fit.source.end.max(fit.target.end);
    let is_own = |end: usize| sentence.is_one_of(end, &["resistance", "opposition", "dissidents"]);
    let has_article = last > 1 && sentence.word(last - 2) == "the";
    is_own(first) || is_own(last) && has_article
}

/// The words between the ends.
pub(super) fn between(fit: &Fit) -> Range<usize> {
    let first = fit.source.head.min(fit.target.head);
    first + 1..fit.source.head.max(fit.target.head)
}

fn has_between(sentence: &Sentence<'_>, fit: &Fit, words: &[&str]) -> bool {
    between(fit).any(|at| sentence.is_one_of(at, words))
}

/// One of the words stands between the source and the words that say so, in the same part of the sentence.
fn has_before_trigger(sentence: &Sentence<'_>, fit: &Fit, words: &[&str]) -> bool {
    let Some(&[first, _]) = fit.trigger.first() else {
        return false;
    };
    (fit.source.end..first)
        .rev()
        .take_while(|&at| sentence.word(at) != ",")
        .any(|at| sentence.is_one_of(at, words))
}

/// The words that say so.
pub(super) fn told<'s>(sentence: &'s Sentence<'_>, fit: &'s Fit) -> impl Iterator<Item = &'s str> {
    fit.trigger
        .iter()
        .flat_map(|&[first, end]| first..end)
        .map(|at| sentence.word(at))
}

/// "At the United Nations headquarters", "outside the Acme building": a place, and not those in it.
fn is_at_its_seat(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    const AT: [&str; 6] = ["at", "in", "outside", "near", "inside", "to"];
    const SEATS: [&str; 14] = [
        "headquarters",
        "building",
        "buildings",
        "compound",
        "summit",
        "conference",
        "session",
        "meeting",
        "offices",
        "hall",
        "premises",
        "congress",
        "forum",
        "stand",
    ];
    let target = fit.target.head;
    let before = (1..3).any(|back| {
        target
            .checked_sub(back)
            .is_some_and(|at| sentence.is_one_of(at, &AT))
    });
    let is_told_there = fit.trigger.iter().all(|&[first, end]| {
        end + 2 >= target && first <= target && told(sentence, fit).any(|word| AT.contains(&word))
    });
    before && !is_told_there && sentence.is_one_of(target + 1, &SEATS)
}

/// Who is before a court is no member of it, and nobody is a member "via" something.
fn is_no_membership(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    const OPPOSING: [&str; 9] = [
        "face", "faced", "faces", "sue", "sued", "sues", "litigate", "versus", "against",
    ];
    let is_told = !fit.trigger.is_empty();
    let is_way = is_told && told(sentence, fit).all(|word| matches!(word, "via" | "through"));
    is_way || told(sentence, fit).any(|word| OPPOSING.contains(&word))
}

/// "The Globe team included Ada Byron": the team's; "settled at Acme": a place.
fn is_in_its_team(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    const INCLUDING: [&str; 4] = ["included", "includes", "including", "comprised"];
    const TEAMS: [&str; 5] = ["team", "squad", "delegation", "mission", "contest"];
    const DWELLING: [&str; 5] = ["settled", "lived", "arrived", "stayed", "landed"];
    let includes = !fit.trigger.is_empty() && told(sentence, fit).all(|w| INCLUDING.contains(&w));
    let dwells = fit.trigger.iter().any(|&[first, _]| {
        sentence.is_one_of(first, &["at", "in"])
            && first > 0
            && sentence.is_one_of(first - 1, &DWELLING)
    });
    includes && sentence.is_one_of(fit.target.head + 1, &TEAMS) || dwells
}

/// "Fought Norden's war of independence": for Norden.
fn is_its_own_war(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    const WARS: [&str; 4] = ["war", "wars", "struggle", "battle"];
    const FIGHTING: [&str; 4] = ["fight", "fought", "fighting", "fights"];
    [fit.source.head, fit.target.head].into_iter().any(|head| {
        head > 0
            && sentence.is_one_of(head - 1, &FIGHTING)
            && sentence.word(head + 1) == "'s"
            && (head + 2..head + 6).any(|at| {
                let is_waged = sentence.is_one_of(at + 1, &["on", "against"])
                    || sentence.word(at + 2) == "aggression";
                sentence.is_one_of(at, &WARS) && !is_waged
            })
    })
}

/// All that is told is that somebody died.
fn is_only_dead(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    const DEAD: [&str; 6] = ["die", "died", "dies", "dead", "death", "dying"];
    !fit.trigger.is_empty()
        && told(sentence, fit).all(|word| DEAD.contains(&word))
        && !has_between(sentence, fit, &["hands"])
        && !fit
            .trigger
            .iter()
            .any(|&[_, end]| sentence.is_one_of(end, &["of", "by"]))
}

/// "Despite Norden's gains, allies support Ostia": not Norden.
fn is_only_the_setting(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    const SETTING: [&str; 5] = ["despite", "amid", "notwithstanding", "beyond", "besides"];
    let source = fit.source.head;
    let Some(&[first, _]) = fit.trigger.first() else {
        return false;
    };
    (source.saturating_sub(3)..source).any(|at| sentence.is_one_of(at, &SETTING))
        && sentence.word(source + 1) == "'s"
        && (source..first).any(|at| sentence.word(at) == ",")
}

/// "Ada Byron died, following which they fled to Perth", "one convicted in the murder of Bo Carr in Perth":
/// there somebody else was.
fn is_another_s_death(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    const ACCUSED: [&str; 8] = [
        "convicted",
        "accused",
        "arrested",
        "charged",
        "suspected",
        "wanted",
        "jailed",
        "tried",
    ];
    let Some(&[first, end]) = fit.trigger.first() else {
        return false;
    };
    let goes_on = (end..fit.target.head).any(|at| {
        sentence.word(at) == "which" && sentence.is_one_of(at - 1, &["following", "after", "upon"])
    });
    let before = fit.source.end..first;
    let is_accused = before.clone().any(|at| sentence.is_one_of(at, &ACCUSED));
    let is_of_another = before
        .clone()
        .any(|at| sentence.kind(at) == Some(EntityKind::Person));
    goes_on || is_accused && is_of_another
}

/// "The premier received the envoy to Norden": who receives goes nowhere.
fn is_received(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    const RECEIVING: [&str; 6] = [
        "received", "receives", "welcomed", "welcomes", "hosted", "met",
    ];
    !fit.trigger.is_empty() && told(sentence, fit).all(|word| RECEIVING.contains(&word))
}

/// "Ada Byron joins Radio Acme to discuss": for one evening.
fn is_guest(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    const JOINING: [&str; 4] = ["joins", "joined", "joining", "join"];
    const TALKING: [&str; 8] = [
        "discuss", "talk", "speak", "explain", "share", "reflect", "break", "look",
    ];
    let joins = fit
        .trigger
        .iter()
        .any(|&[first, end]| (first..end).any(|at| sentence.is_one_of(at, &JOINING)));
    let after = fit.target.end;
    let after = after + usize::from(sentence.is_one_of(after, &["!", "?", "live", "now", "today"]));
    let talks = sentence.word(after) == "to" && sentence.is_one_of(after + 1, &TALKING);
    let speaks = sentence.word(after) == "for"
        && (after + 1..after + 4)
            .any(|at| sentence.is_one_of(at, &["conversation", "interview", "discussion", "chat"]));
    joins && (talks || speaks)
}

/// "A faculty member of Acme", "Acme's Globe account", "Acme's Globe and Umbrella".
fn is_no_part(sentence: &Sentence<'_>, lists: &Lists, fit: &Fit) -> bool {
    const ACCOUNTS: [&str; 11] = [
        "account", "accounts", "page", "channel", "profile", "feed", "post", "posts", "handle",
        "story", "article",
    ];
    let (part, owner) = (fit.source.head, fit.target.head);
    let owns = sentence.word(owner + 1) == "'s" && part > owner;
    let is_account = owns && sentence.is_one_of(part + 1, &ACCOUNTS);
    let is_later_of_list = owns
        && sentence.kind(owner) == Some(EntityKind::Organization)
        && lists
            .of(part)
            .and_then(|list| list.first())
            .is_some_and(|&first| first > owner && first != part);
    // What one launches is a thing to sell.
    let is_launched = !fit.trigger.is_empty()
        && told(sentence, fit).all(|word| matches!(word, "launched" | "launches" | "unveiled"));
    is_of_people(sentence, fit) || is_account || is_later_of_list || is_launched
}

/// "Founder of Acme, and faculty member of Globe": people are members, not bodies.
pub(super) fn is_of_people(sentence: &Sentence<'_>, fit: &Fit) -> bool {
    const PEOPLE: [&str; 7] = [
        "faculty", "staff", "board", "crew", "cast", "family", "team",
    ];
    fit.trigger.iter().any(|&[first, end]| {
        (first..end).any(|at| {
            sentence.is_one_of(at, &["member", "members"])
                && at > 0
                && sentence.is_one_of(at - 1, &PEOPLE)
        })
    })
}

/// "Clashes between Norden and Ostia, Westia said": a comma alone joins nothing.
fn is_only_beside(sentence: &Sentence<'_>, lists: &Lists, fit: &Fit) -> bool {
    let gap = between(fit);
    let is_comma = gap.len() == 1 && sentence.word(gap.start) == ",";
    let first = fit.source.head.min(fit.target.head);
    let is_before = fit.trigger.iter().all(|&[_, end]| end <= first);
    is_comma && is_before && !lists.join(fit.source.head, fit.target.head)
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::crossed::tests::kept;
    use super::*;
    use RelationKind::{DeployedTo, DiedIn, Fights, Killed, Leads, MemberOf, PartOf, Supports};

    /// The network's ends, kind and words for a text; nothing of it may stand.
    #[track_caller]
    pub(in super::super) fn none(
        notation: &str,
        ends: [usize; 2],
        kind: RelationKind,
        words: &str,
    ) {
        let said = [(ends, kind, words, 0.9)];
        assert!(kept(notation, &said).is_empty(), "{notation}");
    }

    #[track_caller]
    pub(in super::super) fn stands(
        notation: &str,
        ends: [usize; 2],
        kind: RelationKind,
        words: &str,
    ) {
        let said = [(ends, kind, words, 0.9)];
        assert_eq!(kept(notation, &said), [ends], "{notation}");
    }

    #[test]
    fn what_is_said_of_kin_and_guests() {
        let kin = "Cy, mother of [person Ada Byron] and president of [organization Acme], won.";
        none(kin, [0, 1], Leads, "president");
        let guest = "[person Ada Byron] joins [organization Radio Acme] to discuss war.";
        none(guest, [0, 1], MemberOf, "joins");
        stands(
            "[person Ada Byron] joins [organization Acme] to help.",
            [0, 1],
            MemberOf,
            "joins",
        );
    }

    #[test]
    fn parts_are_told_from_accounts_and_staff() {
        let account = "It came in [organization Acme]'s [organization Globe] account.";
        none(account, [1, 0], PartOf, "'s");
        let list =
            "They use [organization Acme]'s [organization Globe] and [organization Umbrella] now.";
        none(list, [2, 0], PartOf, "'s");
        stands(list, [1, 0], PartOf, "'s");
        let staff =
            "Founder of [organization Globe] and faculty member of [organization Acme] since.";
        none(staff, [0, 1], PartOf, "faculty member of");
    }

    #[test]
    fn what_is_opposed_pursued_or_only_near() {
        none(
            "[place Norden] now opposes aid for [place Ostia].",
            [0, 1],
            Supports,
            "aid",
        );
        stands(
            "[place Norden] now offers aid for [place Ostia].",
            [0, 1],
            Supports,
            "aid",
        );
        let hunted = "[place Norden] arrested a man for the murder of [person Ada Byron].";
        none(hunted, [0, 1], Killed, "murder");
        let beside = "Amid clashes, [place Norden], [place Ostia] said so.";
        none(beside, [0, 1], Fights, "clashes");
    }

    #[test]
    fn a_seat_and_a_way_are_no_membership() {
        let seat =
            "The scholar [person Ada Byron] protested at the [organization Globe] headquarters.";
        none(seat, [0, 1], MemberOf, "scholar");
        let court =
            "[place Norden] and [place Ostia] face off before the [organization Globe Court].";
        none(court, [0, 2], MemberOf, "face off");
        let member = "[place Norden] is a founding member state of [organization Globe].";
        stands(member, [0, 1], MemberOf, "member");
        let team = "The [organization Globe] team included [person Ada Byron].";
        none(team, [1, 0], MemberOf, "included");
        let dwells = "[person Ada Byron] settled at [organization Globe].";
        none(dwells, [0, 1], MemberOf, "at");
        let way = "[person Ada Byron] sold it via [organization Globe].";
        none(way, [0, 1], MemberOf, "via");
    }

    #[test]
    fn who_fights_a_country_s_war_fights_for_it() {
        let own = "The [unit Free Army] was formed to fight [place Norden]'s long war of liberty.";
        none(own, [0, 1], Fights, "fight");
    }

    #[test]
    fn the_resistance_of_a_country_is_not_the_country() {
        let rebels = "Then the [group=Norden Nordian] resistance attacked [place Ostia].";
        none(rebels, [0, 1], Fights, "attacked");
    }

    #[test]
    fn who_dies_is_not_killed_by_who_is_named_beside() {
        let died = "[person Ada Byron] died in a revolt under [person Bo Carr] then.";
        none(died, [1, 0], Killed, "died");
        let killer = "[person Bo Carr] shot [person Ada Byron]'s killer dead.";
        none(killer, [0, 1], Killed, "shot");
        let hands = "[person Ada Byron] died at the hands of [person Bo Carr] then.";
        stands(hands, [1, 0], Killed, "died at the hands of");
    }

    #[test]
    fn who_flees_or_is_tried_did_not_die_there() {
        let fled = "[person Ada Byron] died, following which they fled to [place Perth] again.";
        none(fled, [0, 1], DiedIn, "died");
        let tried =
            "[person Ada Byron] was convicted in the killing of [person Bo Carr] at [place Perth].";
        none(tried, [0, 2], DiedIn, "at");
        let jailed = "[person Ada Byron], arrested over a scarf, died in [place Perth].";
        stands(jailed, [0, 1], DiedIn, "died");
        let there = "[person Ada Byron] died after a long illness in [place Perth].";
        stands(there, [0, 1], DiedIn, "died");
    }

    #[test]
    fn a_setting_is_no_party() {
        let gains = "Despite [place Norden]'s gains, allies stood in support of [place Ostia].";
        none(gains, [0, 1], Supports, "support of");
        let own = "Despite the gains, [place Norden] stood in support of [place Ostia].";
        stands(own, [0, 1], Supports, "support of");
    }

    #[test]
    fn who_receives_a_guest_goes_nowhere() {
        let guest = "[person Ada Byron] received the envoy to [place Norden] today.";
        none(guest, [0, 1], DeployedTo, "received");
    }
}
