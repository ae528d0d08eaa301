//! How names are compared: words without case, accents, hyphens and articles, and a coarser key
//! under which the usual transliterations of one name are equal.

use crate::model::normalized_name;

/// Words of a name as compared: normalized, without a leading article.
pub(super) fn words(name: &str) -> Vec<String> {
    let normalized = normalized_name(name);
    let mut words: Vec<String> = normalized.split(' ').map(str::to_owned).collect();
    if words.len() > 1 && matches!(words[0].as_str(), "the" | "a" | "an") {
        words.remove(0);
    }
    words.retain(|word| !word.is_empty());
    words
}

/// One key for the usual spellings of a name: see [`folded`].
pub(crate) fn name_key(name: &str) -> String {
    words(name)
        .iter()
        .map(|word| folded(word))
        .collect::<Vec<_>>()
        .join(" ")
}

/// A normalized word under which the common transliterations into English fall together:
/// Zelensky, Zelenskyy and Zelenskiy; Aleksei, Alexei and Alexey; Mohamed and Muhammad; Yuri and
/// Yury. Coarse on purpose: a whole name must agree before anything is merged.
pub(super) fn folded(word: &str) -> String {
    if word.chars().any(|c| c.is_ascii_digit()) || word.chars().count() < 4 {
        return match word {
            "yi" | "iy" => "y".to_owned(),
            _ => word.to_owned(),
        };
    }
    if matches!(
        word,
        "mohammed" | "mohamed" | "muhammad" | "mohammad" | "muhammed" | "mohamad" | "muhamad"
    ) {
        return "muhamad".to_owned();
    }
    let mut out = plain_letters(word)
        .replace("ks", "x")
        .replace("ou", "u")
        .replace("oo", "u")
        .replace("tz", "ts");
    for (ending, plain) in [
        ("skyi", "sky"),
        ("skyj", "sky"),
        ("skiy", "sky"),
        ("skij", "sky"),
        ("skii", "sky"),
        ("ski", "sky"),
        ("eyev", "eev"),
        ("off", "ov"),
        ("iy", "y"),
        ("yi", "y"),
        ("ij", "y"),
        ("ii", "y"),
        ("ei", "ey"),
        ("ej", "ey"),
        ("i", "y"),
    ] {
        if let Some(stem) = out.strip_suffix(ending) {
            out = format!("{stem}{plain}");
            break;
        }
    }
    let mut single = String::with_capacity(out.len());
    for c in out.chars() {
        if !single.ends_with(c) {
            single.push(c);
        }
    }
    single
}

/// Letters that are no Latin letter with a mark, as English text writes them.
fn plain_letters(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'ø' => out.push('o'),
            'ı' => out.push('i'),
            'ə' => out.push('a'),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            other => out.push(other),
        }
    }
    out
}

/// The two words differ by one letter added, left out or changed, not by a first letter nor by an
/// ending that tells man from woman (Ivanov, Ivanova).
pub(crate) fn is_slip(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.len() < 6 || long.len() > 24 || long.len() - short.len() > 1 || short[0] != long[0] {
        return false;
    }
    let first = short.iter().zip(&long).take_while(|(x, y)| x == y).count();
    let is_vowel = |c: char| "aeiouy".contains(c);
    if short.len() == long.len() {
        // A changed last letter is more often a sex, a case or another name than a slip.
        first + 1 < short.len() && short[first + 1..] == long[first + 1..]
    } else {
        let at_the_end = first == short.len();
        short[first..] == long[first + 1..] && !(at_the_end && is_vowel(long[first]))
    }
}

/// Words that end a name and tell bearers of one name apart.
pub(crate) fn is_generation(word: &str) -> bool {
    matches!(word, "jr" | "sr" | "ii" | "iii" | "iv")
}

/// A common family name of a culture that writes it first: Korean, Chinese, Vietnamese, Japanese,
/// Hungarian, in the spellings of news text.
pub(crate) fn is_family_first(word: &str) -> bool {
    FAMILY_FIRST.binary_search(&word).is_ok()
}

