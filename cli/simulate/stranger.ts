/** The access key of somebody to whom no policy gives anything. */
export const stranger = { accessKeyId: 'user.stranger', secretAccessKey: 'guessed' };
