import { limits } from '#shared/contract/limits.ts';
import { manifestKey } from '../../core/audit/audit-keys.ts';
import { canonicalJson } from '../../core/audit/canonical-json.ts';
import { emptyChain } from '../../core/audit/chain.ts';
import { dayAfter, dayOf } from '../../core/audit/days.ts';
import {
  type Manifest,
  manifestHash,
  manifestOf,
  type SignedManifest,
  signedManifest,
} from '../../core/audit/manifest.ts';
import type { NamedHead, SealedDay, SealPorts } from '../../ports.ts';
import { catchUp } from './catch-up.ts';

/** What sealing needs to know. */
export interface SealWork {
  readonly ports: SealPorts;
  /** Ids of integrations that may have a chain. */
  readonly integrations: readonly string[];
}

/**
 * Seals every day that is over and not sealed yet, the oldest first, and gives their manifests. Writers are done with a day when this
 * runs: it is scheduled later than a writer can live. Repeatable.
 */
export async function sealDays(work: SealWork): Promise<readonly Manifest[]> {
  const { heads, clock, log } = work.ports;
  const today = dayOf(clock.now());
  const sealed: Manifest[] = [];
  let last = await heads.sealed();
  let day = last ? dayAfter(last.day) : dayAfter(today, -1);
  for (; day < today && sealed.length < limits.auditSealDaysMax; day = dayAfter(day)) {
    const manifest = await sealDay(work, day, last);
    last = { day, hash: manifestHash(manifest) };
    await heads.keepSealed(last);
    sealed.push(manifest);
    log.info('day of the audit trail sealed', { day, chains: manifest.chains.length, root: manifest.root });
  }
  return sealed;
}

async function sealDay(work: SealWork, day: string, last: SealedDay | undefined): Promise<Manifest> {
  const { trail, clock, signer } = work.ports;
  const chains = await headsOf(work, day);
  const sealedAt = new Date(clock.now()).toISOString();
  const manifest = manifestOf({ day, sealedAt, previous: last?.hash ?? null, chains });
  const signature = await signer.sign(manifestHash(manifest));
  const signed: SignedManifest = { manifest, key: signer.key, algorithm: 'ECDSA_SHA_256', signature };
  const key = manifestKey(day);
  if ((await trail.create(key, canonicalJson(signed))) === 'created') return manifest;
  // An attempt before this one wrote it, and could not keep that the day is sealed.
  const text = await trail.read(key);
  if (text === undefined) throw new Error(`${key} was written and cannot be found`);
  return signedManifest.parse(JSON.parse(text)).manifest;
}

/** With what a writer wrote and did not note because it died. */
async function headsOf({ ports, integrations }: SealWork, day: string): Promise<NamedHead[]> {
  const known = new Map((await ports.heads.ofDay(day)).map(head => [head.integration, head]));
  const found: NamedHead[] = [];
  for (const integration of new Set([...integrations, ...known.keys()])) {
    const chain = { day, integration };
    await catchUp(ports, chain, known.get(integration) ?? emptyChain(chain));
    const head = await ports.heads.find(chain);
    if (head) found.push({ integration, ...head });
  }
  return found;
}
