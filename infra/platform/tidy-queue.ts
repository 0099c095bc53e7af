import { QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';

/** Encrypted, and only over TLS. */
export const tidyQueue: QueueProps = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };
