/** A table; cells may hold any text, line ends and bars included. */
export const table = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [header, header.map(() => '---'), ...rows.map(row => row.map(cell))]
    .map(cells => `| ${cells.join(' | ')} |`)
    .join('\n');

const cell = (text: string): string => text.replace(/\r?\n/g, ' ').replaceAll('|', '\\|');

/** Items in no order. */
export const list = (items: readonly string[]): string => items.map(item => `- ${item}`).join('\n');

/** Items to be done one after the other. */
export const steps = (items: readonly string[]): string =>
  items.map((item, i) => `${i + 1}. ${item}`).join('\n');

/** Inline code, whatever it holds; a tab is written as `\t`. */
export const code = (text: string): string => {
  const shown = text.replaceAll('\t', '\\t');
  return shown.includes('`') ? `\`\` ${shown} \`\`` : `\`${shown}\``;
};

/** Blocks with an empty line between them and one line end at the end. */
export const page = (blocks: readonly string[]): string =>
  `${blocks.filter(block => block !== '').join('\n\n')}\n`;

/** Said at the top of every page, so that nobody edits it. */
export const derivedFrom = (source: string): string =>
  `<!-- Rendered from ${source} by \`npm run docs\`; edit that, not this. -->`;
