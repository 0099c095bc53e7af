import { type Call, decide } from '#local/iam/decide.ts';
import { readStatements } from '#local/iam/statement.ts';

const policy = (...Statement: readonly object[]) =>
  readStatements('test', { Version: '2012-10-17', Statement });
const may = (Action: unknown, Resource: unknown = '*', Condition?: object) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition && { Condition }),
});
const deny = (...given: Parameters<typeof may>) => ({ ...may(...given), Effect: 'Deny' });

const getA: Call = { action: 's3:GetObject', resource: 'arn:aws:s3:::files/a/in/x.csv' };

describe('a policy', () => {
  it.each<[string, readonly object[], Call, string]>([
    ['allows what it names', [may('s3:GetObject', getA.resource)], getA, 'allowed'],
    ['takes actions in any case', [may('S3:getobject', getA.resource)], getA, 'allowed'],
    ['takes lists', [may(['s3:PutObject', 's3:GetObject'], ['x', getA.resource])], getA, 'allowed'],
    ['allows nothing that it does not name', [may('s3:PutObject')], getA, 'denied-implicitly'],
    ['says nothing when it is empty', [], getA, 'denied-implicitly'],
    ['takes * for any text, slashes too', [may('s3:Get*', 'arn:aws:s3:::files/a/*')], getA, 'allowed'],
    ['takes ? for one character', [may('s3:GetObject', 'arn:aws:s3:::files/?/in/x.csv')], getA, 'allowed'],
    ['takes ? for no more', [may('s3:GetObject', 'arn:aws:s3:::files?in/x.csv')], getA, 'denied-implicitly'],
    ['takes a dot for a dot', [may('s3:GetObject', 'arn:aws:s3:::files/a/in/x?csv')], getA, 'allowed'],
    [
      'reads no pattern into other signs',
      [may('s3:GetObject', 'arn:aws:s3:::files/[a]/in/x.csv')],
      getA,
      'denied-implicitly',
    ],
    ['keeps to its prefix', [may('s3:GetObject', 'arn:aws:s3:::files/b/*')], getA, 'denied-implicitly'],
    ['keeps the case of resources', [may('s3:GetObject', 'arn:aws:s3:::FILES/*')], getA, 'denied-implicitly'],
    ['denies whatever else allows', [may('*'), deny('s3:*', '*/in/*')], getA, 'denied-explicitly'],
    ['denies no more than it names', [may('*'), deny('s3:PutObject')], getA, 'allowed'],
  ])('%s', (_, statements, call, decision) => {
    expect(decide(policy(...statements), call)).toBe(decision);
  });
});

describe('a condition', () => {
  const call = (context?: Call['context']): Call => ({
    action: 'a:B',
    resource: 'r',
    ...(context && { context }),
  });
  const under = (Condition: object, context?: Call['context']) =>
    decide(policy(may('a:B', 'r', Condition)), call(context)) === 'allowed';
  const prefix = (value: string | string[]) => ({ StringLike: { 's3:prefix': value } });
  const sources = (...values: string[]) => ({ 'events:source': values });
  const all = (operator: string, value: string | string[]) => ({
    [`ForAllValues:${operator}`]: { 'events:source': value },
  });

  it.each<[string, object, Call['context'], boolean]>([
    ['StringEquals', { StringEquals: { 's3:prefix': 'a/' } }, { 's3:prefix': ['a/'] }, true],
    [
      'StringEquals, of several',
      { StringEquals: { 's3:prefix': ['b/', 'a/'] } },
      { 's3:prefix': ['a/'] },
      true,
    ],
    [
      'StringEquals takes no pattern',
      { StringEquals: { 's3:prefix': 'a*' } },
      { 's3:prefix': ['a/'] },
      false,
    ],
    ['StringEquals of a missing key', { StringEquals: { 's3:prefix': 'a/' } }, {}, false],
    ['StringNotEquals of a missing key', { StringNotEquals: { 's3:prefix': 'a/' } }, {}, true],
    ['StringLike', prefix('a/*'), { 's3:prefix': ['a/in/x'] }, true],
    ['StringLike, beside it', prefix('a/*'), { 's3:prefix': ['b/in/x'] }, false],
    ['StringLike of a missing key', prefix('*'), {}, false],
    ['StringNotLike', { StringNotLike: { 's3:prefix': 'a/*' } }, { 's3:prefix': ['b/'] }, true],
    ['keys in any case', { StringLike: { 'S3:PREFIX': 'a/*' } }, { 's3:prefix': ['a/b'] }, true],
    ['ForAllValues:StringEquals', all('StringEquals', ['x', 'y']), sources('x', 'y', 'x'), true],
    ['ForAllValues:StringEquals, one beside it', all('StringEquals', ['x', 'y']), sources('x', 'z'), false],
    ['ForAllValues of nothing', all('StringEquals', 'x'), {}, true],
    [
      'ForAllValues of nothing, with Null',
      { ...all('StringEquals', 'x'), Null: { 'events:source': 'false' } },
      {},
      false,
    ],
    ['ForAllValues:StringLike', all('StringLike', 'x#*'), sources('x#1', 'x#2'), true],
    ['ForAllValues:StringLike, one beside it', all('StringLike', 'x#*'), sources('x#1', 'y#2'), false],
    [
      'ForAnyValue:StringLike',
      { 'ForAnyValue:StringLike': { 'events:source': 'x*' } },
      sources('y', 'x1'),
      true,
    ],
    ['ForAnyValue of nothing', { 'ForAnyValue:StringLike': { 'events:source': '*' } }, {}, false],
    ['Null true', { Null: { 'events:source': 'true' } }, {}, true],
    ['Null true of a key that is there', { Null: { 'events:source': 'true' } }, sources('x'), false],
    ['TLS counts as given', { Bool: { 'aws:SecureTransport': 'true' } }, undefined, true],
    [
      'TLS counts as given, so its lack never holds',
      { Bool: { 'aws:SecureTransport': 'false' } },
      undefined,
      false,
    ],
    ['all of several', { ...prefix('a*'), Null: { 'events:source': 'true' } }, { 's3:prefix': ['b'] }, false],
  ])('%s', (_, condition, context, expected) => {
    expect(under(condition, context)).toBe(expected);
  });
});

describe('what is not evaluated', () => {
  it.each([
    ['NotAction', [{ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }]],
    ['NotResource', [{ Effect: 'Allow', Action: 's3:*', NotResource: '*' }]],
    ['a principal', [{ ...may('*'), Principal: '*' }]],
    ['another operator', [may('*', '*', { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })]],
    ['another key', [may('*', '*', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } })]],
    ['a variable', [may('s3:*', `arn:aws:s3:::files/\${aws:username}/*`)]],
    ['an effect that is none', [{ ...may('*'), Effect: 'Perhaps' }]],
  ])('is refused when it is read: %s', (_, statements) => {
    expect(() => policy(...(statements as object[]))).toThrow(/test: .*not evaluated locally/s);
  });
});
