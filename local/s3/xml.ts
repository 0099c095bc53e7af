const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};

export class Xml {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Content = string | number | boolean | Xml | readonly (Xml | undefined)[];

/** Texts are escaped; elements are taken as they are. */
export function element(name: string, content: Content, attributes = ''): Xml {
  return new Xml(`<${name}${attributes}>${inner(content)}</${name}>`);
}

function inner(content: Content): string {
  if (content instanceof Xml) return content.text;
  if (Array.isArray(content)) return content.map(part => part?.text ?? '').join('');
  return String(content).replace(/[&<>"\r]/g, character => escapes[character] ?? character);
}

export const namespace = ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';

export const xmlDocument = (root: Xml): string => `<?xml version="1.0" encoding="UTF-8"?>\n${root.text}`;

/** Contents of each element of that name; enough for the flat requests that S3 takes. */
export const elementsIn = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>([\\s\\S]*?)</${name}>`, 'g'))].map(
    ([, content = '']) => content,
  );

// The parameters of the inner function are the groups that `replace` passes.
export function textIn(xml: string, name: string): string | undefined {
  return elementsIn(xml, name)[0]?.replace(
    /&(?:#(\d+)|#x([0-9a-fA-F]+)|(\w+));/g,
    (whole, decimal, hex, named) => {
      if (decimal || hex) return String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex, 16));
      return { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }[named as string] ?? whole;
    },
  );
}
