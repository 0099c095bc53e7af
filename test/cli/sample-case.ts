import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Stands for the folder of the integrations. */
export const root = mkdtempSync(join(tmpdir(), 'integrations-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** An integration whose case holds these files; says its id. */
export function integrationWith(files: Readonly<Record<string, string>>, name = 'first'): string {
  const id = `integration-${Math.random().toString(36).slice(2)}`;
  addCase(id, name, files);
  return id;
}

export function addCase(id: string, name: string, files: Readonly<Record<string, string>>): void {
  const folder = join(root, id, 'samples', name);
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
}
