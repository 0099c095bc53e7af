import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { SamplesProblem } from './samples-problem.ts';

/** @throws SamplesProblem when the file is not JSON, or not of the shape. */
export const readShaped = <S extends z.ZodType>(file: string, shape: S): z.infer<S> =>
  shaped(file, readFileSync(file, 'utf8'), shape);

/** One value a line. @throws SamplesProblem naming the line that is not JSON, or not of the shape. */
export const readShapedLines = <S extends z.ZodType>(file: string, shape: S): z.infer<S>[] =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line, n) => shaped(`${file}:${n + 1}`, line, shape));

function shaped<S extends z.ZodType>(place: string, text: string, shape: S): z.infer<S> {
  const error = ({ input }: { readonly input?: unknown }) =>
    input === undefined ? 'it is missing' : undefined;
  const read = shape.safeParse(parsed(place, text), { error });
  if (read.success) return read.data;
  throw new SamplesProblem(`${place}: ${z.prettifyError(read.error)}`);
}

function parsed(place: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SamplesProblem(`${place}: not JSON: ${(error as Error).message}`);
  }
}
