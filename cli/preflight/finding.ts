/** What a preflight found. A `problem` would stop or spoil the deployment. */
export interface Finding {
  readonly level: 'ok' | 'notice' | 'problem';
  readonly text: string;
}

export const ok = (text: string): Finding => ({ level: 'ok', text });
export const notice = (text: string): Finding => ({ level: 'notice', text });
export const problem = (text: string): Finding => ({ level: 'problem', text });

const marks: Readonly<Record<Finding['level'], string>> = {
  ok: 'ok     ',
  notice: 'note   ',
  problem: 'PROBLEM',
};

export const findingLine = ({ level, text }: Finding): string => `${marks[level]} ${text}`;
