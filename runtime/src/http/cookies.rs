//! Cookies that a server sets (RFC 6265), kept in memory for as long as a client lives. They reach what
//! requests reach, and no token endpoint.

use std::{
    cmp::Reverse,
    collections::HashSet,
    mem,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime},
};

use reqwest::header::{COOKIE, HeaderMap, HeaderValue, SET_COOKIE};
use url::{Host, Url};

use super::origins::is_loopback;
use crate::error::mask::Mask;

/// Browsers keep no cookie that is larger, in bytes of its name and value.
const LARGEST: usize = 4096;
/// How many are kept, the newest ones.
const MOST: usize = 128;

/// The cookies of a client, in the order in which they were first set.
#[derive(Default)]
pub(crate) struct Cookies(Mutex<Vec<Cookie>>);

struct Cookie {
    name: String,
    value: String,
    domain: String,
    /// Whether it is for that host alone, and not for those below it.
    is_host_only: bool,
    path: String,
    is_secure: bool,
    /// `None` for one that lasts as long as the client.
    expires: Option<SystemTime>,
}

impl Cookies {
    /// Keeps the cookies that a response of this address sets. Their values are masked from now on.
    pub(crate) fn keep(&self, url: &Url, headers: &HeaderMap, mask: &Mask) {
        let mut gone = Vec::new();
        for header in headers.get_all(SET_COOKIE) {
            let cookie = header.to_str().ok().and_then(|text| Cookie::read(text, url));
            let Some(cookie) = cookie else { continue };
            let mut kept = self.lock();
            let place = kept.iter().position(|other| other.is_replaced_by(&cookie));
            if cookie.is_over() {
                gone.extend(place.map(|place| kept.remove(place)));
                continue;
            }
            mask.learn_cookie(bare(&cookie.value));
            match place {
                Some(place) => gone.push(mem::replace(&mut kept[place], cookie)),
                None => kept.push(cookie),
            }
            let too_many = kept.len().saturating_sub(MOST);
            gone.extend(kept.drain(..too_many));
        }
        if gone.is_empty() {
            return;
        }
        let kept = self.lock();
        for Cookie { value, .. } in gone {
            if kept.iter().all(|other| other.value != value) {
                mask.replace_cookie(bare(&value));
            }
        }
    }

    /// Adds to a request the cookies that belong to its address, except those whose names it has.
    pub(crate) fn add(&self, request: &mut reqwest::Request) {
        let kept = self.lock();
        if kept.is_empty() {
            return;
        }
        let url = request.url();
        let mut cookies: Vec<&Cookie> = kept.iter().filter(|cookie| cookie.is_for(url)).collect();
        cookies.sort_by_key(|cookie| Reverse(cookie.path.len()));
        let set: HashSet<String> = names(request.headers()).collect();
        cookies.retain(|cookie| !set.contains(&cookie.name));
        let cookies: Vec<String> =
            cookies.iter().map(|Cookie { name, value, .. }| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            append(request.headers_mut(), cookies.join("; ").as_bytes());
        }
    }

    /// What is locked is whole at every moment, so that a panic elsewhere does no harm.
    fn lock(&self) -> MutexGuard<'_, Vec<Cookie>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A value without the quotes that it may stand in: servers show it without them.
fn bare(value: &str) -> &str {
    value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value)
}

/// Appends cookies, `a=1; b=2`, to those of a request. Says whether they can be sent.
pub(crate) fn append(headers: &mut HeaderMap, cookies: &[u8]) -> bool {
    let set = headers.get_all(COOKIE).iter().map(HeaderValue::as_bytes);
    let all = set.chain([cookies]).collect::<Vec<_>>().join(&b"; "[..]);
    let Ok(mut all) = HeaderValue::from_bytes(&all) else { return false };
    all.set_sensitive(true);
    headers.insert(COOKIE, all);
    true
}

/// The names of the cookies that a request has.
fn names(headers: &HeaderMap) -> impl Iterator<Item = String> {
    let pairs = headers.get_all(COOKIE).iter().flat_map(|set| set.as_bytes().split(|b| *b == b';'));
    pairs.map(|pair| {
        let name = pair.split(|b| *b == b'=').next().unwrap_or_default();
        String::from_utf8_lossy(name.trim_ascii()).into_owned()
    })
}

