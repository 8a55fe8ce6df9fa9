//! A place in a text, shown with its line and a caret, as compilers do.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{harmless, stderr_columns};

/// What is wrong at a place.
pub struct Mark<'a> {
    /// Where, in bytes of the source.
    pub span: Range<usize>,
    /// What is wrong there.
    pub text: &'a str,
    /// What to do about it.
    pub help: Option<&'a str>,
}

/// Narrower than that the source cannot be read any more.
const NARROWEST: usize = 60;

/// `source`, which stands in `path`, with a caret under the marked place.
pub fn snippet(path: &str, source: &str, mark: &Mark) -> String {
    let renderer = match console::colors_enabled_stderr() {
        true => Renderer::styled(),
        false => Renderer::plain(),
    };
    let renderer = match stderr_columns() {
        Some(columns) => renderer.term_width(columns.max(NARROWEST)),
        None => renderer,
    };
    let place = Snippet::source(source)
        .path(path)
        .line_start(1)
        .annotation(AnnotationKind::Primary.span(mark.span.clone()));
    let text = harmless(mark.text);
    let group = Group::with_title(Level::ERROR.primary_title(text)).element(place);
    let help = mark.help.map(harmless);
    let group = match help {
        Some(help) => group.element(Level::HELP.message(help)),
        None => group,
    };
    renderer.render(&[group])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stands_under_the_place() {
        console::set_colors_enabled_stderr(false);
        let mark = Mark { span: 4..7, text: "`two` is wrong", help: Some("write 2") };
        let shown = snippet("a.toml", "one two\nthree\n", &mark);
        let expected =
            "error: `two` is wrong\n --> a.toml:1:5\n  |\n1 | one two\n  |     ^^^\n  |\n  = help: write 2";
        assert_eq!(shown, expected);
    }

    #[test]
    fn what_would_steer_a_terminal_is_shown() {
        console::set_colors_enabled_stderr(false);
        let mark = Mark { span: 0..1, text: "\u{1b}[2J", help: None };
        let shown = snippet("a.toml", "x\u{1b}[31m\n", &mark);
        assert!(!shown.contains('\u{1b}'), "{shown:?}");
    }
}
