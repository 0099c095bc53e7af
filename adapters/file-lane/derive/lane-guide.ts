import type { Field } from '#shared/contract/field.ts';
import { limits } from '#shared/contract/limits.ts';
import { code, derivedFrom, list, page, table } from '#shared/derive/markdown.ts';
import type { FileLane } from '../contract/file-lane.ts';
import {
  ackPrefix,
  badRowsInWords,
  compressionInWords,
  dialectInWords,
  duplicatesInWords,
  exampleFile,
  inPrefix,
  securityInWords,
  startInWords,
} from './file-words.ts';
import { laneFaults } from './lane-faults.ts';

/** What a partner must know to send files, in Markdown. Names nothing of the inside. */
export function renderLaneGuide(lane: FileLane): string {
  return page([
    derivedFrom(`integrations/${lane.id}/contract.ts`),
    `# Sending files: ${lane.id}`,
    `For ${lane.partner.name}. ${lane.purpose} Version ${lane.schemaVersion} of the agreement; questions to ${lane.owner.contact}.`,
    '## The file',
    list(fileRules(lane)),
    '## Columns',
    table(
      ['column', 'what it holds', ''],
      Object.entries(lane.columns).map(([name, field]) => columnRow(lane, name, field)),
    ),
    'Further columns are ignored, and the answer names them.',
    '## What becomes of it',
    list([`Bad rows: ${badRowsInWords(lane)}.`, `Sent twice: ${duplicatesInWords(lane)}.`]),
    '## The answer',
    answer(lane),
    '## When something is wrong',
    table(
      ['code', 'meaning', 'what to do'],
      laneFaults(lane)
        .filter(fault => fault.scope !== 'lane')
        .map(fault => [code(fault.code), fault.meaning, fault.remedy]),
    ),
  ]);
}

const fileRules = (lane: FileLane): string[] => [
  `Drop it under ${code(inPrefix(lane))} by ${lane.delivery.via.map(way => way.toUpperCase()).join(' or ')}. Names that end in ${code('.part')} or ${code('.tmp')} are left alone, so an upload can be renamed when it is whole.`,
  `Name: ${code(lane.delivery.name)}, for example ${code(exampleFile(lane))}; ${compressionInWords(lane)}.`,
  ...(securityInWords(lane) ? [`Protection: ${securityInWords(lane)}.`] : []),
  `Form: ${dialectInWords(lane)}.`,
  `It is worked on ${startInWords(lane)}.`,
  `At most ${limits.fileBytesMax / 1_073_741_824} GiB decompressed, ${limits.recordBytesMax / 1024} KiB a record.`,
];

const columnRow = (lane: FileLane, name: string, field: Field): string[] => [
  [name, ...(field.aliases ?? [])].map(code).join(' or '),
  field.form,
  [
    ...(lane.key.includes(name) ? ['key'] : []),
    ...(lane.version === name ? ['version'] : []),
    ...(field.optional ? ['may be empty'] : []),
    ...(field.pii ? ['personal'] : []),
  ].join(', '),
];

const answer = (lane: FileLane): string =>
  `For each file, ${code(`${ackPrefix(lane)}${exampleFile(lane)}.ack.json`)} says what became of it: ${code('complete')}, ${code('partial')}, ${code('rejected')} or ${code('duplicate')}, with the rows received and what became of each, hashes, and the reason when it was rejected. When rows were quarantined, ${code(`${exampleFile(lane)}.rejected.csv`)} beside it lists each with line, column, code, problem, remedy and the row itself. A file without an answer is not settled: ask, do not send it under another name.`;
