// A web host on loopback, as strict as a careful publisher's: right content
// types, nothing allowed but the site's own files, 404.html for the rest.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml',
};

/** Serves each site at its base path; a base ends in `/`. */
export async function serve(sites) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://127.0.0.1');
    const site = sites
      .filter(({ base }) => pathname.startsWith(base))
      .sort((a, b) => b.base.length - a.base.length)[0];
    const { status, type, body } = await answer(site, pathname);
    response.writeHead(status, {
      'Content-Type': type,
      'Content-Security-Policy': "default-src 'self'",
      'X-Content-Type-Options': 'nosniff',
    });
    response.end(body);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () => {
      server.close();
      // Browsers keep connections open, which would keep the process alive.
      server.closeAllConnections();
    },
  };
}

async function answer(site, pathname) {
  if (!site) return { status: 404, type: types['.txt'], body: 'no site here' };
  try {
    const name = normalize('/' + decodeURIComponent(pathname.slice(site.base.length)));
    const file = join(site.directory, name.endsWith('/') ? name + 'index.html' : name);
    const type = types[extname(file)] ?? 'application/octet-stream';
    return { status: 200, type, body: await readFile(file) };
  } catch {
    const body = await readFile(join(site.directory, '404.html'));
    return { status: 404, type: types['.html'], body };
  }
}
