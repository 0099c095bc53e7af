import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { decryptAndVerifyPgp } from '#adapters/file-lane/flow/decrypt-and-verify-pgp.ts';
import type { DecryptAndVerify } from '#adapters/file-lane/flow/work.ts';
import { MemorySecrets } from '#shared/memory/memory-secrets.ts';
import { zipOf } from '#test/file-lane/core/file/zip-of.ts';
import type { Process } from '../shared/process.ts';
import type { Drop } from './scenario.ts';

/** From the root of the repository: a worker runs a bundle that lies elsewhere. */
const keyFile = 'test/file-lane/core/pgp/gnupg/ours-current.TEST-ONLY.private.asc';

/** A file as it is dropped. */
export async function packed({
  content: { text },
  form,
}: Pick<Drop, 'content' | 'form'>): Promise<Uint8Array> {
  if (form === 'gzip') return gzipSync(text);
  if (form === 'zip') return zipOf([{ name: 'items.csv', content: text }]);
  return form === 'pgp' ? encrypted(text) : Buffer.from(text);
}

const ciphertexts = new Map<string, Promise<Uint8Array>>();

/** The same each time: OpenPGP takes a fresh key for each message. */
function encrypted(text: string): Promise<Uint8Array> {
  const known = ciphertexts.get(text) ?? encrypt(text);
  ciphertexts.set(text, known);
  return known;
}

async function encrypt(text: string): Promise<Uint8Array> {
  const { createMessage, encrypt, readPrivateKey } = await import('openpgp');
  const ours = await readPrivateKey({ armoredKey: readFileSync(keyFile, 'ascii') });
  const message = await createMessage({ binary: Buffer.from(text) });
  return encrypt({ message, encryptionKeys: ours.toPublic(), format: 'binary' });
}

/** Decrypts while nothing else happens, between the calls that read the file and those that use it. */
export const decryptInPeace = (process: Process): DecryptAndVerify =>
  async function* (work, arrival, whole, bytes) {
    const current = readFileSync(keyFile, 'ascii');
    const secrets = new MemorySecrets(JSON.stringify({ decryption: { current } }));
    const sealed = await collect(whole);
    const decrypt = decryptAndVerifyPgp(secrets);
    yield* await process.compute(() => collect(decrypt(work, arrival, piecesOf(sealed), bytes)));
  };

async function collect(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return all;
}

async function* piecesOf(all: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* all;
}
