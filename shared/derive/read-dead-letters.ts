/** The command that shows dead letters with why they are there. */
export const readDeadLetters =
  '`aws sqs receive-message --queue-url <dead-letter queue> --message-attribute-names All --visibility-timeout 0`';
