import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileBackedFiles } from '#shared/memory/file-backed-files.ts';
import { conditionsSuite, filesSuite, joinSuite } from './files.suite.ts';

const root = mkdtempSync(join(tmpdir(), 'files-'));

afterAll(() => rmSync(root, { recursive: true }));

const files = new FileBackedFiles(root);

describe('files in a directory', () => {
  filesSuite(() => files);
  conditionsSuite(() => files);
  joinSuite(() => files);
});
