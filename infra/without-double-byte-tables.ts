import type { Plugin } from 'esbuild';

/**
 * Leaves iconv-lite's East Asian encodings out: 410 KB of tables for encodings that no contract can name
 * (`Dialect.encoding`). Asked for one of them, iconv-lite says that it does not know it.
 */
export const withoutDoubleByteTables: Plugin = {
  name: 'without-double-byte-tables',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]iconv-lite[\\/]encodings[\\/]dbcs-(codec|data)\.js$/ }, () => ({
      contents: 'module.exports = {};',
    }));
  },
};
