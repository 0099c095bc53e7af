import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileBackedFiles } from '#shared/memory/file-backed-files.ts';
import { filesSuite } from './files.suite.ts';

const root = mkdtempSync(join(tmpdir(), 'files-'));

afterAll(() => rmSync(root, { recursive: true }));

describe('files in a directory', () => filesSuite(() => new FileBackedFiles(root)));
