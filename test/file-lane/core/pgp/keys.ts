import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Made by GnuPG 2.2.40 with keys that exist for these tests alone. */
export const fromGnupg = (name: string): Buffer => readFileSync(join(import.meta.dirname, 'gnupg', name));

const text = (name: string): string => fromGnupg(name).toString('ascii');

export const ours = {
  current: text('ours-current.TEST-ONLY.private.asc'),
  previous: text('ours-previous.TEST-ONLY.private.asc'),
};

export const partner = {
  current: text('partner-current.public.asc'),
  previous: text('partner-previous.public.asc'),
};

/** A lane's secret during a rotation on both sides. */
export const secretText = JSON.stringify({ decryption: ours, verification: partner });
