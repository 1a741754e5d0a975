//! Error responses, with the reason in JSON.

use axum::{
    Extension, Json,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

/// Why a request is not answered as asked.
#[derive(Debug, Clone)]
pub(super) struct Refusal {
    status: StatusCode,
    /// The class of the error, `validation_failed`.
    class: &'static str,
    /// What exactly is wrong, for programs.
    reason: &'static str,
    /// What exactly is wrong, for people.
    message: String,
    /// The query parameter that is to blame.
    field: Option<String>,
    /// After how many seconds the client may retry.
    retry_after: Option<u16>,
}

impl Refusal {
    /// 401: no token, or another one.
    pub(super) fn unauthorized() -> Refusal {
        let message = "The access token is missing or is not valid".to_owned();
        Refusal::invalid_usage(StatusCode::UNAUTHORIZED, "access_token_not_valid", message)
    }

    /// 404: no such path, or no record with this id.
    pub(super) fn not_found(what: &str) -> Refusal {
        let message = format!("There is no {what}");
        Refusal::invalid_usage(StatusCode::NOT_FOUND, "resource_not_found", message)
    }

    /// 405: a method other than GET.
    pub(super) fn method_not_allowed() -> Refusal {
        let message = "This API can only be read: use GET".to_owned();
        Refusal::invalid_usage(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", message)
    }

    /// 422: a query parameter that is not understood.
    pub(super) fn invalid_parameter(name: &str, complaint: &str) -> Refusal {
        Refusal {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            class: "validation_failed",
            reason: "invalid_parameter",
            message: format!("{name} {complaint}"),
            field: Some(name.to_owned()),
            retry_after: None,
        }
    }

    /// 429: a fault on schedule.
    pub(super) fn rate_limited() -> Refusal {
        let message = "Too many requests: try again in a second".to_owned();
        Refusal {
            retry_after: Some(1),
            ..Refusal::invalid_usage(StatusCode::TOO_MANY_REQUESTS, "rate_limit_exceeded", message)
        }
    }

    /// 503: a fault on schedule.
    pub(super) fn unavailable() -> Refusal {
        Refusal {
            status: StatusCode::SERVICE_UNAVAILABLE,
            class: "internal_error",
            reason: "service_unavailable",
            message: "The service is not available at the moment".to_owned(),
            field: None,
            retry_after: None,
        }
    }

    /// 500: a fault on schedule.
    pub(super) fn failed() -> Refusal {
        Refusal {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            reason: "internal_error",
            message: "Something went wrong".to_owned(),
            ..Refusal::unavailable()
        }
    }

    fn invalid_usage(status: StatusCode, reason: &'static str, message: String) -> Refusal {
        let class = "invalid_api_usage";
        Refusal { status, class, reason, message, field: None, retry_after: None }
    }

    /// The answer to the request of this id.
    pub(super) fn into_answer(self, request_id: &str) -> Response {
        let mut error = json!({ "reason": self.reason, "message": self.message });
        if let Some(field) = self.field {
            error["field"] = field.into();
        }
        let body = json!({ "error": {
            "message": self.message,
            "type": self.class,
            "code": self.status.as_u16(),
            "errors": [error],
            "request_id": request_id,
        }});
        let mut answer = (self.status, Json(body)).into_response();
        if let Some(seconds) = self.retry_after {
            answer.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        answer
    }
}

/// Only carries the refusal out of a handler: the request's id, which belongs in the body, is
/// known outside, where [`Refusal::into_answer`] is called.
impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status, Extension(self)).into_response()
    }
}
