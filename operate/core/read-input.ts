import type { InputOf, OperationName } from './operations.ts';
import { operations } from './operations.ts';
import { invalid } from './problem.ts';

/** @throws Problem that names each parameter that is wrong. */
export function readInput<N extends OperationName>(name: N, given: object): InputOf<N> {
  const read = operations[name].input.safeParse(given);
  if (read.success) return read.data as InputOf<N>;
  const wrong = read.error.issues.map(issue => `${issue.path.join('.') || 'parameters'}: ${issue.message}`);
  const { method, path } = operations[name];
  throw invalid(wrong.join('; '), `See ${method} ${path} in docs/operator-api.json.`);
}
