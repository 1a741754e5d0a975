//! What makes the example on a generated module a test that fails only for a reason. Hidden: for
//! generated documentation alone.
//!
//! Such a test is a program of its own, which sees what the user's crate shows. The macro that writes
//! the documentation knows whether its module is public, but not whether the modules around it are.
//! Therefore the example takes the client from the module where it can be reached, and from a
//! stand-in where it cannot, so that no test breaks because a module is private.

use crate::Error;

/// What the functions of a stand-in give.
#[derive(Debug)]
pub struct StandIn;

impl StandIn {
    /// As of a fetch.
    #[must_use]
    pub fn stream(self) -> StandIn {
        self
    }

    /// As of a stream of records.
    ///
    /// # Errors
    ///
    /// None.
    #[allow(clippy::unused_async, reason = "the example waits for it")]
    pub async fn try_next(&mut self) -> Result<Option<()>, Error> {
        Ok(None)
    }
}

/// The body of an example: what `Client` is in it, then its code.
///
/// A glob import takes what is public and is silent about what is not, and in the path of a type a
/// name that it brings goes before the same name further out, which is the stand-in. (In the path of
/// another import that is an error, which is why modules deeper than two are not looked for.) The
/// glob stands in a scope of its own, as it may bring names that the example uses otherwise; the
/// associated type brings the client out of it.
#[doc(hidden)]
#[macro_export]
macro_rules! __example {
    // The module is the crate.
    ($reach:ident $function:ident; use $krate:ident::Client; $($code:tt)*) => {
        use ::$krate::Client;
        $($code)*
    };
    // A module of the crate's root.
    ($reach:ident $function:ident; use $krate:ident::$module:ident::Client; $($code:tt)*) => {
        $crate::__example!(@stand_in $function $module);
        $crate::__example!(@client $krate $module);
        $($code)*
    };
    // A public module in a module that may be public.
    (public $function:ident; use $krate:ident::$outer:ident::$module:ident::Client; $($code:tt)*) => {
        mod $outer {
            $crate::__example!(@stand_in $function $module);
        }
        $crate::__example!(@client $krate $outer::$module);
        $($code)*
    };
    ($reach:ident $function:ident; use $($path:ident)::+; $($code:tt)*) => {
        $crate::__example!(@stand_in $function stand_in);
        use stand_in::Client;
        $($code)*
    };
    (@client $krate:ident $($path:ident)::+) => {
        struct __RestSourceModule;
        trait __RestSourceHasClient {
            type Client;
        }
        const _: () = {
            use ::$krate::*;
            impl __RestSourceHasClient for __RestSourceModule {
                type Client = $($path::)+Client;
            }
        };
        type Client = <__RestSourceModule as __RestSourceHasClient>::Client;
    };
    (@stand_in $function:ident $module:ident) => {
        pub mod $module {
            pub struct Client;
            impl Client {
                pub fn from_env() -> ::core::result::Result<Client, $crate::Error> {
                    ::core::result::Result::Ok(Client)
                }
                pub fn $function(&self) -> $crate::__private::StandIn {
                    $crate::__private::StandIn
                }
            }
        }
    };
}
