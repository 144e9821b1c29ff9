/** What the user asked cannot be done: one sentence that says what to change. Every other error is a fault of ours. */
export const mistake = (sentence: string): Error => new Error(sentence, { cause: 'mistake' })