impl Cookie {
    /// Reads `Set-Cookie` (RFC 6265, sections 5.2 and 5.3). `None` for what is no cookie, or not one
    /// that this server may set.
    fn read(text: &str, url: &Url) -> Option<Cookie> {
        let mut parts = text.split(';');
        let (name, value) = parts.next()?.split_once('=')?;
        let (name, value) = (name.trim(), value.trim());
        if name.is_empty() || name.len() + value.len() > LARGEST {
            return None;
        }
        let host = url.host_str()?;
        let mut cookie = Cookie {
            name: name.to_owned(),
            value: value.to_owned(),
            domain: host.to_owned(),
            is_host_only: true,
            path: default_path(url).to_owned(),
            is_secure: false,
            expires: None,
        };
        let mut max_age = None;
        for part in parts {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let (name, value) = (name.trim(), value.trim());
            if name.eq_ignore_ascii_case("expires") {
                cookie.expires = date(value).or(cookie.expires);
            } else if name.eq_ignore_ascii_case("max-age") {
                max_age = value.parse::<i64>().ok().or(max_age);
            } else if name.eq_ignore_ascii_case("domain") {
                let domain = value.strip_prefix('.').unwrap_or(value).to_ascii_lowercase();
                cookie.is_host_only = domain.is_empty() || domain == host;
                cookie.domain = if domain.is_empty() { host.to_owned() } else { domain };
            } else if name.eq_ignore_ascii_case("path") {
                let path = if value.starts_with('/') { value } else { default_path(url) };
                path.clone_into(&mut cookie.path);
            } else if name.eq_ignore_ascii_case("secure") {
                cookie.is_secure = true;
            }
        }
        if let Some(seconds) = max_age {
            let seconds = Duration::from_secs(u64::try_from(seconds).unwrap_or(0));
            cookie.expires = SystemTime::now().checked_add(seconds);
        }
        // One for all hosts below `com` would be for servers of others.
        let is_allowed =
            cookie.is_host_only || (cookie.domain.contains('.') && is_below(url, &cookie.domain));
        (is_allowed && (!cookie.is_secure || is_safe(url))).then_some(cookie)
    }

    fn is_replaced_by(&self, other: &Cookie) -> bool {
        self.name == other.name && self.domain == other.domain && self.path == other.path
    }

    fn is_over(&self) -> bool {
        self.expires.is_some_and(|expires| expires <= SystemTime::now())
    }

    /// Whether it belongs to a request to this address (RFC 6265, section 5.4).
    fn is_for(&self, url: &Url) -> bool {
        let is_of_host = url.host_str() == Some(&self.domain)
            || (!self.is_host_only && is_below(url, &self.domain));
        let is_of_path = url.path().strip_prefix(&*self.path).is_some_and(|rest| {
            rest.is_empty() || rest.starts_with('/') || self.path.ends_with('/')
        });
        is_of_host && is_of_path && (!self.is_secure || is_safe(url)) && !self.is_over()
    }
}

/// Whether the host of an address is one below a domain, which no address in numbers is.
fn is_below(url: &Url, domain: &str) -> bool {
    let Some(Host::Domain(host)) = url.host() else { return false };
    host.strip_suffix(domain).is_some_and(|sub| sub.ends_with('.'))
}

/// Whether the connection counts as private, as browsers see it.
fn is_safe(url: &Url) -> bool {
    url.scheme() == "https" || is_loopback(url)
}

/// The path of a cookie that names none (RFC 6265, section 5.1.4).
fn default_path(url: &Url) -> &str {
    match url.path().rsplit_once('/') {
        Some(("", _)) | None => "/",
        Some((folder, _)) => folder,
    }
}

/// A date as loosely as cookies have it, `Wed, 09-Jun-2021 10:18:14 GMT` (RFC 6265, section 5.1.1).
fn date(text: &str) -> Option<SystemTime> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let (mut time, mut day, mut month, mut year) = (None, None, None, None);
    let is_of_token = |c: char| c.is_ascii_alphanumeric() || c == ':' || !c.is_ascii();
    for token in text.split(|c| !is_of_token(c)).filter(|token| !token.is_empty()) {
        let number = token.parse::<i16>().ok();
        let named = || {
            let start = token.get(..3)?.to_ascii_lowercase();
            let place = MONTHS.iter().position(|month| *month == start)?;
            i8::try_from(place + 1).ok()
        };
        if token.contains(':') {
            time = time.or_else(|| clock(token));
        } else if let (None, Some(1..=31), 1..=2) = (day, number, token.len()) {
            day = number.and_then(|day| i8::try_from(day).ok());
        } else if number.is_none() && month.is_none() {
            month = named();
        } else if year.is_none() {
            year = number.map(|year| match year {
                70..=99 => year + 1900,
                0..=69 => year + 2000,
                _ => year,
            });
        }
    }
    let (hour, minute, second) = time?;
    let date = jiff::civil::DateTime::new(year?, month?, day?, hour, minute, second, 0).ok()?;
    SystemTime::try_from(jiff::tz::TimeZone::UTC.to_timestamp(date).ok()?).ok()
}

/// `10:18:14`
fn clock(text: &str) -> Option<(i8, i8, i8)> {
    let mut parts = text.split(':').map(|part| part.parse().ok());
    Some((parts.next()??, parts.next()??, parts.next()??))
}
