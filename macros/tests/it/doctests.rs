//! The example on a generated module is a test of the user's package. It finds what is wrong with a
//! module that can be reached, and never fails because one cannot.

use rest_source_codegen::{LintLevels, SourceFile, compile};

use crate::package::{Package, description};

/// Modules of every visibility at every place, in a crate whose own names are in the way of those
/// that an example uses.
const CODE: &str = r#"
#![doc(test(attr(deny(warnings))))]
#![allow(dead_code)]

#[rest_source::rest_source("api.yaml")]
pub mod open {}
#[rest_source::rest_source("api.yaml")]
pub mod r#type {}
#[rest_source::rest_source("api.yaml")]
mod private {}
#[rest_source::rest_source("api.yaml")]
pub(crate) mod of_the_crate {}
pub mod outer {
    #[rest_source::rest_source("api.yaml")]
    pub mod open_in_outer {}
    #[rest_source::rest_source("api.yaml")]
    pub(crate) mod of_the_crate_in_outer {}
    pub mod deeper {
        #[rest_source::rest_source("api.yaml")]
        pub mod open_in_deeper {}
    }
    mod hidden {
        #[rest_source::rest_source("api.yaml")]
        pub mod open_in_hidden {}
    }
}
mod hidden {
    #[rest_source::rest_source("api.yaml")]
    pub mod open {}
    #[rest_source::rest_source("api.yaml")]
    pub mod shown {}
}
pub use hidden::shown;
pub mod documented {
    #[rest_source::rest_source("api.yaml")]
    pub mod like_the_crate {}
}
pub fn function() {
    #[rest_source::rest_source("api.yaml")]
    pub mod in_a_function {}
}
/// The code that stands in a file of its own.
mod written_out;
pub mod written_out_and_public;

pub use rest_source;
pub struct Some;
pub struct Client;
pub type Result<T> = ::std::result::Result<T, Client>;
pub mod std {}
pub mod core {}
#[macro_export]
macro_rules! println { () => {} }

/// An example is checked against a public module,
///
/// ```compile_fail,E0599
/// # #[allow(warnings)]
/// # async fn example() -> Result<(), rest_source::Error> {
/// # rest_source::__example! { public missing;
/// use documented::open::Client;
/// let client = Client::from_env()?.missing();
/// # }
/// # Ok(())
/// # }
/// ```
///
/// in another public one too,
///
/// ```compile_fail,E0599
/// # #[allow(warnings)]
/// # async fn example() -> Result<(), rest_source::Error> {
/// # rest_source::__example! { public missing;
/// use documented::outer::open_in_outer::Client;
/// let client = Client::from_env()?.missing();
/// # }
/// # Ok(())
/// # }
/// ```
///
/// and not against one that is not.
///
/// ```no_run
/// # #[allow(warnings)]
/// # async fn example() -> Result<(), rest_source::Error> {
/// # rest_source::__example! { public missing;
/// use documented::hidden::open::Client;
/// let client = Client::from_env()?.missing();
/// # }
/// # Ok(())
/// # }
/// ```
pub fn control() {}
"#;

/// What `cargo rest-source expand` prints, without line breaks.
fn expand(text: &str) -> String {
    let output = compile(&SourceFile::new("api.yaml", text), "api", LintLevels::default());
    format!("{} {}", output.inner_documentation(), output.items)
}

#[test]
fn examples_compile_wherever_the_module_is() {
    let package = Package::new("documented");
    let text = description("type, payments");
    package.write("api.yaml", &text);
    package.write("src/lib.rs", CODE);
    package.write("src/written_out.rs", &expand(&text));
    package.write("src/written_out_and_public.rs", &expand(&text));
    for edition in ["2021", "2024"] {
        package.set_edition(edition);
        let output = package.cargo(&["test", "--doc"]).output().unwrap();
        let said =
            String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        // What shall not compile is counted apart in some editions.
        let counts =
            said.split("test result: ok. ").skip(1).filter_map(|r| r.split_once(" passed; "));
        let passed: usize = counts.map(|(count, _)| count.parse::<usize>().unwrap()).sum();
        assert!(output.status.success() && passed == 17, "{edition}: {said}");
    }
}
