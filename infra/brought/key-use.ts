import { Aws } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { allow, onlyWhere } from '../platform/iam-statements.ts';
import type { Stage } from '../stage.ts';

/** What reading and writing takes of what the key of data encrypts: by the services that keep it, never directly. */
export const usingDataKey = ({ brought }: Stage): PolicyStatement[] =>
  brought.keys.data === undefined
    ? []
    : [
        by(
          ['s3', 'sqs', 'dynamodb', 'kinesis', 'firehose'],
          allow(
            'UseDataKey',
            ['Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey', 'ReEncryptFrom', 'ReEncryptTo'].map(
              action => `kms:${action}`,
            ),
            brought.keys.data,
          ),
        ),
      ];

/** What reading a secret takes. */
export const readSecret = (sid: string, arn: string, { brought }: Stage): PolicyStatement[] => [
  allow(sid, ['secretsmanager:GetSecretValue'], arn),
  ...(brought.keys.secrets === undefined
    ? []
    : [by(['secretsmanager'], allow(`${sid}Key`, ['kms:Decrypt'], brought.keys.secrets))]),
];

const by = (services: readonly string[], statement: PolicyStatement): PolicyStatement =>
  onlyWhere(
    {
      StringEquals: {
        'kms:ViaService': services.map(service => `${service}.${Aws.REGION}.amazonaws.com`),
      },
    },
    statement,
  );
