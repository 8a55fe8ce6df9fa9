//! A certificate authority of our own, made anew for every proxy.

use std::{collections::HashMap, sync::Arc, sync::Mutex, sync::PoisonError};

use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use rcgen::{
    BasicConstraints, Certificate, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, PublicKeyData, date_time_ymd,
};
use rustls::{ServerConfig, crypto::ring, pki_types::PrivateKeyDer};
use sha2::{Digest, Sha256};

/// Signs a certificate for whatever host is asked for.
pub struct Authority {
    certificate: Certificate,
    issuer: Issuer<'static, KeyPair>,
    // One key for all hosts: Chromium can then be told to trust exactly this key.
    key: KeyPair,
    configs: Mutex<HashMap<String, Arc<ServerConfig>>>,
}

impl Authority {
    /// Makes keys and the authority's own certificate.
    pub fn new() -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, "sellauth test authority");
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        set_validity(&mut params);
        let authority_key = KeyPair::generate().expect("a key pair");
        let certificate = params.self_signed(&authority_key).expect("a self-signed certificate");
        Self {
            certificate,
            issuer: Issuer::new(params, authority_key),
            key: KeyPair::generate().expect("a key pair"),
            configs: Mutex::default(),
        }
    }

    /// The authority's certificate, as `SSL_CERT_FILE` wants it.
    pub fn pem(&self) -> String {
        self.certificate.pem()
    }

    /// Base64 SHA-256 of the hosts' public key: Chromium's `--ignore-certificate-errors-spki-list`.
    pub fn host_key_hash(&self) -> String {
        STANDARD.encode(Sha256::digest(self.key.subject_public_key_info()))
    }

    /// What a server needs to speak as `host`.
    pub fn server_config(&self, host: &str) -> Arc<ServerConfig> {
        let mut configs = self.configs.lock().unwrap_or_else(PoisonError::into_inner);
        configs.entry(host.to_owned()).or_insert_with(|| Arc::new(self.new_server_config(host))).clone()
    }

    /// A certificate for these hosts and addresses, and its key, for a server that reads files (PEM).
    pub fn server_pem(&self, hosts: &[&str]) -> (String, String) {
        (self.certify(hosts).pem(), self.key.serialize_pem())
    }

    fn new_server_config(&self, host: &str) -> ServerConfig {
        let certificate = self.certify(&[host]);
        let key = PrivateKeyDer::Pkcs8(self.key.serialize_der().into());
        ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("TLS 1.2 and 1.3")
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .expect("a certificate that fits its key")
    }

    fn certify(&self, hosts: &[&str]) -> Certificate {
        let names: Vec<String> = hosts.iter().map(|host| (*host).to_owned()).collect();
        let mut params = CertificateParams::new(names).expect("host names");
        params.distinguished_name.push(DnType::CommonName, hosts[0]);
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.use_authority_key_identifier_extension = true;
        set_validity(&mut params);
        params.signed_by(&self.key, &self.issuer).expect("a certificate")
    }
}

/// Thirteen months, nearly the longest that every platform's verifier takes (398 days), so that
/// programs under a shifted clock trust it too.
fn set_validity(params: &mut CertificateParams) {
    let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
    let [first, last] = [today.saturating_sub(2.days()), today.saturating_add(390.days())].map(|date| {
        date_time_ymd(date.year().into(), date.month().unsigned_abs(), date.day().unsigned_abs())
    });
    params.not_before = first;
    params.not_after = last;
}
