//! Korean has no capitals: persons are known by the title behind their name, bodies by the ends of
//! their names, places by a list. What else a recognizer for English sees is left out.

use super::words;
use crate::extract::RawMention;
use crate::model::{Document, EntityKind};
use std::collections::HashSet;

/// The commonest family names, of nine persons in ten.
const FAMILY: &str = "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구나민진지엄채원천방공현함변염여추도소석선설마길연위표명기반라왕금옥육인맹제모탁국어은편용예경봉사부가복태목형피두감호";

/// Words that stand behind a person's name.
const TITLES: &[&str] = &[
    "씨",
    "교수",
    "대표",
    "위원장",
    "의원",
    "장관",
    "차관",
    "시장",
    "도지사",
    "지사",
    "군수",
    "구청장",
    "총리",
    "대통령",
    "부통령",
    "주석",
    "후보",
    "기자",
    "감독",
    "회장",
    "부회장",
    "사장",
    "대사",
    "대장",
    "중장",
    "소장",
    "준장",
    "대령",
    "중령",
    "소령",
    "대위",
    "장군",
    "변호사",
    "박사",
    "총장",
    "대변인",
    "국장",
    "청장",
    "단장",
    "본부장",
    "센터장",
    "원장",
    "연구원",
    "선수",
    "검사",
    "판사",
    "목사",
    "신부",
    "작가",
    "배우",
    "실장",
    "팀장",
    "국무위원장",
    "총비서",
    "부장",
    "비서관",
    "수석",
    "이사장",
    "의장",
    "경장",
    "경위",
    "경감",
    "서장",
];

/// Ends of names of organizations; the whole has four syllables or more.
const BODIES: &[&str] = &[
    "대학교",
    "대학교병원",
    "병원",
    "협회",
    "공사",
    "위원회",
    "경찰청",
    "기상청",
    "검찰청",
    "국세청",
    "대사관",
    "노동조합",
    "연구소",
    "연구원",
    "은행",
    "신문",
    "방송",
    "방송공사",
    "민주당",
    "국민의힘",
    "재단",
    "본부",
    "연맹",
    "수산부",
    "노동부",
    "국방부",
    "외교부",
    "통일부",
    "법무부",
    "교육부",
    "환경부",
    "복지부",
    "국토부",
    "교통부",
    "안전부",
    "기획부",
    "관광부",
    "기재부",
    "재정부",
    "해운",
    "전자",
    "중공업",
    "그룹",
    "통신",
    "법원",
    "의회",
    "정보원",
    "참모본부",
    "합동참모본부",
    "노동당",
];

/// Ends of names of military units.
const UNITS: &[&str] = &[
    "사단",
    "여단",
    "군단",
    "연대",
    "대대",
    "함대",
    "전대",
    "전단",
    "사령부",
];

/// Places that reports name most: countries, capitals, provinces and cities of Korea and around it.
const PLACES: &[&str] = &[
    "한국",
    "대한민국",
    "북한",
    "남한",
    "조선",
    "중국",
    "일본",
    "미국",
    "러시아",
    "우크라이나",
    "영국",
    "프랑스",
    "독일",
    "이탈리아",
    "스페인",
    "폴란드",
    "터키",
    "튀르키예",
    "이란",
    "이라크",
    "이스라엘",
    "팔레스타인",
    "시리아",
    "레바논",
    "인도",
    "파키스탄",
    "아프가니스탄",
    "베트남",
    "태국",
    "미얀마",
    "필리핀",
    "인도네시아",
    "말레이시아",
    "싱가포르",
    "대만",
    "몽골",
    "호주",
    "캐나다",
    "멕시코",
    "브라질",
    "아르헨티나",
    "이집트",
    "남아공",
    "네덜란드",
    "벨기에",
    "스위스",
    "오스트리아",
    "스웨덴",
    "노르웨이",
    "핀란드",
    "덴마크",
    "그리스",
    "헝가리",
    "체코",
    "서울",
    "부산",
    "대구",
    "인천",
    "광주",
    "대전",
    "울산",
    "세종",
    "제주",
    "제주도",
    "경기도",
    "강원도",
    "충청북도",
    "충청남도",
    "전라북도",
    "전라남도",
    "경상북도",
    "경상남도",
    "수원",
    "성남",
    "용인",
    "고양",
    "창원",
    "청주",
    "전주",
    "천안",
    "포항",
    "여수",
    "순천",
    "목포",
    "광양",
    "통영",
    "거제",
    "진주",
    "경주",
    "구미",
    "안동",
    "강릉",
    "속초",
    "춘천",
    "원주",
    "파주",
    "김포",
    "판문점",
    "평양",
    "개성",
    "신의주",
    "원산",
    "함흥",
    "청진",
    "해주",
    "남포",
    "나선",
    "해운대",
    "영도",
    "강남",
    "용산",
    "여의도",
    "독도",
    "울릉도",
    "백령도",
    "연평도",
    "베이징",
    "상하이",
    "칭다오",
    "다롄",
    "선양",
    "단둥",
    "홍콩",
    "타이베이",
    "가오슝",
    "도쿄",
    "오사카",
    "고베",
    "교토",
    "나고야",
    "후쿠오카",
    "삿포로",
    "요코하마",
    "하노이",
    "하이퐁",
    "호찌민",
    "방콕",
    "마닐라",
    "자카르타",
    "뉴델리",
    "모스크바",
    "블라디보스토크",
    "하바롭스크",
    "키이우",
    "키예프",
    "하르키우",
    "오데사",
    "헤르손",
    "쿠르스크",
    "워싱턴",
    "뉴욕",
    "로스앤젤레스",
    "런던",
    "파리",
    "베를린",
    "브뤼셀",
    "제네바",
    "로마",
    "바르샤바",
    "로테르담",
    "함부르크",
    "이스탄불",
    "테헤란",
    "바그다드",
    "예루살렘",
    "가자지구",
    "카이로",
    "시드니",
    "유럽",
    "아시아",
    "아프리카",
    "중동",
    "동해",
    "서해",
    "남해안",
    "남해",
    "황해",
];

