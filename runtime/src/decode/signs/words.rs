//! The words of APIs for success and failure, without case and punctuation.

/// Whether it worked.
pub(super) const TRUTHS: &[&str] =
    &["ok", "success", "successful", "succeeded", "issuccess", "issuccessful", "isok"];

/// What went wrong.
pub(super) const ERRORS: &[&str] = &[
    "error",
    "errors",
    "err",
    "errs",
    "errormessage",
    "errormessages",
    "errormsg",
    "errordescription",
    "errordetail",
    "errordetails",
    "errorinfo",
    "errortext",
    "errortype",
    "errorcode",
    "errorresponse",
    "errorsummary",
    "errorcauses",
    "errcode",
    "errmsg",
    "errno",
    "iserror",
    "haserror",
    "haserrors",
    "fault",
    "faultcode",
    "faultstring",
    "exception",
    "exceptionmessage",
    "exceptiontype",
    "apierror",
    "odataerror",
];

/// How it went, as a word or as a status of HTTP.
pub(super) const STATES: &[&str] = &[
    "status",
    "stat",
    "result",
    "outcome",
    "response",
    "responsestatus",
    "resultstatus",
    "returnstatus",
    "requeststatus",
    "apistatus",
    "ack",
];

/// How it went, as a number.
pub(super) const CODES: &[&str] = &[
    "code",
    "cod",
    "statuscode",
    "httpcode",
    "httpstatus",
    "httpstatuscode",
    "retcode",
    "returncode",
    "ret",
    "rc",
    "resultcode",
    "responsecode",
    "infocode",
];

/// How many errors there were.
pub(super) const COUNTS: &[&str] = &["errors", "errs", "errorcount", "errorscount", "totalerrors"];

/// Whether a part of it failed.
pub(super) const PARTS: &[&str] = &[
    "partialfailure",
    "partialfailures",
    "partialfailureerror",
    "partialerror",
    "partialerrors",
    "partialresult",
    "partialresults",
    "ispartial",
];

/// Objects that say how it went.
pub(super) const HEADS: &[&str] =
    &["status", "responsestatus", "meta", "metadata", "head", "header"];

/// Objects that hold what was asked for, or else what went wrong.
pub(super) const CONTENTS: &[&str] = &["data", "result", "response", "body", "payload"];

/// What is said to people.
pub(super) const MESSAGES: &[&str] =
    &["message", "messages", "msg", "detail", "details", "reason", "note", "information", "info"];

/// What a message, or what was asked for, may be called by besides: `responseDetails`.
pub(super) const OF: &[&str] = &["response", "result", "return", "ret", "status"];

/// What stands beside a message and says nothing more than it.
pub(super) const ABOUT: &[&str] = &[
    "requestid",
    "traceid",
    "correlationid",
    "logid",
    "timestamp",
    "time",
    "datetime",
    "serverdate",
    "documentationurl",
    "documentation",
    "docs",
    "docurl",
    "help",
    "helpurl",
    "moreinfo",
    "hint",
    "extensions",
    "hostid",
    "recommend",
    "resource",
    "errorid",
];

/// What else stands in an envelope or in the report of an error (RFC 9457).
pub(super) const AROUND: &[&str] = &[
    "type",
    "object",
    "category",
    "subcategory",
    "exctype",
    "title",
    "instance",
    "path",
    "method",
    "url",
    "uri",
    "description",
    "severity",
    "statustext",
    "statusmessage",
    "meta",
    "metadata",
    "responsemetadata",
    "pagination",
    "paging",
    "page",
    "pages",
    "links",
    "total",
    "totalcount",
    "count",
    "limit",
    "offset",
    "cursor",
    "next",
    "nextcursor",
    "previous",
    "hasmore",
    "warning",
    "warnings",
    "debug",
    "trace",
    "stack",
    "stacktrace",
    "cause",
    "target",
    "apiversion",
    "version",
    "request",
];

/// How far work has come.
pub(super) const PROGRESS: &[&str] = &[
    "status",
    "state",
    "stat",
    "progress",
    "phase",
    "percentcomplete",
    "jobstatus",
    "queryprogress",
];

/// What tells a thing from others.
pub(super) const IDENTITIES: &[&str] = &["id", "uuid", "guid", "key"];

/// Parts of words for a failure.
pub(super) const FAILURES: &[&str] = &[
    "error",
    "fail",
    "denied",
    "forbidden",
    "unauthor",
    "unauthenticated",
    "exception",
    "invalid",
    "exceeded",
    "overquerylimit",
    "ratelimit",
    "timeout",
    "timedout",
];
