import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import { ofKind } from '#infra/contracts.ts';
import { Failure } from '../edge/failure.ts';
import { contractsHere } from './read-catalogue.ts';

/** The contract of a lane in this folder. @throws Failure */
export async function laneHere(id: string): Promise<FileLane> {
  const lane = ofKind(await contractsHere(), 'file-lane').find(one => one.id === id);
  if (lane) return lane;
  throw new Failure(`This folder has no contract of a file lane "${id}".`, 2);
}