/// What may follow a name within a word, the longest first.
const PARTICLES: &[&str] = &[
    "에서는",
    "에서도",
    "으로부터",
    "에게서",
    "까지는",
    "으로는",
    "에서",
    "에게",
    "께서",
    "으로",
    "부터",
    "까지",
    "이나",
    "이라는",
    "이라고",
    "에는",
    "에도",
    "과는",
    "와는",
    "이다",
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "에",
    "와",
    "과",
    "도",
    "로",
    "만",
    "나",
];

/// What may follow the name of a place and still be it.
const PLACE_ENDINGS: &[&str] = &["시", "항"];

pub(super) fn names(document: &Document, mentions: Vec<RawMention>) -> Vec<RawMention> {
    let text = document.text.as_str();
    let is_hangul = |m: &RawMention| text[m.start..m.end].chars().any(hangul);
    let mut found: Vec<RawMention> = mentions
        .into_iter()
        .filter(|m| {
            m.rule == super::super::lists::LISTED || m.kind == EntityKind::Date || !is_hangul(m)
        })
        .collect();
    let taken: Vec<[usize; 2]> = found.iter().map(|m| [m.start, m.end]).collect();
    let all: Vec<_> = words(text).collect();
    let mut persons: HashSet<&str> = HashSet::new();
    for pair in all.windows(2) {
        let gap = &text[pair[0].start + pair[0].text.len()..pair[1].start];
        if gap == " " && is_person(pair[0].text) && is_title(pair[1].text) {
            persons.insert(pair[0].text);
        }
    }
    for word in &all {
        let names = |length: usize, kind: EntityKind| RawMention {
            start: word.start,
            end: word.start + length,
            kind,
            score: 0.8,
            rule: "korean",
            canonical: None,
            country: None,
            unit: None,
            date: None,
        };
        let bare = without_particle(word.text, |stem| {
            persons.contains(stem) || place_length(stem).is_some() || body(stem).is_some()
        });
        let mention = if persons.contains(bare) {
            Some(names(bare.len(), EntityKind::Person))
        } else if let Some(length) = place_length(bare) {
            Some(names(length, EntityKind::Place))
        } else {
            body(bare).map(|kind| names(bare.len(), kind))
        };
        if let Some(mention) = mention
            && !overlaps(&taken, mention.start, mention.end)
            && !document.is_boilerplate(mention.start, mention.end)
        {
            found.push(mention);
        }
    }
    found.sort_by_key(|mention| mention.start);
    found
}

/// One of the sorted ranges overlaps these bytes.
fn overlaps(sorted: &[[usize; 2]], start: usize, end: usize) -> bool {
    let next = sorted.partition_point(|range| range[1] <= start);
    sorted.get(next).is_some_and(|range| range[0] < end)
}

fn hangul(c: char) -> bool {
    ('\u{ac00}'..='\u{d7a3}').contains(&c)
}

/// Family name and a given name of two syllables.
fn is_person(word: &str) -> bool {
    word.chars().count() == 3
        && word.chars().all(hangul)
        && word
            .chars()
            .next()
            .is_some_and(|first| FAMILY.contains(first))
}

fn is_title(word: &str) -> bool {
    let bare = without_particle(word, |stem| TITLES.contains(&stem));
    TITLES.contains(&bare)
}

/// The word, or what is left of it without a particle if that is `known`.
fn without_particle(word: &str, known: impl Fn(&str) -> bool) -> &str {
    if known(word) {
        return word;
    }
    PARTICLES
        .iter()
        .filter_map(|particle| word.strip_suffix(particle))
        .find(|stem| known(stem))
        .unwrap_or(word)
}

/// The bytes of a place's name at the start of a word that is it.
fn place_length(word: &str) -> Option<usize> {
    let is_place = |name: &str| PLACES.contains(&name);
    if is_place(word) {
        return Some(word.len());
    }
    PLACE_ENDINGS
        .iter()
        .any(|ending| word.strip_suffix(ending).is_some_and(is_place))
        .then_some(word.len())
}

/// The kind of a body that the word names.
fn body(word: &str) -> Option<EntityKind> {
    let syllables = word.chars().filter(|&c| hangul(c)).count();
    let ends = |list: &[&str]| {
        list.iter()
            .any(|e| word.ends_with(e) && word.len() > e.len())
    };
    if syllables >= 4 && ends(UNITS) {
        Some(EntityKind::Unit)
    } else if syllables >= 4 && ends(BODIES) {
        Some(EntityKind::Organization)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::fixture::document;

    #[test]
    fn titles_ends_and_places() {
        let document = document(
            0,
            "제7보병사단은 대구에서 떠났다. 한국은행의 이민수 총재가 아니라 이민호 의원이 말했다. 이민호는 부산시로 갔다. 사람들은 큰 집에 있다.".to_owned(),
        );
        let found: Vec<String> = names(&document, Vec::new())
            .iter()
            .map(|m| format!("{} {}", m.kind.key(), &document.text[m.start..m.end]))
            .collect();
        assert_eq!(
            found,
            [
                "unit 제7보병사단",
                "place 대구",
                "organization 한국은행",
                "person 이민호",
                "person 이민호",
                "place 부산시",
            ]
        );
    }
}
