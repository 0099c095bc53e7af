import { limits } from './limits.ts';
import { checkWord } from './names.ts';
import { ContractError } from './options.ts';
import {
  checkParts,
  checkShape,
  choice,
  isObject,
  listOf,
  maybe,
  object,
  type Shape,
  string,
  whole,
  words,
} from './shape.ts';

/**
 * What every integration declares, whatever its kind. The rest of the 20-field contract shape follows from the kind
 * and is derived (`adapters/derive/contract-fields.ts`), so that it cannot contradict what runs.
 */
export interface ContractBase {
  /** Lower-case words joined by hyphens; names the stack, function, queues and ledger entries. */
  readonly id: string;
  readonly purpose: string;
  /** Who answers for it on our side. */
  readonly owner: { readonly team: string; readonly contact: string };
  /** Who sends. `contact` is where operators turn to. */
  readonly partner: { readonly name: string; readonly contact: string };
  /** Who owns the facts that arrive. */
  readonly authority: string;
  /** How fresh and how complete consumers may expect the facts to be. */
  readonly consistency: string;
  /** Version of what the partner sends; becomes `sourceversion` of every event. */
  readonly schemaVersion: string;
  /** How far the source is trusted; becomes `sourcetrust` of every event. */
  readonly trust: 'authoritative' | 'verified' | 'unverified';
  /** An alarm rings when nothing came for so many hours, 1 to 168. Default: silence is normal. */
  readonly quietForHours?: number;
  /** Another person must approve what an operator does to more units (rows, requests, records, letters) in a day than so many. Default: 1,000. */
  readonly unitsWithoutApproval?: number;
}

/** What every contract must hold. */
export const contractShape: Shape = {
  id: string,
  purpose: words,
  owner: object({ team: words, contact: words }),
  partner: object({ name: words, contact: words }),
  authority: words,
  consistency: words,
  schemaVersion: words,
  trust: choice('authoritative', 'verified', 'unverified'),
  quietForHours: maybe(whole(1, limits.quietHoursMax)),
  unitsWithoutApproval: maybe(whole(0, limits.planUnitsWithoutApprovalMax)),
};

export const contractOptions = Object.keys(contractShape);

/** A fixed tenant, or one read from the input and held against those this integration may speak for. */
export type Tenant<Source extends string = string> =
  | { readonly constant: string }
  | { readonly from: Source; readonly allowed: readonly string[] };

/** @throws ContractError */
export function checkContractBase(where: string, contract: ContractBase): void {
  checkParts({ where }, contract, contractShape);
  checkWord(where, contract.id);
  if (contract.id.length > limits.integrationIdCharactersMax)
    throw new ContractError(
      `${where}: the id has ${contract.id.length} characters; at most ${limits.integrationIdCharactersMax} fit the names of its resources`,
    );
}

const constantTenant: Shape = { constant: string };
const namedTenant: Shape = { from: string, allowed: listOf(string) };

/** @throws ContractError */
export function checkTenant(where: string, tenant: Tenant, sources: readonly string[]): void {
  const isConstant = isObject(tenant) && 'constant' in tenant;
  checkShape({ where, path: 'tenant' }, tenant, isConstant ? constantTenant : namedTenant);
  if ('constant' in tenant) {
    checkWord(`${where}: tenant`, tenant.constant);
    return;
  }
  if (!sources.includes(tenant.from))
    throw new ContractError(`${where}: tenant.from "${tenant.from}" is not one of ${sources.join(', ')}`);
  if (tenant.allowed.length === 0)
    throw new ContractError(`${where}: tenant.allowed must name at least one tenant`);
}
