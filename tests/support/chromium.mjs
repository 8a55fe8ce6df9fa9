// The seller, in a real Chromium: opens the consent page, presses Confirm, reads where the way back ends.
//
// It prints one JSON object: the address it ended on, what the pages say, and what the browser complained of.

import { chromium } from 'playwright-core';

const [executablePath, consentUrl] = process.argv.slice(1);
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
});
try {
  const page = await browser.newPage({ locale: 'en-GB' });
  page.setDefaultTimeout(20_000);
  const [complaints, foreign] = [[], []];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (new URL(request.url()).hostname !== '127.0.0.1') foreign.push(request.url());
  });

  await page.goto(consentUrl);
  const question = await page.innerText('h1');
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.waitForURL((address) => address.origin !== new URL(consentUrl).origin);
  await page.waitForLoadState();
  console.log(JSON.stringify({
    question,
    url: page.url(),
    heading: await page.innerText('h1'),
    text: await page.innerText('main'),
    // A page's styles hold only if its own policy lets them in.
    display: await page.evaluate(() => getComputedStyle(document.body).display),
    complaints,
    foreign,
  }));
} finally {
  await browser.close();
}
