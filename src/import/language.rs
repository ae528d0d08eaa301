//! Which language a document is written in: by its script, by letters that only one language has, and
//! among languages of one script by their commonest words.

use std::collections::BTreeMap;

/// Bytes of a text that are looked at: more tell nothing new.
const LOOKED_AT: usize = 16_000;
/// Letters below which no language is told.
const FEWEST_LETTERS: usize = 60;
/// Share of a language's commonest words among all words that running text reaches.
const FEWEST_COMMON: f64 = 0.08;

/// The commonest words of languages in Latin letters. Words that two languages share tell less than
/// those that one has, and each list is as long as the others.
const LATIN: &[(&str, &str)] = &[
    (
        "English",
        "the of and to in is was that for on with by said he as at from his has have were be it are who not this they had their will been which",
    ),
    (
        "German",
        "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um",
    ),
    (
        "French",
        "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont aux avec son cette ont été mais comme",
    ),
    (
        "Spanish",
        "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha este fue entre cuando sobre también",
    ),
    (
        "Italian",
        "di e il la che in un per è del della una con non sono da al le si dei i nel alla più ha anche come gli lo delle ma dal questo",
    ),
    (
        "Portuguese",
        "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou",
    ),
    (
        "Dutch",
        "de van het een en in is dat op te zijn met voor niet aan er om die ook als maar door bij uit naar heeft ze hij werd dan nog over wordt",
    ),
    (
        "Polish",
        "w i na z do się nie to że o jest po jak przez od za a dla oraz ma są był ze tym co tego było który której przy także już",
    ),
    (
        "Czech",
        "a v se na je že to s z do o i ve pro za by ale si jsou po od jako podle však které který byl bude také při nebo roku už",
    ),
    (
        "Romanian",
        "de în și a la cu o pe din nu că care au un pentru mai este al fost prin lui sau ca fi dar după le se ale cele sunt această",
    ),
    (
        "Turkish",
        "ve bir bu da de için ile olarak olan daha çok gibi en kadar sonra ne o var ancak ise her olduğu dedi değil oldu ya iki göre tarafından",
    ),
    (
        "Swedish",
        "och i att det som en på är av för med till den har de inte om ett han men var jag sig från vi så kan när nu eller efter också",
    ),
    (
        "Danish or Norwegian",
        "og i at det er en til på som med de den for av af ikke har et fra var han vi men sig om seg så kan også efter etter ble blev",
    ),
    (
        "Finnish",
        "ja on ei että oli se hän ovat mutta myös kun joka sen ole mukaan jo jos kuin niin vuonna ovat ollut hänen sitä tai vain mitä jälkeen",
    ),
    (
        "Hungarian",
        "a az és hogy nem is egy meg ez volt csak de már mint ha azt el még lehet után szerint pedig vagy amely ezt majd lesz között",
    ),
    (
        "Indonesian",
        "yang dan di dari untuk dengan ini itu pada dalam tidak akan juga adalah ke oleh mereka telah karena tersebut sebagai bisa ada kepada saat",
    ),
    (
        "Vietnamese",
        "và của là có được cho trong các một không những đã với này người đến khi từ cũng để ra như vào tại trên phải về theo sau",
    ),
];

/// The same in Cyrillic letters.
const CYRILLIC: &[(&str, &str)] = &[
    (
        "Ukrainian",
        "і в на що не до з у та за про й від як це для по або його але вже є так він було які під час також її щоб був який після",
    ),
    (
        "Russian",
        "и в не на что с по как это он к из его но за то все от у для о так же был бы мы вы или при также быть они было под",
    ),
    (
        "Belarusian",
        "і ў у на не што з да як гэта за па ад для яго каб але быў пра гэтым ён яны былі або калі таксама пасля",
    ),
    (
        "Bulgarian",
        "на и да се за в от е че с не по са като до при си това след ще този или но бе има които със който през",
    ),
    (
        "Serbian",
        "и у је да се на за су од са не што као о који али то из би до није ће која све бити после због као",
    ),
];

/// Scripts that one language has, or that stand for it here: first and last letter.
const SCRIPTS: &[(&str, char, char)] = &[
    ("Korean", '\u{ac00}', '\u{d7a3}'),
    ("Japanese", '\u{3040}', '\u{30ff}'),
    ("Chinese", '\u{4e00}', '\u{9fff}'),
    ("Arabic", '\u{600}', '\u{6ff}'),
    ("Hebrew", '\u{590}', '\u{5ff}'),
    ("Greek", '\u{370}', '\u{3ff}'),
    ("Georgian", '\u{10a0}', '\u{10ff}'),
    ("Armenian", '\u{530}', '\u{58f}'),
    ("Hindi", '\u{900}', '\u{97f}'),
    ("Bengali", '\u{980}', '\u{9ff}'),
    ("Tamil", '\u{b80}', '\u{bff}'),
    ("Thai", '\u{e00}', '\u{e7f}'),
    ("Burmese", '\u{1000}', '\u{109f}'),
    ("Cyrillic", '\u{400}', '\u{52f}'),
];

/// The English name of the language, such as "Ukrainian", where the text tells it.
pub(super) fn language_of(text: &str) -> Option<String> {
    let mut end = text.len().min(LOOKED_AT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let start = &text[..end];
    let mut letters = 0;
    let mut scripts: BTreeMap<&str, usize> = BTreeMap::new();
    for c in start.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        let script = SCRIPTS
            .iter()
            .find(|(_, first, last)| (*first..=*last).contains(&c));
        *scripts
            .entry(script.map_or("Latin", |(name, ..)| name))
            .or_default() += 1;
    }
    if letters < FEWEST_LETTERS {
        return None;
    }
    // A Japanese text has more Chinese letters than its own.
    if scripts
        .get("Japanese")
        .is_some_and(|&kana| kana * 10 > letters)
    {
        return Some("Japanese".to_owned());
    }
    let (script, count) = scripts.into_iter().max_by_key(|&(_, count)| count)?;
    if count * 2 < letters {
        return None;
    }
    match script {
        "Latin" => by_words(start, LATIN),
        "Cyrillic" => by_words(start, CYRILLIC),
        "Arabic" if start.contains(['پ', 'چ', 'ژ', 'گ']) => Some("Persian".to_owned()),
        script => Some(script.to_owned()),
    }
}

/// The language whose commonest words make up most of the text; none if they are few, or if two
/// languages come close.
fn by_words(text: &str, languages: &[(&str, &str)]) -> Option<String> {
    let mut count = 0;
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for word in text
        .split(|c: char| !c.is_alphabetic())
        .filter(|w| !w.is_empty())
    {
        count += 1;
        *found.entry(word.to_lowercase()).or_default() += 1;
    }
    let mut shares: Vec<(usize, &str)> = languages
        .iter()
        .map(|(name, common)| {
            let of = |word: &str| found.get(word).copied().unwrap_or(0);
            (common.split(' ').map(of).sum(), *name)
        })
        .collect();
    shares.sort_unstable();
    let (best, name) = *shares.last()?;
    let second = shares.iter().rev().nth(1).map_or(0, |(share, _)| *share);
    let is_clear = best * 10 >= second * 11;
    (is_clear && best as f64 >= count as f64 * FEWEST_COMMON).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_apart_and_too_little_tells_none() {
        for (text, language) in [
            (
                "The ministry said on Monday that the brigade was in the town and that it had left.",
                Some("English"),
            ),
            (
                "Der Minister sagte am Montag, die Brigade sei in der Stadt gewesen und habe sie wieder verlassen. Niemand wurde verletzt.",
                Some("German"),
            ),
            (
                "Le ministre a dit lundi que la brigade était dans la ville et qu'elle est partie avec les habitants.",
                Some("French"),
            ),
            (
                "El ministro dijo el lunes que la brigada estaba en la ciudad y que se fue con los vecinos.",
                Some("Spanish"),
            ),
            (
                "Minister powiedział w poniedziałek, że brygada była w mieście i że nie ma jej już na miejscu.",
                Some("Polish"),
            ),
            (
                "Міністр повідомив у понеділок, що бригада була в місті, але вже пішла звідти, і ніхто не постраждав.",
                Some("Ukrainian"),
            ),
            (
                "Министр сообщил в понедельник, что бригада была в городе, но уже ушла, и никто не пострадал.",
                Some("Russian"),
            ),
            (
                "장관은 월요일에 여단이 도시에 있었지만 이미 떠났고 다친 사람은 없다고 밝혔다. 시민들은 집으로 돌아갔다. 학교도 다시 문을 열었다. 시장은 오늘 다시 연다고 한다.",
                Some("Korean"),
            ),
            (
                "大臣は月曜日に旅団が町にいたが、すでに去ったと述べた。誰もけがをしなかった。市民は家に帰り、学校も再び開いた。市場は明日開くという。",
                Some("Japanese"),
            ),
            ("Ada Byron", None),
            (
                "Xyl qort vamp zim brop nalk dree fosk wump tarn klee vosh grint plaz murk yold swik brant",
                None,
            ),
            ("", None),
        ] {
            assert_eq!(language_of(text).as_deref(), language, "{text}");
        }
    }
}
