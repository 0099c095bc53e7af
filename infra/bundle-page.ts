import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** A file of a page, compressed by gzip. */
export interface PageFile {
  readonly type: string;
  readonly body: Buffer;
}

export interface PageFiles {
  readonly index: PageFile;
  /** By path. Their names change with their content. */
  readonly assets: ReadonlyMap<string, PageFile>;
}

/** Where a page is in `console/`, and under which path its assets are served. */
export interface PageSource {
  readonly folder: string;
  readonly assetsAt: string;
}

export const consolePage: PageSource = { folder: '.', assetsAt: '/assets/' };
export const partnerPage: PageSource = { folder: 'partner', assetsAt: '/partner/' };

const source = fileURLToPath(new URL('../console', import.meta.url));

/** Bundles a page: its `main.tsx`, and its `index.html` with the addresses of what that became. It takes a tenth of a second. */
export async function bundlePage({ folder, assetsAt }: PageSource): Promise<PageFiles> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [join(source, folder, 'main.tsx')],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    outdir: 'assets',
    write: false,
    logLevel: 'silent',
    tsconfigRaw: '{}',
  });
  const assets = new Map<string, PageFile>();
  const names = new Map<string, string>();
  for (const { path, contents } of outputFiles) {
    const kind = extname(path);
    const hash = createHash('sha256').update(contents).digest('hex').slice(0, 12);
    const name = `${assetsAt}console-${hash}${kind}`;
    names.set(kind, name);
    assets.set(name, { type: types[kind] ?? 'application/octet-stream', body: gzipSync(contents) });
  }
  const icon = await readFile(join(source, 'icon.svg'));
  assets.set(`${assetsAt}icon.svg`, { type: 'image/svg+xml', body: gzipSync(icon) });
  const template = await readFile(join(source, folder, 'index.html'), 'utf8');
  const index = template
    .replace('{{script}}', names.get('.js') ?? '')
    .replace('{{style}}', names.get('.css') ?? '');
  return { assets, index: { type: 'text/html; charset=utf-8', body: gzipSync(index) } };
}

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};
