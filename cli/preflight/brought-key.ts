import type { Properties } from './account.ts';
import { type Finding, problem } from './finding.ts';

/** Services that use a key by its own policy; functions use it by their roles. */
const services: Readonly<Record<string, string>> = {
  data: 'events.amazonaws.com',
  logs: 'logs.',
  alarms: 'cloudwatch.amazonaws.com',
};

/** What is wrong with a key that is brought. */
export function keyFindings(at: string, name: string, properties: Properties): readonly Finding[] {
  const { Enabled = true, KeySpec = 'SYMMETRIC_DEFAULT', KeyUsage = 'ENCRYPT_DECRYPT' } = properties;
  const service = services[name];
  return [
    ...(Enabled ? [] : [problem(`${at}: the key is disabled. Enable it.`)]),
    ...(KeySpec === 'SYMMETRIC_DEFAULT' && KeyUsage === 'ENCRYPT_DECRYPT'
      ? []
      : [problem(`${at}: the key is ${KeySpec} for ${KeyUsage}. Name a symmetric key that encrypts.`)]),
    ...(service === undefined || JSON.stringify(properties.KeyPolicy ?? {}).includes(service)
      ? []
      : [
          problem(
            `${at}: the policy of the key does not let ${service.replace(/\.$/, '.<region>.amazonaws.com')} use it. docs/deploy.md has the statement.`,
          ),
        ]),
  ];
}
