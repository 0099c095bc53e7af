import type { Plugin } from 'esbuild';
import { bundlePage, type PageFile, partnerPage } from './bundle-page.ts';

const textOf = ({ type, body }: PageFile) => ({ type, base64: body.toString('base64') });

/** Lets a function's entry import the page of partners, ready to be sent: `import page from 'page:partner'`. */
export const pageInBundle: Plugin = {
  name: 'page-in-bundle',
  setup(build) {
    build.onResolve({ filter: /^page:partner$/ }, ({ path }) => ({ path, namespace: 'page' }));
    build.onLoad({ filter: /.*/, namespace: 'page' }, async () => {
      const { index, assets } = await bundlePage(partnerPage);
      const files = [...assets].map(([path, file]) => [path, textOf(file)]);
      return {
        contents: JSON.stringify({ index: textOf(index), assets: Object.fromEntries(files) }),
        loader: 'json',
      };
    });
  },
};
