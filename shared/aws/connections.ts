import { limits } from '../contract/limits.ts';

/** Whether a service is reached at an endpoint of one's own: the SDK reads the address itself. */
export const hasEndpoint = (env: NodeJS.ProcessEnv, service: string): boolean =>
  Boolean(env.AWS_ENDPOINT_URL || env[`AWS_ENDPOINT_URL_${service}`]);

/** Settings of a client's request handler; all clients share one pool. */
export const connections = (requestTimeout: number) => ({
  connectionTimeout: limits.connectMillisecondsMax,
  requestTimeout,
  throwOnRequestTimeout: true,
  socketTimeout: requestTimeout,
  httpsAgent: agent,
  httpAgent: agent,
});

const agent = { keepAlive: true, maxSockets: 64 };
