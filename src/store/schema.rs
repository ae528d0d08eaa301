//! The tables of a project file. `docs/file-format.md` describes them for other programs.

/// The version of the tables; a file of a later one is refused.
pub const FORMAT_VERSION: u32 = 3;

/// The version from which on files hold what was found beside what corrections made of it.
pub(super) const FINDINGS_SINCE: u32 = 3;

/// "RdSt": tells a project file from other SQLite databases.
pub(super) const APPLICATION_ID: u32 = 0x5264_5374;

/// The names of all tables; `units` and `locations` came with version 2,
/// `findings` with version 3.
pub(super) const TABLES: [&str; 15] = [
    "meta",
    "documents",
    "entities",
    "aliases",
    "roles",
    "mentions",
    "relations",
    "evidence",
    "placements",
    "corrections",
    "files",
    "steps",
    "units",
    "locations",
    "findings",
];

/// The tables that a file of a version has.
pub(super) fn tables_of(version: u32) -> &'static [&'static str] {
    match version {
        0 | 1 => &TABLES[..12],
        2 => &TABLES[..14],
        _ => &TABLES,
    }
}

pub(super) const SCHEMA: &str = r"
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    id INTEGER PRIMARY KEY, path TEXT NOT NULL, file_hash TEXT NOT NULL,
    range_start INTEGER, range_end INTEGER, title TEXT, date TEXT, source TEXT,
    text TEXT NOT NULL, boilerplate TEXT NOT NULL,
    sentences INTEGER NOT NULL, mentions_filtered INTEGER NOT NULL,
    author TEXT, language TEXT, left_out TEXT, recognized TEXT,
    notice TEXT);
CREATE TABLE entities (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, by_user INTEGER NOT NULL,
    date TEXT, told TEXT);
CREATE TABLE units (
    entity INTEGER PRIMARY KEY REFERENCES entities (id), number TEXT, designation TEXT, type TEXT,
    echelon TEXT, nationality TEXT, parent TEXT);
CREATE TABLE locations (
    entity INTEGER PRIMARY KEY REFERENCES entities (id), name TEXT NOT NULL, kind TEXT NOT NULL,
    country TEXT, country_code TEXT, region TEXT, latitude REAL NOT NULL, longitude REAL NOT NULL,
    score REAL NOT NULL);
CREATE TABLE aliases (
    entity INTEGER NOT NULL REFERENCES entities (id), position INTEGER NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (entity, position)) WITHOUT ROWID;
CREATE TABLE roles (
    entity INTEGER NOT NULL REFERENCES entities (id), position INTEGER NOT NULL, text TEXT NOT NULL,
    document INTEGER NOT NULL REFERENCES documents (id), start INTEGER NOT NULL,
    PRIMARY KEY (entity, position)) WITHOUT ROWID;
CREATE TABLE mentions (
    entity INTEGER NOT NULL REFERENCES entities (id), position INTEGER NOT NULL,
    document INTEGER NOT NULL REFERENCES documents (id), start INTEGER NOT NULL,
    end INTEGER NOT NULL, text TEXT NOT NULL, score REAL NOT NULL,
    PRIMARY KEY (entity, position)) WITHOUT ROWID;
CREATE TABLE relations (
    id INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES entities (id),
    target INTEGER NOT NULL REFERENCES entities (id), kind TEXT NOT NULL, label TEXT NOT NULL,
    status TEXT NOT NULL, disputed INTEGER NOT NULL, date TEXT, score REAL NOT NULL);
CREATE TABLE evidence (
    relation INTEGER NOT NULL REFERENCES relations (id), position INTEGER NOT NULL,
    origin TEXT NOT NULL, note TEXT, noted_at TEXT, record TEXT, file TEXT,
    document INTEGER REFERENCES documents (id), start INTEGER, end INTEGER, text TEXT,
    source_start INTEGER, source_end INTEGER, target_start INTEGER, target_end INTEGER,
    trigger_spans TEXT NOT NULL, status TEXT NOT NULL, attributed_to TEXT, date TEXT,
    score REAL NOT NULL, method TEXT NOT NULL,
    PRIMARY KEY (relation, position)) WITHOUT ROWID;
CREATE TABLE placements (
    entity INTEGER PRIMARY KEY REFERENCES entities (id), x REAL, y REAL,
    pinned INTEGER NOT NULL, hidden INTEGER NOT NULL);
CREATE TABLE corrections (
    id INTEGER PRIMARY KEY, corrected_at TEXT NOT NULL, entity INTEGER NOT NULL, name TEXT NOT NULL,
    entity_kind TEXT NOT NULL, correction TEXT NOT NULL, details TEXT NOT NULL, anchors TEXT NOT NULL,
    title TEXT NOT NULL, only_here INTEGER NOT NULL,
    new_document INTEGER NOT NULL, new_entity INTEGER NOT NULL);
CREATE TABLE findings (
    record TEXT NOT NULL, id INTEGER NOT NULL, content TEXT, PRIMARY KEY (record, id)) WITHOUT ROWID;
CREATE TABLE files (
    position INTEGER PRIMARY KEY, path TEXT NOT NULL, outcome TEXT NOT NULL,
    documents INTEGER, reason TEXT);
CREATE TABLE steps (
    stack TEXT NOT NULL, position INTEGER NOT NULL, title TEXT NOT NULL, done_at TEXT NOT NULL,
    patch TEXT NOT NULL, PRIMARY KEY (stack, position)) WITHOUT ROWID;
";
