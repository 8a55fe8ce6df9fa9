// One call with amz-tools/amazon-sp-api as its documentation shows it: the app's credentials come from the
// environment, region, refresh token and proxy are the program's to give.
import { createRequire } from 'node:module';

// Installed elsewhere than this file lies.
const require = createRequire(`${process.argv[2]}/`);
const SellingPartner = require('amazon-sp-api');
const { HttpsProxyAgent } = require('hpagent');

const shop = new SellingPartner({
  region: 'eu',
  refresh_token: process.env.SP_API_REFRESH_TOKEN,
  options: { https_proxy_agent: new HttpsProxyAgent({ proxy: process.env.HTTPS_PROXY }) },
});
const payload = await shop.callAPI({ operation: 'getMarketplaceParticipations', endpoint: 'sellers' });
console.log(JSON.stringify({ payload }));
