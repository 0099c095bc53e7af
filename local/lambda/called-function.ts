/** Of a call of Lambda's Invoke: which function, and by which alias. */
export interface CalledFunction {
  readonly name: string;
  readonly alias?: string;
}

/** Undefined for another call. The name may be an ARN, and the alias part of it or a parameter. */
export function calledFunction(url: string): CalledFunction | undefined {
  const { pathname, searchParams } = new URL(url, 'http://lambda');
  const [, path] = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(pathname) ?? [];
  if (path === undefined) return undefined;
  const [name = '', inName] = decodeURIComponent(path)
    .replace(/^arn:.*:function:/s, '')
    .split(':');
  const alias = searchParams.get('Qualifier') ?? inName;
  return { name, ...(alias !== undefined && { alias }) };
}

/** Whom an ARN or a name stands for, with its alias. */
export function functionNamed(nameOrArn: string): CalledFunction {
  const [name = '', alias] = nameOrArn.replace(/^arn:.*:function:/s, '').split(':');
  return { name, ...(alias !== undefined && { alias }) };
}

/** As Lambda writes a function's name with its alias. */
export const qualified = ({ name, alias }: CalledFunction): string =>
  alias === undefined ? name : `${name}:${alias}`;
