//! Everything a definition says, with the key it stands under.

use super::definition::{Definition, Pairs};
use super::request::Request;
use super::template::Template;

/// A template under its key.
type Keyed<'a> = (String, &'a Template);

/// A value of the definition's own: the table it stands in, its name, and what it is.
pub struct Value<'a> {
    /// The table.
    pub table: String,
    /// The name placeholders use.
    pub name: &'a str,
    /// Text, or a template of its own.
    pub template: &'a Template,
}

/// The values of all environments, regions and options.
pub fn values(definition: &Definition) -> Vec<Value<'_>> {
    let mut found: Vec<Value> = definition
        .values
        .iter()
        .map(|(name, template)| Value { table: "values".to_owned(), name, template })
        .collect();
    let environments = definition.environments.iter().map(|(name, e)| ("environments", name, &e.values));
    let regions = definition.regions.iter().map(|(name, r)| ("regions", name, &r.values));
    let options = definition.options.iter().map(|(name, o)| ("options", name, &o.values));
    for (kind, place, values) in environments.chain(regions).chain(options) {
        let value = |(name, template)| Value { table: format!("{kind}.{place}"), name, template };
        found.extend(values.iter().map(|(name, template)| value((name.as_str(), template))));
    }
    found
}

/// The names of captured values.
pub fn captured(definition: &Definition) -> impl Iterator<Item = &str> {
    let initiation = definition.initiation.iter().flat_map(|initiation| initiation.capture.keys());
    let answers = requests(definition).flat_map(|(_, request)| request.capture.keys());
    definition.authorization_response.capture.keys().chain(initiation).chain(answers).map(String::as_str)
}

/// Every name that the definition gives a meaning, with the key that does.
pub fn declarations(definition: &Definition) -> Vec<(String, &str)> {
    let named = |table: &str, name: &'_ str| format!("{table}.{name}");
    let response = definition.authorization_response.capture.keys();
    let response = response.map(|name| (named("authorization_response.capture", name), name.as_str()));
    let initiation = definition.initiation.iter().flat_map(|initiation| initiation.capture.keys());
    let initiation = initiation.map(|name| (named("initiation.capture", name), name.as_str()));
    let answers = requests(definition).flat_map(|(key, request)| {
        request.capture.keys().map(move |name| (format!("{key}.capture.{name}"), name.as_str()))
    });
    let values = values(definition).into_iter().map(|value| (named(&value.table, value.name), value.name));
    let variables = definition.variables.keys().map(|name| (named("variables", name), name.as_str()));
    response.chain(initiation).chain(answers).chain(values).chain(variables).collect()
}

/// Every request, with the key it stands under.
pub fn requests(definition: &Definition) -> impl Iterator<Item = (String, &Request)> {
    let single = [
        ("device_authorization_request", &definition.device_authorization_request),
        ("grantless_request", &definition.grantless_request),
        ("identity_request", &definition.identity_request),
    ];
    let single = single
        .into_iter()
        .filter_map(|(name, request)| request.as_ref().map(|request| (name.to_owned(), request)));
    let sequences = [
        ("token_request", &definition.token_request),
        ("device_token_request", &definition.device_token_request),
        ("renewal_request", &definition.renewal_request),
        ("revocation_request", &definition.revocation_request),
    ];
    let sequences = sequences.into_iter().flat_map(|(name, requests)| {
        requests.iter().enumerate().map(move |(i, request)| (format!("{name}[{i}]"), request))
    });
    let registration = definition.registration.iter();
    let registration = registration.map(|known| ("registration.request".to_owned(), &known.request));
    single.chain(registration).chain(sequences)
}

/// Every template that is an address.
pub fn addresses(definition: &Definition) -> Vec<Keyed<'_>> {
    let mut found: Vec<Keyed<'_>> = vec![("api_base".to_owned(), &definition.api_base)];
    found.extend(definition.manage_url.iter().map(|url| ("manage_url".to_owned(), url)));
    found.extend(definition.registration.iter().map(|known| ("registration.page".to_owned(), &known.page)));
    if let Some(request) = &definition.authorization_request {
        found.push(("authorization_request.endpoint".to_owned(), &request.endpoint));
    }
    if let Some(initiation) = &definition.initiation {
        found.push(("initiation.base".to_owned(), &initiation.base));
        found.extend(initiation.origins.iter().map(|origin| ("initiation.origins".to_owned(), origin)));
    }
    found.extend(requests(definition).map(|(key, request)| (format!("{key}.url"), &request.url)));
    found
}

