/** Why an expression of a schedule cannot be evaluated, in words for its author. */
export class ScheduleError extends Error {
  override readonly name = 'ScheduleError';
}
