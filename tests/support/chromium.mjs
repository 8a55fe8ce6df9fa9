// The seller, in a real Chromium: opens the consent page, presses Confirm, reads where the way back ends.
//
// It prints one JSON object: both addresses, the page's words, and what the browser had to complain about.

import { chromium } from 'playwright-core';

const [executablePath, url, shot] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
});
try {
  const page = await browser.newPage({ locale: 'en-GB' });
  page.setDefaultTimeout(20_000);
  const complaints = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  const foreign = [];
  page.on('request', (request) => {
    if (new URL(request.url()).hostname !== '127.0.0.1') foreign.push(request.url());
  });

  await page.goto(url);
  const question = await page.innerText('h1');
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.waitForURL((address) => address.origin !== new URL(url).origin);
  await page.waitForLoadState();
  const answer = {
    question,
    url: page.url(),
    history: await page.evaluate(() => history.length),
    heading: await page.innerText('h1'),
    text: await page.innerText('body'),
    // The styles are applied only if the page's own policy lets them in.
    font: await page.evaluate(() => getComputedStyle(document.body).fontFamily),
    complaints,
    foreign,
  };
  if (shot) await page.screenshot({ path: shot });
  console.log(JSON.stringify(answer));
} finally {
  await browser.close();
}
