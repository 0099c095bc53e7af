import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Template {
  readonly Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
  readonly Outputs: Readonly<Record<string, { readonly Value: { readonly Ref: string } }>>;
}

/** The name that the local cloud takes an access key of this role by. */
export const operatorKey = (feed: string): string => `role.operator-${feed}`;

/**
 * Adds to a feed's stack a role that may do what the guide says an operator needs, and nothing else. The local cloud knows
 * roles by the functions that have them: it is given one that nobody calls.
 */
export function addOperator(assemblyDir: string, feed: string): void {
  const path = join(assemblyDir, `EdgeFeed-${feed}.template.json`);
  const template = JSON.parse(readFileSync(path, 'utf8')) as Template;
  const { Outputs, Resources } = template;
  const functionId = Outputs.FunctionName!.Value.Ref;
  Resources.Operator = {
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: `operator-${feed}`,
      AssumeRolePolicyDocument: {},
      Policies: policiesOf(template, feed),
    },
  };
  const fn = Resources[functionId]!;
  Resources.NobodyCalls = {
    ...fn,
    Properties: {
      ...fn.Properties,
      FunctionName: `nobody-calls-${feed}`,
      Role: { 'Fn::GetAtt': ['Operator', 'Arn'] },
    },
  };
  writeFileSync(path, JSON.stringify(template));
}

/** As docs/guides/operate.md has them, with the stack's own names. */
function policiesOf({ Outputs }: Template, feed: string): unknown[] {
  const guide = readFileSync('docs/guides/operate.md', 'utf8').replaceAll('<feed>', feed);
  const queueName = (output: string) => ({ 'Fn::GetAtt': [Outputs[output]!.Value.Ref, 'QueueName'] });
  const names: Readonly<Record<string, unknown>> = {
    '<region>': { Ref: 'AWS::Region' },
    '<account>': { Ref: 'AWS::AccountId' },
    '<stage>': 'dev',
    '<UndeliveredBucketName>': Outputs.UndeliveredBucketName!.Value,
    '<UndeliveredQueueName>': queueName('UndeliveredQueueUrl'),
    '<FunctionName>': Outputs.FunctionName!.Value,
  };
  return [...guide.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json], n) => ({
    PolicyName: `operator-${n}`,
    PolicyDocument: JSON.parse(json!, (key, value) =>
      key === 'Resource' ? { 'Fn::Join': ['', named(String(value), names)] } : value,
    ),
  }));
}

const named = (resource: string, names: Readonly<Record<string, unknown>>): unknown[] =>
  resource.split(/(<\w+>)/).map(part => names[part] ?? part);
