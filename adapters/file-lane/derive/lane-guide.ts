import type { Field } from '#shared/contract/field.ts';
import { limits } from '#shared/contract/limits.ts';
import { code, derivedFrom, list, page, table } from '#shared/derive/markdown.ts';
import type { FileLane } from '../contract/file-lane.ts';
import { resendRule } from '../core/acknowledgement/resend-rule.ts';
import { exampleName } from '../core/file/data-name.ts';
import { ackPrefix, inPrefix } from '../core/outcome/prefixes.ts';
import {
  badRowsInWords,
  compressionInWords,
  dialectInWords,
  duplicatesInWords,
  lineRules,
  scheduleInWords,
  securityInWords,
  startInWords,
} from './file-words.ts';
import { laneFaults } from './lane-faults.ts';

/** What a partner must know to send files, in Markdown. Our own resources are not named. */
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
    '## What happens to your file',
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
  `Drop it under ${code(inPrefix(lane))} by ${lane.delivery.via.map(way => way.toUpperCase()).join(' or ')}. Names that end in ${code('.part')} or ${code('.tmp')} are ignored: upload under such a name, and rename the file when it is complete.`,
  `Name: ${code(lane.delivery.name)}, for example ${code(exampleName(lane.delivery))}; ${compressionInWords(lane)}.`,
  ...(securityInWords(lane) ? [`Protection: ${securityInWords(lane)}.`] : []),
  `Form: ${dialectInWords(lane)}.`,
  ...(lane.schedule ? [`When: ${scheduleInWords(lane.schedule)}.`] : []),
  ...lineRules(lane),
  `Processing begins ${startInWords(lane)}.`,
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
  `For each file, ${code(`${ackPrefix(lane)}${exampleName(lane.delivery)}.ack.json`)} tells you the result: ${code('complete')}, ${code('partial')}, ${code('rejected')} or ${code('duplicate')}. It gives the number of rows received, published, duplicate, quarantined, rejected and skipped, the file’s hashes, and the reason when the file was rejected. When rows were quarantined, ${code(`${exampleName(lane.delivery)}.rejected.csv`)} beside it holds each of these rows as you wrote it, with line, column, code, problem and remedy in additional columns. ${resendRule(lane)}${repeatedKeys(lane)} If you send a name again, the answer to the newest version replaces that to an older one, and never the other way round: ${code('object')} in it says which version it answers. A file without an answer is not finished: ask us, and do not send it under another name.`;

const repeatedKeys = ({ version, writeOnce, key }: FileLane): string =>
  version === undefined && !writeOnce
    ? ` ${code('repeatedKeys')} names rows whose ${key.join(' + ')} an earlier row of the file has, too; in a large file not all of them.`
    : '';
