// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are CloudFormation's placeholders
import { Blueprint } from '#local/assembly/blueprint.ts';
import type { Stack } from '#local/assembly/template.ts';

const other: Stack = {
  name: 'other',
  template: {
    Resources: { Queue: { Type: 'AWS::SQS::Queue' } },
    Outputs: {
      Arn: {
        Value: { 'Fn::GetAtt': ['Queue', 'Arn'] },
        Export: { Name: { 'Fn::Sub': '${AWS::StackName}:arn' } },
      },
    },
  },
};

/** The value that a stack's property comes to. */
function resolved(value: unknown): unknown {
  const stack: Stack = {
    name: 'mine',
    template: {
      Parameters: { Stage: { Default: 'dev' } },
      Conditions: {
        Yes: { 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] },
        No: { 'Fn::Not': [{ Condition: 'Yes' }] },
      },
      Mappings: { Sizes: { dev: { small: 1 } } },
      Resources: {
        Bucket: {
          Type: 'AWS::S3::Bucket',
          Properties: { BucketName: { 'Fn::Join': ['-', ['b', { Ref: 'Stage' }]] } },
        },
        Gone: { Type: 'AWS::SQS::Queue', Condition: 'No' },
        Thing: { Type: 'Test::Thing', Properties: { value } },
      },
    },
  };
  const place = { region: 'eu-central-1', origin: 'http://127.0.0.1:1', httpOrigin: 'http://127.0.0.1:2' };
  const blueprint = new Blueprint({ stacks: [stack, other], assets: new Map() }, place);
  return blueprint.properties(blueprint.ofType('Test::Thing')[0]!).value;
}

test.each<[string, unknown, unknown]>([
  ['a plain value', { a: [1, 'x', null, true] }, { a: [1, 'x', null, true] }],
  ['Ref of a parameter', { Ref: 'Stage' }, 'dev'],
  ['Ref of a resource', { Ref: 'Bucket' }, 'b-dev'],
  ['a pseudo parameter', { Ref: 'AWS::Region' }, 'eu-central-1'],
  ['Fn::GetAtt', { 'Fn::GetAtt': ['Bucket', 'Arn'] }, 'arn:aws:s3:::b-dev'],
  ['Fn::GetAtt as text', { 'Fn::GetAtt': 'Bucket.Arn' }, 'arn:aws:s3:::b-dev'],
  ['Fn::Join', { 'Fn::Join': ['/', ['a', { Ref: 'AWS::AccountId' }]] }, 'a/000000000000'],
  ['Fn::Sub', { 'Fn::Sub': '${Stage} ${Bucket.Arn} ${!literal}' }, 'dev arn:aws:s3:::b-dev ${literal}'],
  ['Fn::Sub with values of its own', { 'Fn::Sub': ['${x}', { x: { Ref: 'Stage' } }] }, 'dev'],
  [
    'Fn::ImportValue',
    { 'Fn::ImportValue': 'other:arn' },
    'arn:aws:sqs:eu-central-1:000000000000:other-Queue',
  ],
  ['Fn::Select of Fn::Split', { 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b'] }] }, 'b'],
  ['Fn::If', { 'Fn::If': ['Yes', 'a', { Ref: 'Nobody' }] }, 'a'],
  ['Fn::If otherwise', { 'Fn::If': ['No', { Ref: 'Nobody' }, 'b'] }, 'b'],
  ['AWS::NoValue in an object', { a: 1, b: { Ref: 'AWS::NoValue' } }, { a: 1 }],
  ['AWS::NoValue in a list', [1, { 'Fn::If': ['No', 2, { Ref: 'AWS::NoValue' }] }], [1]],
  ['Fn::FindInMap', { 'Fn::FindInMap': ['Sizes', { Ref: 'Stage' }, 'small'] }, 1],
  ['a condition of a policy', { Condition: { Bool: { x: true } } }, { Condition: { Bool: { x: true } } }],
])('%s', (_, value, expected) => expect(resolved(value)).toEqual(expected));

test.each<[unknown, string]>([
  [{ Ref: 'Nobody' }, 'nothing is called Nobody'],
  [{ Ref: 'Gone' }, 'nothing is called Gone'],
  [{ 'Fn::GetAtt': ['Bucket', 'Colour'] }, 'attribute Colour of AWS::S3::Bucket is not served'],
  [{ 'Fn::Transform': {} }, 'Fn::Transform is not served'],
  [{ 'Fn::If': ['Maybe', 1, 2] }, 'no condition Maybe'],
])('%j is refused', (value, message) => expect(() => resolved(value)).toThrow(message));
