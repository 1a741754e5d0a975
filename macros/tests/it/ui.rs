//! What the compiler shows. The rules of the language have their own tests, without a compiler;
//! these prove the wiring.

#[test]
fn what_the_compiler_shows() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/*.rs");
}
