import { showProgress } from '#cli/show-progress.ts';

const written = async (isTTY: boolean, work: (show: (text: string) => void) => Promise<unknown>) => {
  let text = '';
  const write = (piece: string) => {
    text += piece;
    return true;
  };
  const output = { write, isTTY, columns: 20 } as never;
  const end = await showProgress(work, output).catch((problem: Error) => problem.message);
  return { text, end };
};

const count = async (show: (text: string) => void) => {
  show('1 of 2 batches');
  show('2 of 2 batches, and more than fits');
  return 'done';
};

test('a terminal gets one line, rewritten in place, cut at its width, and cleared at the end', async () => {
  const clear = '\r\u001b[K';
  expect(await written(true, count)).toEqual({
    text: `${clear}1 of 2 batches${clear}2 of 2 batches, and${clear}`,
    end: 'done',
  });
});

test('a pipe gets nothing', async () => {
  expect(await written(false, count)).toEqual({ text: '', end: 'done' });
});

test('the line is cleared when the work fails', async () => {
  const { text, end } = await written(true, async show => {
    show('x');
    throw new Error('broken');
  });
  expect([text.endsWith('\r\u001b[K'), end]).toEqual([true, 'broken']);
});
