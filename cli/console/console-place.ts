import type { CloudDescription } from '#local/cloud-description.ts';
import { deployedApi, localApi } from '../edge/find-api.ts';
import type { ApiPlace } from '../edge/operator-api.ts';

/** What the console shows: the local cloud, or a stage. */
export interface ConsolePlace {
  readonly stage: string | undefined;
  readonly region: string;
  readonly identities: readonly string[];
  /** The local cloud; undefined on a stage. */
  readonly cloud: CloudDescription | undefined;
  /** Asked as an identity of the local cloud. On a stage the operator is who their credentials say. @throws Failure */
  readonly api: (as: string | undefined) => ApiPlace;
}

export const localPlace = (cloud: CloudDescription): ConsolePlace => ({
  ...{ stage: undefined, region: cloud.region, cloud },
  identities: cloud.operator?.identities.map(({ name }) => name) ?? [],
  api: (as = 'operator') => localApi(cloud, as),
});

/** @throws Failure when the stage is not there. */
export async function stagePlace(stage: string): Promise<ConsolePlace> {
  const api = await deployedApi(stage);
  return { stage, region: api.region, identities: [], cloud: undefined, api: () => api };
}
