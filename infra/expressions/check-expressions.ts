import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Expression, findExpressions } from './find-expressions.ts';
import { judgeExpression } from './judge-expression.ts';

/** Sources in which authors write regular expressions that meet the texts of partners. */
const folders = ['integrations', 'events'];

/** @throws Error that names each regular expression that a partner's text could make run for very long */
export async function requireSafeExpressions(root = process.cwd()): Promise<void> {
  const files = (await Promise.all(folders.map(folder => sourcesIn(root, folder)))).flat();
  const problems = await problemsIn(root, files);
  if (problems.length > 0) throw new Error(problems.join('\n'));
}

/** Each expression is judged once, wherever it is written. */
export async function problemsIn(root: string, files: readonly string[]): Promise<readonly string[]> {
  const places = new Map<string, { readonly expression: Expression; readonly file: string }>();
  for (const file of files)
    for (const expression of findExpressions(readFileSync(join(root, file), 'utf8')))
      places.set(textOf(expression), { expression, file });
  const judged = await Promise.all(
    [...places.values()].map(async ({ expression, file }) => {
      const problem = await judgeExpression(expression);
      return problem === undefined ? [] : [`${file}: ${textOf(expression)} ${problem}`];
    }),
  );
  return judged.flat();
}

const textOf = ({ pattern, flags }: Expression): string => `/${pattern}/${flags}`;

async function sourcesIn(root: string, folder: string): Promise<readonly string[]> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter(entry => entry.isFile() && entry.name.endsWith('.ts'))
    .map(entry => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}
