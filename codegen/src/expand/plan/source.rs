//! The plan of a source: how the API is reached.

use std::time::Duration;

use proc_macro2::TokenStream;
use quote::quote;
use rest_source_plan::{
    Auth, Grant, Input, KeyLocation, OAuth2, RateLimit, RateLimitHeaders, Retry, SourcePlan, Unit,
};

use super::{
    block, ident, list, option,
    template::{pair, template},
    text, texts,
};

/// The plan of a source.
pub(in crate::expand) fn source(plan: &SourcePlan) -> TokenStream {
    let SourcePlan {
        name,
        base_url,
        headers,
        auth,
        secrets,
        config,
        retry,
        timeout,
        concurrency,
        rate_limit,
        rate_limit_headers,
        allowed_hosts,
        settings,
    } = plan;
    let name = text(name);
    let base_url = template(base_url);
    let headers = list(headers.iter().map(pair));
    let auth = self::auth(auth);
    let secrets = list(secrets.iter().map(input));
    let config = list(config.iter().map(input));
    let retry = self::retry(retry);
    let timeout = duration(*timeout);
    let rate_limit = option(rate_limit.as_ref().map(|limit| {
        let RateLimit { requests, per, burst } = limit;
        let per = unit(*per);
        quote!(RateLimit { requests: #requests, per: #per, burst: #burst })
    }));
    let rate_limit_headers = option(rate_limit_headers.as_ref().map(|headers| {
        let RateLimitHeaders { remaining, reset } = headers;
        let (remaining, reset) = (option(remaining.as_deref().map(text)), text(reset));
        quote!(RateLimitHeaders { remaining: #remaining, reset: #reset })
    }));
    let allowed_hosts = list(allowed_hosts.iter().map(template));
    let settings = list(settings.iter().map(|(setting, text)| {
        let (setting, text) = (ident(&format!("{setting:?}")), template(text));
        quote!((ClientSetting::#setting, #text))
    }));
    block(&quote! {
        SourcePlan {
            name: #name,
            base_url: #base_url,
            headers: #headers,
            auth: #auth,
            secrets: #secrets,
            config: #config,
            retry: #retry,
            timeout: #timeout,
            concurrency: #concurrency,
            rate_limit: #rate_limit,
            rate_limit_headers: #rate_limit_headers,
            allowed_hosts: #allowed_hosts,
            settings: #settings,
        }
    })
}

fn input(input: &Input) -> TokenStream {
    let Input { name, setter, variables } = input;
    let (name, setter, variables) = (text(name), text(setter), texts(variables));
    quote!(Input { name: #name, setter: #setter, variables: #variables })
}

fn retry(retry: &Retry) -> TokenStream {
    if *retry == Retry::DEFAULT {
        return quote!(Retry::DEFAULT);
    }
    let Retry { statuses, max_retries, backoff_factor, max_delay, max_elapsed } = retry;
    let statuses = list(statuses.iter().map(|status| quote!(#status)));
    let (max_delay, max_elapsed) = (duration(*max_delay), duration(*max_elapsed));
    quote! {
        Retry {
            statuses: #statuses,
            max_retries: #max_retries,
            backoff_factor: #backoff_factor,
            max_delay: #max_delay,
            max_elapsed: #max_elapsed,
        }
    }
}

/// How requests are authenticated.
pub(super) fn auth(auth: &Auth) -> TokenStream {
    match auth {
        Auth::None => quote!(Auth::None),
        Auth::Bearer { token } => {
            let token = template(token);
            quote!(Auth::Bearer { token: #token })
        }
        Auth::ApiKey { name, key, location } => {
            let (name, key) = (template(name), template(key));
            let location = match location {
                KeyLocation::Header => quote!(Header),
                KeyLocation::Query => quote!(Query),
                KeyLocation::Cookie => quote!(Cookie),
            };
            quote!(Auth::ApiKey { name: #name, key: #key, location: KeyLocation::#location })
        }
        Auth::HttpBasic { username, password } => {
            let (username, password) = (template(username), template(password));
            quote!(Auth::HttpBasic { username: #username, password: #password })
        }
        Auth::OAuth2(oauth) => {
            let oauth = oauth2(oauth);
            quote!(Auth::OAuth2(#oauth))
        }
    }
}

fn oauth2(oauth: &OAuth2) -> TokenStream {
    let OAuth2 {
        access_token_url,
        grant,
        client_id,
        client_secret,
        access_token,
        request_data,
        default_expiration,
    } = oauth;
    let access_token_url = template(access_token_url);
    let grant = match grant {
        Grant::ClientCredentials => quote!(Grant::ClientCredentials),
        Grant::RefreshToken(token) => {
            let token = template(token);
            quote!(Grant::RefreshToken(#token))
        }
    };
    let (client_id, client_secret) = (template(client_id), template(client_secret));
    let access_token = option(access_token.as_ref().map(template));
    let request_data = list(request_data.iter().map(pair));
    let default_expiration = duration(*default_expiration);
    quote! {
        OAuth2 {
            access_token_url: #access_token_url,
            grant: #grant,
            client_id: #client_id,
            client_secret: #client_secret,
            access_token: #access_token,
            request_data: #request_data,
            default_expiration: #default_expiration,
        }
    }
}

/// A unit of time.
pub(super) fn unit(unit: Unit) -> TokenStream {
    match unit {
        Unit::Second => quote!(Unit::Second),
        Unit::Minute => quote!(Unit::Minute),
        Unit::Hour => quote!(Unit::Hour),
        Unit::Day => quote!(Unit::Day),
        Unit::Week => quote!(Unit::Week),
        Unit::Month => quote!(Unit::Month),
        Unit::Year => quote!(Unit::Year),
    }
}

fn duration(duration: Duration) -> TokenStream {
    let (seconds, nanoseconds) = (duration.as_secs(), duration.subsec_nanos());
    if nanoseconds == 0 {
        quote!(Duration::from_secs(#seconds))
    } else {
        quote!(Duration::new(#seconds, #nanoseconds))
    }
}
