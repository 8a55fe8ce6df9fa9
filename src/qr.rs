//! An address as a QR code (ISO/IEC 18004) on a terminal, for the camera of a phone.

use console::Style;
use qrcodegen::{QrCode, QrCodeEcc};

/// Light modules around a code: what the standard asks for, and what cameras get by with where
/// there is no room for it.
const MARGINS: [i32; 2] = [4, 2];

/// Black and white of the 256 colours, which no colour scheme changes.
const BLACK: u8 = 16;
const WHITE: u8 = 231;

/// `text` as a code of half blocks, two rows of modules in a line; `None` when it does not fit
/// into so many columns and rows.
///
/// With colours, dark is dark on any terminal. Without, light is drawn and dark left out: right
/// where the background is dark, as most are.
pub fn draw(text: &str, columns: u16, rows: u16, colored: bool) -> Option<String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
    let fits = |margin: &i32| {
        let side = code.size() + 2 * margin;
        side <= columns.into() && lines(side) <= rows.into()
    };
    let margin = MARGINS.into_iter().find(fits)?;
    let style = Style::new().color256(BLACK).on_color256(WHITE).force_styling(colored);
    let side = code.size() + 2 * margin;
    // Beyond its edges a code is light.
    let ink = |x: i32, y: i32| code.get_module(x - margin, y - margin) == colored;
    let cell = |x: i32, line: i32| match (ink(x, 2 * line), ink(x, 2 * line + 1)) {
        (true, true) => '█',
        (true, false) => '▀',
        (false, true) => '▄',
        (false, false) => ' ',
    };
    let line = |line: i32| style.apply_to((0..side).map(|x| cell(x, line)).collect::<String>()).to_string();
    Some((0..lines(side)).map(line).collect::<Vec<_>>().join("\n"))
}

/// The lines that so many rows of modules take.
fn lines(side: i32) -> i32 {
    (side + 1) / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 33 modules a side.
    const ADDRESS: &str = "https://shop.example/device?user_code=ABCDEFGHI&lang=de-DE&client=x";

    #[test]
    fn a_code_fits_or_is_not_shown() {
        let side = |columns, rows| {
            let code = draw(ADDRESS, columns, rows, false)?;
            let width = code.lines().map(|line| line.chars().count()).max()?;
            assert!(code.lines().all(|line| line.chars().count() == width));
            assert!(width <= columns.into() && code.lines().count() <= rows.into(), "{code}");
            Some(width)
        };
        assert_eq!((side(80, 40), side(41, 21), side(37, 19)), (Some(41), Some(41), Some(37)));
        assert_eq!((side(40, 40), side(80, 20)), (Some(37), Some(37)));
        assert_eq!((side(36, 40), side(80, 18), side(0, 0)), (None, None, None));
        assert_eq!(draw(&"x".repeat(5000), u16::MAX, u16::MAX, false), None);
    }

    #[test]
    fn colours_are_in_it_only_where_they_are_wanted() {
        let code = |colored| draw(ADDRESS, 80, 40, colored).unwrap();
        assert!(!code(false).contains('\u{1b}'));
        assert!(code(true).lines().all(|line| line.starts_with('\u{1b}') && line.ends_with("\u{1b}[0m")));
        // The margin: ink where light is drawn, none where dark is.
        assert!(code(false).starts_with('█') && console::strip_ansi_codes(&code(true)).starts_with(' '));
    }
}
