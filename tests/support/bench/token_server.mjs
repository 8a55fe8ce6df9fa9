// A marketplace's token endpoint that answers at once, over https on a free loopback port.
//
//   node token_server.mjs CERTIFICATE KEY
//
// prints `ready ORIGIN` and serves until its standard input ends. POST /token renews any refresh token: the shop is
// called after it. GET /served is the number of renewals so far. What oidc-agent wants to know is at the place where
// OpenID Connect Discovery puts it.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';

const [cert, key] = process.argv.slice(2).map((file) => readFileSync(file));
let served = 0;

/** As long as Amazon's. */
function accessToken() {
  served += 1;
  return `bench-${served}-`.padEnd(400, 'x');
}

function renew(form) {
  return {
    access_token: accessToken(),
    token_type: 'bearer',
    expires_in: 3600,
    refresh_token: form.get('refresh_token'),
    shop_id: form.get('refresh_token'),
  };
}

function discovery() {
  return {
    issuer: `${origin}/`,
    authorization_endpoint: `${origin}/authorize`,
    token_endpoint: `${origin}/token`,
    scopes_supported: ['openid', 'offline_access'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    response_types_supported: ['code'],
  };
}

function answer(request, body) {
  if (request.method === 'POST') return renew(new URLSearchParams(body));
  return request.url === '/served' ? served : discovery();
}

let origin;
const server = createServer({ cert, key }, (request, response) => {
  const body = [];
  request.on('data', (part) => body.push(part));
  request.on('end', () => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answer(request, Buffer.concat(body).toString())));
  });
});
server.listen(0, '127.0.0.1', 4096, () => {
  origin = `https://localhost:${server.address().port}`;
  console.log(`ready ${origin}`);
});

process.stdin.on('end', () => process.exit()).resume();
