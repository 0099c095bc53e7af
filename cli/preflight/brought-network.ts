import type { Account } from './account.ts';
import { type Finding, notice, ok, problem } from './finding.ts';

interface Network {
  readonly subnets: readonly string[];
  readonly securityGroups: readonly string[];
}

/** Whether subnets and security groups are there, and of one VPC. */
export async function networkFindings(
  account: Account,
  at: string,
  { subnets, securityGroups }: Network,
): Promise<readonly Finding[]> {
  const found = await Promise.all([
    ...subnets.map(async id => ({ id, is: await account.properties('AWS::EC2::Subnet', id) })),
    ...securityGroups.map(async id => ({ id, is: await account.properties('AWS::EC2::SecurityGroup', id) })),
  ]);
  const missing = found.filter(({ is }) => is === undefined);
  if (missing.length > 0)
    return missing.map(({ id }) => problem(`${at}: ${id} is not in this account and region.`));
  const networks = new Set(found.map(({ is }) => is?.VpcId));
  if (networks.size > 1)
    return [
      problem(
        `${at}: the subnets and security groups are of ${[...networks].join(' and ')}. Name those of one VPC.`,
      ),
    ];
  const zones = new Set(found.flatMap(({ is }) => is?.AvailabilityZone ?? []));
  return zones.size === 1
    ? [
        notice(
          `${at}: all subnets are in ${[...zones]}. If that zone fails, no function runs. Name subnets of two zones.`,
        ),
      ]
    : [ok(`${at}: ${subnets.length} subnets in ${zones.size} zones`)];
}
