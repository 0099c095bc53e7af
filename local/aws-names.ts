/** The one account and partition that the local cloud plays. */
export const account = '000000000000';

export const regionOfEnvironment = (): string =>
  process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION ?? 'eu-central-1';

export const arn = (service: string, region: string, resource: string): string =>
  `arn:aws:${service}:${service === 's3' || service === 'iam' ? '' : region}:${service === 's3' ? '' : account}:${resource}`;

/** The part of an ARN after the account: a queue's name, `function:<name>`, `event-bus/<name>`, … */
export const arnResource = (value: string): string => value.split(':').slice(5).join(':');

/** Of a function that was just deployed for the first time, as every function here. */
export const firstVersion = '1';

/** The name in the ARN of a function, with or without a version. */
export const functionIn = (value: string): string => value.split(':')[6] ?? '';

/** The version or alias in the ARN of a function. */
export const qualifierIn = (value: string): string | undefined => value.split(':')[7];

export const arnService = (value: string): string => value.split(':')[2] ?? '';