/// Sorted, for binary search.
const FAMILY_FIRST: &[&str] = &[
    "abe",
    "aso",
    "bae",
    "baek",
    "bai",
    "bui",
    "cai",
    "cao",
    "cha",
    "chan",
    "chang",
    "chen",
    "cheng",
    "cheung",
    "cho",
    "choe",
    "choi",
    "chow",
    "chu",
    "chun",
    "chung",
    "dang",
    "deng",
    "ding",
    "do",
    "dong",
    "du",
    "duong",
    "fan",
    "fang",
    "feng",
    "fu",
    "fujita",
    "gao",
    "gong",
    "gu",
    "guo",
    "gwak",
    "ha",
    "hahn",
    "han",
    "hashimoto",
    "hatoyama",
    "he",
    "heo",
    "ho",
    "hong",
    "hou",
    "hu",
    "huang",
    "hur",
    "huynh",
    "hwang",
    "im",
    "ishiba",
    "ito",
    "jang",
    "jeon",
    "jeong",
    "ji",
    "jia",
    "jiang",
    "jin",
    "jo",
    "joo",
    "ju",
    "jung",
    "kang",
    "kato",
    "kim",
    "kishida",
    "ko",
    "kobayashi",
    "koh",
    "koizumi",
    "koo",
    "kwak",
    "kwok",
    "kwon",
    "lai",
    "lam",
    "lau",
    "le",
    "lee",
    "leung",
    "li",
    "liang",
    "liao",
    "lim",
    "lin",
    "liu",
    "lo",
    "lu",
    "luo",
    "luong",
    "ma",
    "mao",
    "matsumoto",
    "meng",
    "min",
    "moon",
    "mori",
    "mun",
    "na",
    "nakamura",
    "nam",
    "nguyen",
    "noda",
    "noh",
    "oh",
    "ono",
    "orban",
    "pan",
    "park",
    "peng",
    "pham",
    "phan",
    "pyo",
    "qian",
    "qin",
    "ri",
    "roh",
    "ryu",
    "saito",
    "sasaki",
    "sato",
    "seo",
    "shen",
    "shi",
    "shim",
    "shin",
    "sin",
    "so",
    "sohn",
    "son",
    "song",
    "suga",
    "suh",
    "sun",
    "suzuki",
    "takahashi",
    "tan",
    "tanaka",
    "tang",
    "tran",
    "trinh",
    "truong",
    "tsai",
    "tung",
    "vo",
    "vu",
    "wang",
    "watanabe",
    "wei",
    "won",
    "wong",
    "woo",
    "wu",
    "xi",
    "xiao",
    "xie",
    "xu",
    "yamada",
    "yamamoto",
    "yan",
    "yang",
    "yao",
    "ye",
    "yeo",
    "yi",
    "yoo",
    "yoon",
    "yoshida",
    "yu",
    "yuan",
    "yun",
    "zeng",
    "zhang",
    "zhao",
    "zheng",
    "zhong",
    "zhou",
    "zhu",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_share_a_key() {
        for (a, b) in [
            ("Volodymyr Zelenskyy", "Volodymyr Zelensky"),
            ("Zelenskiy", "Zelenskyi"),
            ("Aleksei Navalny", "Alexey Navalnyy"),
            ("Mohammed Ali", "Muhammad Ali"),
            ("Kim Jong-un", "Kim  Jong Un"),
            ("Yuri Slyusar", "Yury Slyusar"),
            ("The Kremlin", "Kremlin"),
            ("Mahmoud Abbas", "Mahmud Abbas"),
        ] {
            assert_eq!(name_key(a), name_key(b), "{a} / {b}");
        }
        for (a, b) in [
            ("Kim Jong Un", "Kim Jong Il"),
            ("Ivanov", "Ivanova"),
            ("Alexander", "Alexandra"),
        ] {
            assert_ne!(name_key(a), name_key(b), "{a} / {b}");
        }
    }

    #[test]
    fn slips_are_one_letter_inside_long_words() {
        assert!(is_slip("volodymyr", "volodymr"));
        assert!(is_slip("abdelmadjid", "abdelmajid"));
        assert!(!is_slip("ivanov", "ivanova"));
        assert!(!is_slip("daniel", "daniela"));
        assert!(!is_slip("jong", "yong"));
        assert!(!is_slip("marina", "karina"));
    }

    #[test]
    fn family_names_are_sorted() {
        assert!(FAMILY_FIRST.is_sorted());
        assert!(is_family_first("kim") && is_family_first("park") && !is_family_first("smith"));
    }
}
