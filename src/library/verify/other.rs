//! Whether content and source document are in different scripts.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::SourceDocument;
use crate::script;

use super::pieces::{Piece, Symbol};
use super::stream::Stream;

/// Of two texts in different scripts nothing else can be said.
pub fn in_other_script(
    document: &SourceDocument,
    pieces: &[Piece],
    own: &[Symbol],
    source: &Stream,
) -> Option<Diagnostic> {
    /// So many characters show which script it is.
    const ENOUGH: usize = 500;
    let (is, other) = (document.script, document.script.other());
    let is_other = |chars: &mut dyn Iterator<Item = char>| {
        let (mut native, mut foreign) = (0, 0);
        for c in chars.take(ENOUGH) {
            native += usize::from(script::is_foreign(c, other));
            foreign += usize::from(script::is_foreign(c, is));
        }
        script::is_other(native, foreign)
    };
    let source = is_other(&mut source.chars());
    let content = is_other(&mut own.iter().map(|symbol| symbol.c));
    let (is, other) = (is.id(), other.id());
    match (content, source) {
        (false, true) => Some(
            Diagnostic::error(
                Code::ScriptContradicted,
                document.file.span,
                format!("`{}` is written in `{other}`, and the content in `{is}`", document.file.value),
            )
            .help(format!("name the text of the document in `{is}`; one that is official too is `[source.{other}]`")),
        ),
        (true, false) => Some(
            Diagnostic::error(
                Code::ScriptContradicted,
                pieces.first()?.span,
                format!("the content is written in `{other}`, and its source document in `{is}`, as is said of both"),
            )
            .related(document.file.span, "the source document")
            .help(format!("write `script = \"{other}\"` if the content's text is the document, and name its file")),
        ),
        _ => None,
    }
}
