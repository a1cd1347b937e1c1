// Makes the pictures that stand for the default site elsewhere, of the site that
// tests/browser/run has built: the card of a shared link (static/share.png), with
// the home page's own drawing, and the touch icon, of the theme's icon.
//
//     node tests/browser/share-picture.mjs
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from './browser.mjs';
import { root, sites } from './site.mjs';

const site = sites[0].directory;
const home = readFileSync(join(site, 'hant/index.html'), 'utf8');
const icon = readFileSync(join(root, 'themes/default/static/icon.svg'), 'utf8');

/** What the card shows of the home page: its title, its date, and the drawing without links. */
function drawn(home) {
  const page = new DOMParser().parseFromString(home, 'text/html');
  const rows = [...page.querySelectorAll('.picture li > svg')];
  // As the page lays them out: a row every 50, whose squares stand about its middle.
  const squares = rows.flatMap((row, at) => [...row.querySelectorAll('a')].map((link) => {
    const x = Number(link.querySelector('rect').getAttribute('x'));
    return `<rect${link.matches('.shared') ? ' class="shared"' : ''} x="${x}" y="${29 + 50 * at}" width="18" height="18"/>`;
  }));
  const lines = rows.map((_, at) => `M0 ${38 + 50 * at}H240`).join('');
  const arcs = [...page.querySelectorAll('.picture .drawing > svg path:not(.dots)')].map((path) => path.getAttribute('d'));
  return {
    title: page.querySelector('h1').textContent,
    date: page.querySelector('time').dateTime.replaceAll('-', '.'),
    drawing: `<path class="line" d="${lines}"/>${squares.join('')}<path class="arc" d="${arcs.join('')}"/>`,
  };
}

const browser = await launch();

const card = await browser.newPage({ viewport: { width: 1200, height: 630 } });
const { title, date, drawing } = await card.evaluate(drawn, home);
await card.setContent(`<!doctype html><html lang="zh-Hant-HK"><style>
body { margin: 0; background: #fbf9f3; color: #241f1a; font-family: "Noto Serif CJK HK", serif }
div { position: absolute; inset: 88px auto auto 80px; width: 640px }
.icon svg { width: 88px; height: 88px; display: block }
h1 { font-size: 108px; line-height: 1.4; margin: 32px 0 26px; white-space: nowrap }
p { font-size: 44px; letter-spacing: .04em; color: #6d5347; margin: 0; padding-top: 36px; border-top: 9px double #b3311d }
body > svg { position: absolute; left: 834px; top: 58px; overflow: visible }
svg rect { fill: #fbf9f3; stroke: #d98476 }
.icon svg rect { fill: #b3311d; stroke: none }
svg .shared { fill: #b3311d; stroke: #b3311d }
svg .line { stroke: #e2dfd8; fill: none }
svg .arc { stroke: #b3311d; stroke-opacity: .55; fill: none }
</style><body><div class="icon">${icon}<h1>${title}</h1><p>${date}</p></div>
<svg width="220" height="540" viewBox="0 0 275 675">${drawing}</svg>`);
await card.evaluate(() => document.fonts.ready);
await card.screenshot({ path: join(root, 'static/share.png') });

const touch = await browser.newPage({ viewport: { width: 180, height: 180 } });
await touch.setContent(`<!doctype html><style>body { margin: 0 } svg { width: 180px; height: 180px; display: block }</style>${icon.replace(' rx="7"', '')}`);
await touch.screenshot({ path: join(root, 'themes/default/static/touch-icon.png') });
await browser.close();
