import { readFileSync } from 'node:fs';
import { dayLines } from './audit/day-lines.ts';
import { verifyFolder } from './audit/verify-folder.ts';

/**
 * `npm run verify-audit -- <folder> <public-key.pem>`: verifies a copy of the audit bucket without AWS. Exit code 1: something was edited,
 * moved or removed; 2: the command was wrong.
 */
const [folder, keyFile] = process.argv.slice(2);
if (folder === undefined || keyFile === undefined) {
  console.error('usage: npm run verify-audit -- <folder> <public-key.pem>');
  process.exitCode = 2;
} else {
  const days = verifyFolder(folder, readFileSync(keyFile, 'utf8'));
  console.log(dayLines(days));
  if (days.some(({ findings }) => findings.length > 0)) process.exitCode = 1;
}