/// Every template whose result goes through a browser or is shown.
pub fn public(definition: &Definition) -> Vec<Keyed<'_>> {
    let shop = &definition.shop;
    let response = &definition.authorization_response;
    let mut found: Vec<Keyed> = vec![("api_base".to_owned(), &definition.api_base)];
    found.extend(definition.manage_url.iter().map(|url| ("manage_url".to_owned(), url)));
    found.extend(definition.registration.iter().map(|known| ("registration.page".to_owned(), &known.page)));
    if let Some(request) = &definition.authorization_request {
        found.push(("authorization_request.endpoint".to_owned(), &request.endpoint));
        found.extend(pairs("authorization_request.parameters", &request.parameters));
    }
    if let Some(initiation) = &definition.initiation {
        found.extend(initiation.origins.iter().map(|origin| ("initiation.origins".to_owned(), origin)));
        found.push(("initiation.base".to_owned(), &initiation.base));
        found.push(("initiation.path".to_owned(), &initiation.path));
        found.extend(pairs("initiation.parameters", &initiation.parameters));
    }
    found.extend(response.issuer.iter().map(|issuer| ("authorization_response.issuer".to_owned(), issuer)));
    found.extend(pairs("authorization_response.expect", &response.expect));
    found.extend(shop.id.iter().map(|id| ("shop.id".to_owned(), id)));
    found.push(("shop.earlier".to_owned(), &shop.earlier));
    found.push(("shop.name".to_owned(), &shop.name));
    found.extend(definition.user_agent.iter().map(|line| ("user_agent".to_owned(), line)));
    let remarks = definition.consent.remarks.iter();
    found.extend(remarks.map(|remark| ("consent.remarks".to_owned(), remark)));
    found.push(("shop.regions".to_owned(), &shop.regions));
    found.push(("shop.region_key".to_owned(), &shop.region_key));
    found.extend(pairs("portal.fields", &definition.portal.fields));
    found
}

/// Every header template.
pub fn headers(definition: &Definition) -> Vec<Keyed<'_>> {
    let mut found: Vec<Keyed> =
        definition.api_headers.iter().map(|header| ("api_headers".to_owned(), header)).collect();
    found.extend(definition.user_agent.iter().map(|line| ("user_agent".to_owned(), line)));
    found.extend(definition.api_content_type.iter().map(|line| ("api_content_type".to_owned(), line)));
    for (key, request) in requests(definition) {
        found.extend(pairs(&format!("{key}.headers"), &request.headers));
    }
    found
}

/// Every template.
pub fn templates(definition: &Definition) -> Vec<Keyed<'_>> {
    let mut found = public(definition);
    found.extend(headers(definition));
    found.extend(pairs("sdk_env", &definition.sdk_env));
    let token = definition.static_token.iter();
    found.extend(token.map(|token| ("static_token.value".to_owned(), &token.value)));
    for (key, request) in requests(definition) {
        found.push((format!("{key}.url"), &request.url));
        found.extend(request.pace.iter().map(|pace| (format!("{key}.pace"), pace.template())));
        found.extend(request.form.iter().flat_map(|form| pairs(&format!("{key}.form"), form)));
        found.extend(request.json.iter().flat_map(|json| pairs(&format!("{key}.json"), json)));
        found.extend(pairs(&format!("{key}.json_lists"), &request.json_lists));
    }
    let own = values(definition).into_iter();
    found.extend(own.map(|value| (format!("{}.{}", value.table, value.name), value.template)));
    found
}

fn pairs<'a>(key: &str, pairs: &'a Pairs) -> Vec<Keyed<'a>> {
    pairs.iter().map(|(name, template)| (format!("{key}.{name}"), template)).collect()
}
