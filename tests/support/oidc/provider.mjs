// A certified authorization server on a free loopback port, with everything in memory.
//
// It prints `ready ISSUER` and serves until its standard input ends. What it saw and what it still honours is at
// GET /observer, written before the client has its answer, so that a test never races its own log.

import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { Provider } from 'oidc-provider';

const WATCHED = new Set(['token', 'revocation', 'device_authorization']);
const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code';

const { values } = parseArgs({
  options: {
    'access-token-ttl': { type: 'string', default: '3600' },
    'token-delay-ms': { type: 'string', default: '0' },
    'client-secret': { type: 'string' },
    'keep-refresh-token': { type: 'boolean', default: false },
  },
});
const accessTokenTtl = Number(values['access-token-ttl']);
const tokenDelay = Number(values['token-delay-ms']);

// A `native` client may use any port of the loopback address (RFC 8252 section 7.3).
const loopbackClient = {
  application_type: 'native',
  grant_types: ['authorization_code', 'refresh_token', DEVICE_CODE],
  response_types: ['code'],
  redirect_uris: ['http://127.0.0.1/callback', 'http://localhost/callback'],
};

const configuration = {
  clients: [
    { ...loopbackClient, client_id: 'native', token_endpoint_auth_method: 'none' },
    {
      ...loopbackClient,
      client_id: 'confidential',
      client_secret: values['client-secret'],
      token_endpoint_auth_method: 'client_secret_basic',
    },
  ],
  cookies: { keys: ['signs the cookies of one test'] },
  features: {
    devInteractions: { enabled: true },
    deviceFlow: { enabled: true },
    introspection: { enabled: true, allowedPolicy: () => true },
    revocation: { enabled: true },
  },
  findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
  pkce: { required: () => true },
  rotateRefreshToken: () => !values['keep-refresh-token'],
  ttl: {
    AccessToken: accessTokenTtl,
    DeviceCode: 600,
    Grant: 86400,
    IdToken: 3600,
    Interaction: 600,
    RefreshToken: 86400,
    Session: 86400,
  },
};

/** Everything a test may ask for, in the order it happened. */
const observed = { requests: [], grants: [] };

function grant(id) {
  const known = observed.grants.find((each) => each.id === id);
  if (known) return known;
  const fresh = { id, alive: true, access_tokens: 0, refresh_tokens: 0 };
  observed.grants.push(fresh);
  return fresh;
}

function watch(provider) {
  provider.on('access_token.saved', (token) => { grant(token.grantId).access_tokens += 1; });
  provider.on('refresh_token.saved', (token) => { grant(token.grantId).refresh_tokens += 1; });
  provider.on('grant.revoked', (_ctx, id) => { grant(id).alive = false; });
  provider.on('server_error', (_ctx, error) => console.error(error));
}

async function record(ctx, next) {
  await next();
  const { oidc } = ctx;
  if (!WATCHED.has(oidc?.route)) return;
  observed.requests.push({
    method: ctx.method,
    path: ctx.path,
    grant_type: oidc.params?.grant_type ?? null,
    client_id: oidc.client?.clientId ?? null,
    status: ctx.status,
    error: ctx.body?.error ?? null,
  });
  if (oidc.route === 'token' && tokenDelay > 0) await delay(tokenDelay);
}

function start(issuer) {
  const provider = new Provider(issuer, configuration);
  watch(provider);
  provider.use(record);
  return provider.callback();
}

function listener(issuer) {
  const serve = start(issuer);
  return (request, response) => {
    if (request.url !== '/observer') {
      serve(request, response);
      return;
    }
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(observed));
  };
}

// The issuer names the port, so the port is taken first and kept.
const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  server.on('request', listener(issuer));
  console.log(`ready ${issuer}`);
});

process.stdin.on('end', () => process.exit()).resume();
