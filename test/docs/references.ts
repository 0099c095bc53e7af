/** A relative link; `path` is empty for a heading of the same page. */
export interface Link {
  readonly path: string;
  readonly anchor: string | undefined;
}

const withoutBlocks = (markdown: string): string => markdown.replace(/^ *```[\s\S]*?^ *```/gm, '');

export const linksIn = (markdown: string): Link[] =>
  [...withoutBlocks(markdown).matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].map(
    ([, path, anchor]) => ({ path: path!, anchor }),
  );

const folders = 'adapters|bench|cli|docs|events|functions|infra|integrations|local|shared|test';

/** Paths of this repository in backticks. Those with a placeholder or a pattern are none. */
export const pathsIn = (markdown: string): string[] =>
  [...withoutBlocks(markdown).matchAll(RegExp(`\`((?:${folders})/[\\w./@-]*)\``, 'g'))].map(
    ([, path]) => path!,
  );

/** The anchors of a page's headings, as GitHub makes them. */
export const headingsOf = (markdown: string): string[] =>
  [...withoutBlocks(markdown).matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
    title!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
