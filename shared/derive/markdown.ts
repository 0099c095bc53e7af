/** A table. Cells can contain any text, also line ends and bars. */
export const table = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [header, header.map(() => '---'), ...rows.map(row => row.map(cell))]
    .map(cells => `| ${cells.join(' | ')} |`)
    .join('\n');

const cell = (text: string): string => text.replace(/\r?\n/g, ' ').replaceAll('|', '\\|');

/** An unordered list. */
export const list = (items: readonly string[]): string => items.map(item => `- ${item}`).join('\n');

/** A numbered list. */
export const steps = (items: readonly string[]): string =>
  items.map((item, i) => `${i + 1}. ${item}`).join('\n');

/** Inline code of any text. A tab is written as `\t`. */
export const code = (text: string): string => {
  const shown = text.replaceAll('\t', '\\t');
  return shown.includes('`') ? `\`\` ${shown} \`\`` : `\`${shown}\``;
};

/** Joins blocks with an empty line between them and one line end at the end. */
export const page = (blocks: readonly string[]): string =>
  `${blocks.filter(block => block !== '').join('\n\n')}\n`;

/** The first line of every derived page. It tells people to edit the source instead. */
export const derivedFrom = (source: string): string =>
  `<!-- Rendered from ${source} by \`npm run docs\`. Edit the source, not this page. -->`;
