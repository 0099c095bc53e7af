export type LinePattern = (line: string) => boolean;

/**
 * A filter pattern of CloudWatch Logs. Served is the one form `{ $.path = "text" }`, where `*` stands for any text and the path may
 * name places in lists: `$.a[0].b`. Undefined for every other form.
 * Source: CloudWatch Logs user guide, "Filter pattern syntax", patterns for JSON log events.
 */
export function linePattern(text: string): LinePattern | undefined {
  const [, path, wanted] = /^\s*\{\s*\$((?:\.\w+|\[\d+\])+)\s*=\s*"([^"]*)"\s*\}\s*$/.exec(text) ?? [];
  if (path === undefined || wanted === undefined) return undefined;
  const steps = [...path.matchAll(/\.(\w+)|\[(\d+)\]/g)].map(([, name, at]) => name ?? Number(at));
  const pattern = new RegExp(`^${wanted.split('*').map(literally).join('.*')}$`, 's');
  return line => {
    const value = steps.reduce(valueAt, jsonOf(line));
    return (typeof value === 'string' || typeof value === 'number') && pattern.test(String(value));
  };
}

const literally = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

function valueAt(value: unknown, step: string | number): unknown {
  if (typeof step === 'number') return Array.isArray(value) ? value[step] : undefined;
  const isObject = typeof value === 'object' && value !== null && Object.hasOwn(value, step);
  return isObject ? (value as Readonly<Record<string, unknown>>)[step] : undefined;
}

function jsonOf(line: string): unknown {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
