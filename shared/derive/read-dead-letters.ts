/** The command that shows dead letters with why they are there. */
export const readDeadLetters = '`npm run edge -- dlq <integration> --stage <stage>`';
