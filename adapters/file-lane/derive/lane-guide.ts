import type { Field } from '#shared/contract/field.ts';
import { limits } from '#shared/contract/limits.ts';
import { code, derivedFrom, list, page, table } from '#shared/derive/markdown.ts';
import type { FileLane } from '../contract/file-lane.ts';
import { resendRule } from '../core/acknowledgement/resend-rule.ts';
import { exampleName } from '../core/file/data-name.ts';
import { ackPrefix, fixedPrefix, inPrefix } from '../core/outcome/prefixes.ts';
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
    '## Correct rejected rows',
    ...corrections(lane),
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

/** How a partner sends single rows again. A file that any bad row rejects has no rows of its own to correct. */
const corrections = (lane: FileLane): string[] =>
  lane.maxInvalidShare === 0
    ? ['A bad row rejects the whole file, so correct it and send the whole file again.']
    : [
        `When a file is ${code('partial')}, you need not send it again. Correct its ${code('.rejected.csv')}:`,
        list(correctionSteps(lane)),
        `A file that was ${code('rejected')} as a whole is different: correct it and send the whole file again. Only where its fault is ${code('NO_VALID_ROW')} can you correct its rows as above.`,
      ];

const correctionSteps = (lane: FileLane): string[] => {
  const name = `${exampleName(lane.delivery)}.rejected.csv`;
  return [
    `Open ${code(name)} in a spreadsheet or a text editor and correct the cells. Leave the column ${code('fault_id')} as it is: it says which row each one corrects. The other ${code('fault_…')} columns are for you and are not read. You may remove rows, sort them, and send them in parts.`,
    `Save it as CSV${lane.dialect.encoding === 'utf-8' ? ' in UTF-8' : ''} and drop it under ${code(fixedPrefix(lane))}, under any name that ends in ${code(lane.delivery.security.encryption ? '.csv.pgp' : '.csv')}${securityInWords(lane) ? ', protected as your files are' : ''}. At most ${limits.fixedFileBytesMax / 1_048_576} MiB; send more rows in parts. Commas, semicolons and tabs are all read.`,
    `The answer ${code(`${ackPrefix(lane)}${name}.ack.json`)} tells you the result. ${code('corrects')} names the file that the rows came in. Rows that are still wrong are in its own ${code('.rejected.csv')}, which you can correct in the same way.`,
    `A row is taken once. One that was corrected before with the same values is a duplicate, and ${code('correctedBefore')} names its line.`,
    'Spreadsheets drop leading zeros, rewrite dates and round long numbers. In cells that had no fault, we see this and take the cell as it was. Where it is unclear what you mean, the row is rejected with the name of the column.',
  ];
};

const repeatedKeys = ({ version, writeOnce, key }: FileLane): string =>
  version === undefined && !writeOnce
    ? ` ${code('repeatedKeys')} names rows whose ${key.join(' + ')} an earlier row of the file has, too; in a large file not all of them.`
    : '';
