//! A macro that passes on the path of a description: the path is relative to where it is written.

/// A source in a module of this name.
macro_rules! source {
    ($module:ident, $path:literal) => {
        /// A source that a macro declares.
        #[rest_source($path)]
        pub mod $module {}
    };
}
