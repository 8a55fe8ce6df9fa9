//! The page on which a seller enters the code of a device (RFC 8628 section 3.3).

use reqwest::blocking::Response;

use super::{MAX_STEPS, Oidc, Visit, form, post, redirect};

impl Oidc {
    /// The seller enters `code`, signs in and consents; the text of the last page comes back.
    pub fn enter_code(&self, code: &str, seller: &str) -> String {
        let mut visit = Visit::new(self, seller);
        let mut response = visit.submit_code(code, "confirm");
        for _ in 0..MAX_STEPS {
            response = match redirect(&response) {
                Some(next) => visit.send(self.http.get(next)),
                None if response.url().path().starts_with("/interaction/") => visit.answer(response, false),
                None => return response.text().unwrap(),
            };
        }
        panic!("the server asks without an end");
    }

    /// The seller enters `code`, and says no to what it is for.
    pub fn refuse_code(&self, code: &str, seller: &str) {
        Visit::new(self, seller).submit_code(code, "abort");
    }
}

impl Visit<'_> {
    /// Fills in the page's form, which a field of its own protects from other sites.
    fn submit_code(&mut self, code: &str, decision: &str) -> Response {
        let page = format!("{}/device", self.oidc.issuer);
        let shown = self.send(self.oidc.http.get(&page)).text().unwrap();
        let xsrf = shown.split("name=\"xsrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        let xsrf = xsrf.unwrap_or_else(|| panic!("{page} has no form\n{shown}"));
        let fields = form(&[("xsrf", xsrf), ("user_code", code), (decision, "yes")]);
        self.send(post(&self.oidc.http, &page, fields))
    }
}
