import type { Expression } from './find-expressions.ts';

/** For one expression. What takes longer is refused as well: nobody could say that it is safe. */
const judgeMillisecondsMax = 10_000;

/** What is wrong with an expression, and how to correct it. Undefined where no text makes it run for long. */
export async function judgeExpression({ pattern, flags }: Expression): Promise<string | undefined> {
  // In this process: the other ways need Java, or a program of each platform.
  process.env.RECHECK_BACKEND = 'pure';
  const { check } = await import('recheck');
  const judged = await check(pattern, flags, { timeout: judgeMillisecondsMax });
  if (judged.status === 'safe') return undefined;
  if (judged.status === 'unknown')
    return `cannot be judged (${judged.error.kind}). Write it in a simpler way, or read the text by code.`;
  return `can run for very long (${judged.complexity.summary}), for example on ${judged.attack.pattern}. Write it so that each text matches in one way only: no repetition inside a repetition, no two repetitions that take the same characters side by side.`;
}
