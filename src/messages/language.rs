//! The languages the program speaks, and which of them a person wants.

/// A language with a catalogue of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// What every catalogue is translated from.
    #[default]
    English,
    /// Deutsch.
    German,
    /// Polski.
    Polish,
    /// Français.
    French,
}

impl Language {
    /// Each language with its tag (RFC 5646).
    pub const TABLE: [(Language, &'static str); 4] = [
        (Language::English, "en"),
        (Language::German, "de"),
        (Language::Polish, "pl"),
        (Language::French, "fr"),
    ];

    /// Its tag.
    pub fn tag(self) -> &'static str {
        Self::TABLE.iter().find(|(language, _)| *language == self).map_or("en", |(_, tag)| tag)
    }

    /// What the environment asks for: `SELLAUTH_LANG`, else the variables that POSIX has for messages
    /// (`LC_ALL`, `LC_MESSAGES`, `LANG`). The first that is set and not empty decides; a language without a
    /// catalogue is English.
    pub fn of_environment(var: impl Fn(&str) -> Option<String>) -> Language {
        let names = ["SELLAUTH_LANG", "LC_ALL", "LC_MESSAGES", "LANG"];
        let wish = names.into_iter().find_map(|name| var(name).filter(|value| !value.is_empty()));
        wish.and_then(|wish| Self::of_tag(&wish)).unwrap_or_default()
    }

    /// What a browser asks for by `Accept-Language` (RFC 9110 section 12.5.4): of the languages with a
    /// catalogue the one with the highest weight, the first of several. `None` when it wants none of them.
    pub fn of_header(accepted: &str) -> Option<Language> {
        let mut best = None;
        for range in accepted.split(',') {
            let mut parts = range.split(';').map(str::trim);
            let language = parts.next().and_then(Self::of_tag);
            let weight = parts.find_map(|part| part.strip_prefix("q="));
            let weight: f32 = weight.map_or(Some(1.0), |weight| weight.parse().ok()).unwrap_or(0.0);
            let least = best.map_or(0.0, |(_, weight)| weight);
            if let Some(language) = language.filter(|_| weight > least) {
                best = Some((language, weight));
            }
        }
        best.map(|(language, _)| language)
    }

    /// By the first part of a tag or locale: `de`, `de-AT`, `de_DE.UTF-8`.
    fn of_tag(tag: &str) -> Option<Language> {
        let first = tag.split(['-', '_', '.', '@']).next().unwrap_or_default();
        Self::TABLE.into_iter().find(|(_, tag)| tag.eq_ignore_ascii_case(first)).map(|(language, _)| language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(variables: &[(&str, &str)]) -> Language {
        Language::of_environment(|name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_first_variable_that_says_something_decides() {
        assert_eq!(of(&[]), Language::English);
        assert_eq!(of(&[("LANG", "de_DE.UTF-8")]), Language::German);
        assert_eq!(of(&[("LANG", "de_DE.UTF-8"), ("LC_MESSAGES", "pl_PL")]), Language::Polish);
        assert_eq!(of(&[("LC_MESSAGES", "pl_PL"), ("LC_ALL", "fr_CA@euro")]), Language::French);
        assert_eq!(of(&[("LC_ALL", "fr_FR"), ("SELLAUTH_LANG", "de")]), Language::German);
        assert_eq!(of(&[("SELLAUTH_LANG", ""), ("LC_ALL", ""), ("LANG", "PL")]), Language::Polish);
    }

    #[test]
    fn what_has_no_catalogue_is_english_and_ends_the_search() {
        for locale in ["C", "C.UTF-8", "POSIX", "es_ES.UTF-8", "deu", "../de"] {
            assert_eq!(of(&[("LC_ALL", locale), ("LANG", "de_DE.UTF-8")]), Language::English, "{locale}");
        }
    }

    #[test]
    fn a_browser_gets_what_it_wants_most() {
        let wanted = [
            ("de-AT,de;q=0.9,en;q=0.8", Some(Language::German)),
            ("es,pl;q=0.5", Some(Language::Polish)),
            ("en;q=0.3, fr-FR ; q=0.7", Some(Language::French)),
            ("en, de", Some(Language::English)),
            ("de;q=0, en;q=0.1", Some(Language::English)),
            ("de;q=x, fr;q=0.1", Some(Language::French)),
            ("es, *", None),
            ("", None),
            (",;q=;;,-", None),
        ];
        for (header, language) in wanted {
            assert_eq!(Language::of_header(header), language, "{header}");
        }
    }
}
