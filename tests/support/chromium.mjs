// A seller's browser: Chromium with a profile of its own, told what to do line by line.
//
// Each line of standard input is a JSON array, a command and its arguments; each is answered with one line: its
// result, or `{"error": …}`. The end of standard input closes the browser.

import { mkdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const [executablePath, profile, pictures, locale, ...flags] = process.argv.slice(1);
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

const context = await chromium.launchPersistentContext(profile, {
  executablePath,
  locale,
  permissions: ['clipboard-read', 'clipboard-write'],
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', ...flags],
});
context.setDefaultTimeout(10_000);
const [page] = context.pages();
const [complaints, hosts] = [[], new Set()];
page.on('console', (message) => complaints.push(message.text()));
page.on('pageerror', (error) => complaints.push(String(error)));
page.on('request', (request) => hosts.add(new URL(request.url()).hostname));

// What a person has before them.
async function look() {
  return {
    url: page.url(),
    text: await page.innerText('main, body'),
    // A page's styles hold only if its own policy lets them in.
    display: await page.evaluate(() => getComputedStyle(document.body).display),
    complaints,
    hosts: [...hosts],
  };
}

// The addresses that the browser's history page lists, all of them or those that it finds for a word.
async function listed(word) {
  const list = await context.newPage();
  await list.goto(`chrome://history/?q=${encodeURIComponent(word)}`);
  const items = list.locator('history-item');
  await items.or(list.getByText('No search results')).filter({ visible: true }).first().waitFor();
  const urls = await items.evaluateAll((rows) => rows.map((row) => row.item.url));
  await list.close();
  return urls;
}

async function entries() {
  const session = await context.newCDPSession(page);
  const history = await session.send('Page.getNavigationHistory');
  await session.detach();
  return history.entries.map((entry) => entry.url);
}

const wide = () => document.documentElement.scrollWidth > document.documentElement.clientWidth;
const enlarge = (size) => { document.documentElement.style.fontSize = size; };

// At 360 and 1280 pixels, at 320 (WCAG 2.2, 1.4.10), at 1280 zoomed to 200 %, and with text alone at 200 %.
const SIZES = [
  { width: 320, height: 640 },
  { width: 360, height: 740, shown: true },
  { width: 640, height: 400 },
  { width: 640, height: 400, text: '200%' },
  { width: 1280, height: 800, shown: true },
];

async function audit(name) {
  const [violations, overflows] = [[], []];
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    for (const { width, height, text, shown } of SIZES) {
      await page.setViewportSize({ width, height });
      await page.evaluate(enlarge, text ?? '');
      if (await page.evaluate(wide)) overflows.push(`${width} px, ${text ?? 'zoomed'}, ${colorScheme}`);
      if (shown) await page.screenshot({ path: `${pictures}/${name}-${width}-${colorScheme}.png`, fullPage: true });
    }
    await page.evaluate(axe);
    const report = await page.evaluate(() => globalThis.axe.run());
    violations.push(...report.violations.map(({ id, nodes }) => `${id}, ${colorScheme}: ${nodes[0].html}`));
  }
  return { violations, overflows };
}

const commands = {
  async open(url) {
    // Nobody may be there; the browser then shows a page of its own.
    await page.goto(url).catch((error) => { if (!String(error).includes('net::ERR_')) throw error; });
  },
  press: (name) => page.getByRole('button', { name }).click(),
  async see(heading) {
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    return look();
  },
  lost: () => page.waitForFunction(() => location.protocol === 'chrome-error:').then(() => null),
  back: () => page.goBack().then(() => null),
  reload: () => page.reload().then(() => null),
  value: (label) => page.getByLabel(label).inputValue(),
  clipboard: () => page.evaluate(() => navigator.clipboard.readText()),
  entries,
  listed,
  audit,
};

mkdirSync(pictures, { recursive: true });
for await (const line of createInterface({ input: process.stdin })) {
  const [command, ...details] = JSON.parse(line);
  const answer = await commands[command](...details).catch((error) => ({ error: `${error}\nat ${page.url()}` }));
  console.log(JSON.stringify(answer ?? null));
}
await context.close();
