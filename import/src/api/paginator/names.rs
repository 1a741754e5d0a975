//! What APIs call the parameters and members that page: names in lower case, without signs.

/// Parameters that send a page cursor, the most telling ones first.
pub(super) const CURSORS: [&str; 30] = [
    "pagetoken",
    "nextpagetoken",
    "nexttoken",
    "continuationtoken",
    "nextcursor",
    "pagecursor",
    "paginationtoken",
    "startcursor",
    "cursor",
    "skiptoken",
    "scrollid",
    "nextmarker",
    "marker",
    "bookmark",
    "continuation",
    "continue",
    "exclusivestartkey",
    "startingtoken",
    "pageafter",
    "cursormark",
    "iterator",
    "batchtoken",
    "startkey",
    "aftercursor",
    "startingafter",
    "after",
    "nextpage",
    "token",
    "next",
    "pagestart",
];
/// Members of responses that are the next page cursor.
pub(super) const NEXT_CURSORS: [&str; 25] = [
    "nextpagetoken",
    "nextcursor",
    "nexttoken",
    "continuationtoken",
    "nextcontinuationtoken",
    "endcursor",
    "nextmarker",
    "nextpagecursor",
    "nextcursormark",
    "nextstartkey",
    "scrollid",
    "nextpageid",
    "paginationtoken",
    "lastevaluatedkey",
    "bookmark",
    "continue",
    "iterator",
    "pagetoken",
    "nextpage",
    "cursor",
    "marker",
    "after",
    "next",
    "continuation",
    "nextkey",
];
/// Members that are the address of the next page, whatever is around them.
pub(super) const NEXT_LINKS: [&str; 14] = [
    "odatanextlink",
    "nextlink",
    "nextpageurl",
    "nexturl",
    "nextpagelink",
    "nextpageuri",
    "nexturi",
    "nexthref",
    "nextpagepath",
    "nextrecordsurl",
    "nextpagehref",
    "pagenextlink",
    "nextresult",
    "nextpagelinkurl",
];
/// Objects whose member `next` is such an address.
pub(super) const LINKS: [&str; 8] =
    ["links", "link", "paging", "pagination", "pageinfo", "pages", "page", "meta"];
/// Parameters that say how many records to skip.
pub(super) const OFFSETS: [&str; 17] = [
    "offset",
    "skip",
    "startindex",
    "startat",
    "start",
    "pageoffset",
    "startrow",
    "firstresult",
    "startrecord",
    "resultoffset",
    "from",
    "startposition",
    "firstrow",
    "displaystart",
    "recordoffset",
    "skipcount",
    "index",
];
/// Parameters that name a page by its number.
pub(super) const PAGES: [&str; 16] = [
    "page",
    "pagenumber",
    "pageno",
    "pagenum",
    "pageindex",
    "currentpage",
    "pageid",
    "pagina",
    "pg",
    "resultspage",
    "p",
    "pn",
    "skippages",
    "paginationpage",
    "pagenr",
    "queryoptionspage",
];
/// Parameters that say how many records a page shall have.
pub(super) const LIMITS: [&str; 32] = [
    "limit",
    "perpage",
    "pagesize",
    "maxresults",
    "top",
    "maxitems",
    "take",
    "itemsperpage",
    "rows",
    "size",
    "count",
    "pagelimit",
    "maxkeys",
    "resultsperpage",
    "maxrecords",
    "batchsize",
    "pagecount",
    "rowcount",
    "maxpagesize",
    "numresults",
    "numberofresults",
    "recordsperpage",
    "results",
    "max",
    "num",
    "n",
    "length",
    "nbresults",
    "queryoptionspagesize",
    "first",
    "maxcount",
    "displaylength",
];
/// Members that say how many pages there are.
pub(super) const TOTAL_PAGES: [&str; 12] = [
    "totalpages",
    "pagecount",
    "totalpagecount",
    "numpages",
    "lastpage",
    "numberofpages",
    "pagestotal",
    "totalnumberofpages",
    "maxpage",
    "pagestotalcount",
    "pageamount",
    "totalpage",
];
/// Members that say how many records there are.
pub(super) const TOTALS: [&str; 16] = [
    "total",
    "totalcount",
    "totalresults",
    "totalitems",
    "totalrecords",
    "totalsize",
    "totalelements",
    "totalrecordcount",
    "recordcount",
    "odatacount",
    "totalhits",
    "totalentries",
    "numfound",
    "resultcount",
    "totalrows",
    "count",
];
/// Members that say whether there is a next page.
pub(super) const HAS_MORE: [&str; 12] = [
    "hasmore",
    "hasnextpage",
    "hasnext",
    "moreavailable",
    "morerecords",
    "hasmoreitems",
    "more",
    "hasmorepages",
    "hasadditionalpages",
    "hasmoreresults",
    "hasnextlink",
    "istruncated",
];
/// Members that say whether it is the last page.
pub(super) const IS_LAST: [&str; 6] =
    ["islast", "islastpage", "last", "lastpage", "done", "isfinalpage"];
/// Headers that say how many pages there are.
pub(super) const HEADERS_OF_PAGES: [&str; 5] =
    ["xpages", "xtotalpages", "xpagecount", "xpaginationpagecount", "totalpages"];
/// Headers that say how many records there are.
pub(super) const HEADERS_OF_TOTAL: [&str; 8] = [
    "xtotalcount",
    "xtotal",
    "totalrecordcount",
    "xpagingtotalresults",
    "xpaginationcount",
    "totalcount",
    "contentrange",
    "xtotalresults",
];
/// Headers that hold the next page cursor.
pub(super) const HEADERS_OF_CURSOR: [&str; 7] = [
    "nextpagetoken",
    "xnexttoken",
    "xnextcursor",
    "xcursor",
    "xmscontinuation",
    "xnextpagetoken",
    "xcontinuationtoken",
];

/// The last key of the path of a member of a body.
pub(super) fn last(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

/// A name without case and signs: `pagenumber` of `page[number]`.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
