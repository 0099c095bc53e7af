import { parseSync } from '@swc/core';

/**
 * Names of functions kept in constants that a script declares below the place where it begins to work. They are not there yet when
 * it calls them.
 */
export function lateConstantsIn(source: string): string[] {
  const { body } = parseSync(source, { syntax: 'typescript', target: 'es2022' });
  const begins = body.findIndex(({ type }) => type === 'TryStatement' || type === 'ExpressionStatement');
  if (begins < 0) return [];
  return body
    .slice(begins)
    .flatMap(statement =>
      statement.type === 'VariableDeclaration'
        ? statement.declarations.flatMap(({ id, init }) =>
            init?.type === 'ArrowFunctionExpression' && id.type === 'Identifier' ? [id.value] : [],
          )
        : [],
    );
}
