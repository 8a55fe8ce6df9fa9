//! Access lists of Windows as text: the security descriptor string format (SDDL).

/// Whom a private file or folder lets in besides its user. They are what root is on Unix: taking them out
/// would keep out nobody, since an administrator may own any file, but it would stop backups and virus
/// scanners. OpenSSH for Windows judges its keys by the same three.
const ALWAYS: [&str; 2] = ["SY", "BA"];

/// The other names by which a list may speak of those three: the system's and the administrators' numbers, the
/// built-in administrator, and whoever owns the file.
const ALIASES: [&str; 4] = ["S-1-5-18", "S-1-5-32-544", "LA", "OW"];

/// Two users that a list names by letters, whatever it was written with: local and network service.
const SERVICES: [(&str, &str); 2] = [("LS", "S-1-5-19"), ("NS", "S-1-5-20")];

/// The list of what only `me` (a SID) may use. It takes nothing from the folder above; a folder hands it on
/// to what is made in it.
pub fn private(me: &str, is_folder: bool) -> String {
    let flags = if is_folder { "OICI" } else { "" };
    let entry = |who: &str| format!("(A;{flags};FA;;;{who})");
    let entries: String = std::iter::once(me).chain(ALWAYS).map(entry).collect();
    format!("D:P{entries}")
}

/// Whether a descriptor lets nobody in but `me` (a SID), the system and the administrators. One without a
/// list lets in everybody.
pub fn is_private(descriptor: &str, me: &str) -> bool {
    let Some((_, list)) = descriptor.split_once("D:") else { return false };
    !list.starts_with("NO_ACCESS_CONTROL") && !list.split('(').skip(1).any(|entry| lets_in_others(entry, me))
}

fn lets_in_others(entry: &str, me: &str) -> bool {
    let fields: Vec<&str> = entry.split(';').collect();
    let [kind, flags, rights, _, _, who, ..] = fields[..] else { return false };
    let who = who.split(')').next().unwrap_or_default();
    let who = SERVICES.iter().find(|(letters, _)| *letters == who).map_or(who, |(_, sid)| sid);
    let allows = ["A", "OA", "XA", "ZA"].contains(&kind) && !rights.is_empty();
    // Such an entry is for what is made in the folder, and stands there once more.
    let is_handed_on_only = flags.as_bytes().chunks(2).any(|flag| flag == b"IO");
    allows && !is_handed_on_only && who != me && !ALWAYS.contains(&who) && !ALIASES.contains(&who)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ME: &str = "S-1-5-21-1-2-3-1001";

    #[test]
    fn what_is_made_private_is_judged_private() {
        for is_folder in [true, false] {
            let list = private(ME, is_folder);
            assert!(list.starts_with("D:P(") && is_private(&list, ME), "{list}");
            assert!(!is_private(&list, "S-1-5-21-1-2-3-1002"), "{list}");
        }
        assert_eq!(private(ME, true).matches("OICI").count(), 3);
    }

    #[test]
    fn a_service_is_known_by_its_letters_and_is_not_the_other() {
        for (list, me, expected) in [
            ("D:P(A;;FA;;;LS)(A;;FA;;;SY)", "S-1-5-19", true),
            ("D:P(A;OICI;FA;;;NS)(A;;FA;;;BA)", "S-1-5-20", true),
            ("D:P(A;;FA;;;LS)", "S-1-5-20", false),
            ("D:P(A;;FA;;;NS)", ME, false),
        ] {
            assert_eq!(is_private(list, me), expected, "{list} for {me}");
        }
    }

    #[test]
    fn whoever_else_may_come_in_is_seen() {
        for (list, expected) in [
            ("D:P(A;;FA;;;SY)(A;;FA;;;S-1-5-21-1-2-3-1001)", true),
            ("O:BAG:SYD:AI(A;OICIID;FA;;;SY)(A;OICIID;FA;;;BA)(A;OICIIOID;GA;;;CO)", true),
            ("D:AI(A;ID;FA;;;S-1-5-18)(A;ID;FA;;;LA)(A;;FR;;;OW)", true),
            ("D:P", true),
            ("D:(D;;FA;;;WD)(A;;FA;;;BA)S:AI", true),
            ("D:(A;OICIID;FA;;;SY)(A;OICIID;0x1200a9;;;BU)", false),
            ("D:(A;;FR;;;WD)", false),
            ("D:(A;;FR;;;S-1-5-21-1-2-3-1002)", false),
            ("D:(XA;;FR;;;AU;(Member_of {SID(BA)}))", false),
            ("D:NO_ACCESS_CONTROL", false),
            ("O:BA", false),
        ] {
            assert_eq!(is_private(list, ME), expected, "{list}");
        }
    }
}
