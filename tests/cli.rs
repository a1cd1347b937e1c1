//! The command line's words, as in `tests/cli/*.md`.

#[test]
fn commands_say_what_they_should() {
    trycmd::TestCases::new().case("tests/cli/*.md");
}
