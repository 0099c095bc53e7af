import type { Command } from './command.ts';
import { dlq } from './dlq.ts';
import { files } from './files.ts';
import { quarantine } from './quarantine.ts';
import { rejects } from './rejects.ts';
import { show } from './show.ts';
import { simulate } from './simulate.ts';
import { status } from './status.ts';
import { undelivered } from './undelivered.ts';

/** Every command by its name, in the order of the help. */
export const commands: Readonly<Record<string, Command>> = {
  status,
  files,
  show,
  quarantine,
  rejects,
  dlq,
  undelivered,
  simulate,
};
