//! One of many: `payment` of `payments`.
//!
//! The crates for this bring a regular-expression engine into every build of the macro. What these
//! rules get wrong, `type_name` puts right.

/// Words whose plural no rule gives, and words that end as if they had one and are singular.
const IRREGULAR: [(&str, &str); 62] = [
    ("addenda", "addendum"),
    ("aliases", "alias"),
    ("analyses", "analysis"),
    ("axes", "axis"),
    ("bases", "basis"),
    ("biases", "bias"),
    ("bonuses", "bonus"),
    ("buses", "bus"),
    ("caches", "cache"),
    ("calves", "calf"),
    ("campuses", "campus"),
    ("canvases", "canvas"),
    ("censuses", "census"),
    ("children", "child"),
    ("cookies", "cookie"),
    ("corpora", "corpus"),
    ("crises", "crisis"),
    ("criteria", "criterion"),
    ("curricula", "curriculum"),
    ("diagnoses", "diagnosis"),
    ("feet", "foot"),
    ("focuses", "focus"),
    ("gases", "gas"),
    ("geese", "goose"),
    ("halves", "half"),
    ("headaches", "headache"),
    ("hypotheses", "hypothesis"),
    ("indices", "index"),
    ("knives", "knife"),
    ("leaves", "leave"),
    ("lenses", "lens"),
    ("lives", "life"),
    ("matrices", "matrix"),
    ("men", "man"),
    ("mice", "mouse"),
    ("movies", "movie"),
    ("niches", "niche"),
    ("oxen", "ox"),
    ("parentheses", "parenthesis"),
    ("people", "person"),
    ("phenomena", "phenomenon"),
    ("pies", "pie"),
    ("quizzes", "quiz"),
    ("selfies", "selfie"),
    ("selves", "self"),
    ("shelves", "shelf"),
    ("statuses", "status"),
    ("syntheses", "synthesis"),
    ("teeth", "tooth"),
    ("theses", "thesis"),
    ("thieves", "thief"),
    ("ties", "tie"),
    ("vertices", "vertex"),
    ("viruses", "virus"),
    ("wives", "wife"),
    ("wolves", "wolf"),
    ("women", "woman"),
    ("zombies", "zombie"),
    ("sms", "sms"),
    ("gps", "gps"),
    ("https", "https"),
    ("aws", "aws"),
];
/// Words that look like plurals and are singular.
const SINGULAR: [&str; 18] = [
    "always",
    "business",
    "canvas",
    "chaos",
    "christmas",
    "corps",
    "data",
    "gas",
    "headquarters",
    "lens",
    "media",
    "metadata",
    "news",
    "pants",
    "savings",
    "series",
    "species",
    "sales",
];
/// Endings of words that are one: `address`, `status`, `analysis`.
const SINGULAR_ENDINGS: [&str; 4] = ["ss", "us", "is", "ics"];

/// One of what a lower-case word names several of.
pub(super) fn singular(word: &str) -> String {
    if let Some((_, singular)) = IRREGULAR.iter().find(|(plural, _)| *plural == word) {
        return (*singular).to_owned();
    }
    if SINGULAR.contains(&word) || SINGULAR_ENDINGS.iter().any(|end| word.ends_with(end)) {
        return word.to_owned();
    }
    let Some(stem) = word.strip_suffix('s').filter(|stem| stem.len() > 1) else {
        return word.to_owned();
    };
    // `companies` and `queries`; a vowel before it keeps the `e` only in words like `movies` above.
    if let Some(stem) = stem.strip_suffix("ie") {
        return format!("{stem}y");
    }
    // A sibilant takes `es`: `addresses`, `boxes`, `batches`, `dishes`, `waltzes`.
    let sibilant = ["sse", "xe", "che", "she", "zze", "tze"];
    if sibilant.iter().any(|end| stem.ends_with(end)) {
        return stem[..stem.len() - 1].to_owned();
    }
    // `heroes`; `shoes` and `canoes` keep their `e`.
    if let Some(short) = stem.strip_suffix("oe")
        && !matches!(stem, "shoe" | "canoe" | "toe" | "oboe")
    {
        return format!("{short}o");
    }
    stem.to_owned()
}
