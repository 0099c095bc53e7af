import { parseSync } from '@swc/core';

/** A regular expression as somebody wrote it. */
export interface Expression {
  readonly pattern: string;
  readonly flags: string;
}

/** Every regular expression of a TypeScript source: literals, and what `new RegExp` is given as a text. */
export function findExpressions(source: string): readonly Expression[] {
  const found: Expression[] = [];
  collect(parseSync(source, { syntax: 'typescript', target: 'es2024' }), found);
  return found;
}

function collect(node: unknown, found: Expression[]): void {
  if (typeof node !== 'object' || node === null) return;
  const { type, pattern, flags } = node as { type?: string; pattern?: string; flags?: string };
  if (type === 'RegExpLiteral' && pattern !== undefined) found.push({ pattern, flags: flags ?? '' });
  else if (type === 'NewExpression' || type === 'CallExpression') found.push(...constructed(node as Call));
  for (const part of Object.values(node)) collect(part, found);
}

interface Call {
  readonly callee: { readonly type: string; readonly value?: string };
  readonly arguments?: readonly {
    readonly expression: { readonly type: string; readonly value?: unknown };
  }[];
}

function constructed({ callee, arguments: given = [] }: Call): readonly Expression[] {
  if (callee.type !== 'Identifier' || callee.value !== 'RegExp') return [];
  const [pattern, flags] = given.map(({ expression }) =>
    expression.type === 'StringLiteral' ? String(expression.value) : undefined,
  );
  return pattern === undefined ? [] : [{ pattern, flags: flags ?? '' }];
}
