/** Where the services of the local cloud are found. */
export interface Surroundings {
  readonly origin: string;
  readonly region: string;
  /** Simulated hosts, and where they are. */
  readonly outside?: { readonly origin: string; readonly hosts: readonly string[] } | undefined;
}

/** The variables that Lambda itself gives; their values may not be overridden by the template. */
export function lambdaEnvironment(
  fn: {
    readonly name: string;
    readonly role: string;
    readonly handler: string;
    readonly memoryMegabytes: number;
  },
  taskRoot: string,
  { origin, region, outside }: Surroundings,
): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: `role.${fn.role}`,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memoryMegabytes),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${fn.name}`,
    LAMBDA_TASK_ROOT: taskRoot,
    TZ: ':UTC',
    // This machine may run an older Node.js than Lambda does; the SDK need not say so at every cold start.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    _HANDLER: fn.handler,
    AWS_ENDPOINT_URL: origin,
    AWS_ENDPOINT_URL_S3: origin,
    AWS_ENDPOINT_URL_SQS: origin,
    AWS_ENDPOINT_URL_DYNAMODB: origin,
    AWS_ENDPOINT_URL_EVENTBRIDGE: origin,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: origin,
    AWS_ENDPOINT_URL_KINESIS: origin,
    ...(outside && { LOCAL_OUTSIDE: JSON.stringify(outside) }),
  };
}
